import type { ApprovalFlow } from "../../../contract/approval-flow.ts";
import type { DefinitionKind } from "../../../contract/definitions.ts";
import { useAnswer } from "../../api/api.tsx";
import { useText } from "../../locales/language.tsx";
import { fieldLabels } from "./field-labels.ts";

export interface FieldWords {
  /** What the form calls the field at a path such as `source.command`. */
  readonly label: (path: string) => string;
  /** A value for people: names for ids, lists a line each. */
  readonly value: (path: string, value: unknown) => string;
}

/** The fields of a kind in words, to show what a version has changed. */
export function useFieldWords(kind: DefinitionKind): FieldWords {
  const text = useText();
  const named = useNames();
  const labels: ReadonlyMap<string, string> = new Map(Object.entries(fieldLabels(text)[kind]));
  const { unset, blank } = text.configuration.versions;
  const value = (path: string, shown: unknown): string => {
    if (shown === undefined || shown === null) return unset;
    if (typeof shown === "boolean") return shown ? text.general.yes : text.general.no;
    if (typeof shown === "string") return shown === "" ? blank : shown;
    if (Array.isArray(shown)) {
      return shown.length === 0 ? blank : shown.map((item: unknown) => value(path, item)).join("\n");
    }
    if (typeof shown === "number") return named(path, shown) ?? String(shown);
    if (path === "levels") return levelInWords(shown as ApprovalFlow["levels"][number]);
    return JSON.stringify(shown, null, 2);
  };
  const levelInWords = ({ name, userGroup, quorum }: ApprovalFlow["levels"][number]): string =>
    `${name}: ${text.approvalFlows.inShort(named("userGroup", userGroup) ?? String(userGroup), quorum)}`;
  return {
    label: (path) => {
      const [field = path, ...rest] = path.split(".");
      return [labels.get(field) ?? field, ...rest].join(" · ");
    },
    value,
  };
}

/** The names of what fields refer to by id. */
function useNames(): (field: string, id: number) => string | undefined {
  const environments = useDefinitionNames("environment");
  const categories = useDefinitionNames("category");
  const centres = useDefinitionNames("config_centre");
  const variables = useDefinitionNames("variable");
  const groups = useDefinitionNames("variable_group");
  const flows = useDefinitionNames("approval_flow");
  const userGroups = useAnswer("GET /user-groups", {}, { staleTime: 60_000 });
  const userGroupNames = new Map(userGroups.data?.items.map(({ id, name }) => [id, name]));
  const names: Readonly<Record<string, ReadonlyMap<number, string>>> = {
    environment: environments,
    category: categories,
    configCentre: centres,
    variables,
    variableGroup: groups,
    approvalFlow: flows,
    submitters: userGroupNames,
    userGroup: userGroupNames,
  };
  return (field, id) => names[field]?.get(id);
}

function useDefinitionNames(kind: DefinitionKind): ReadonlyMap<number, string> {
  const { data } = useAnswer("GET /definitions/:kind", { params: { kind } }, { staleTime: 60_000 });
  return new Map(data?.items.map(({ id, name }) => [id, name]));
}
