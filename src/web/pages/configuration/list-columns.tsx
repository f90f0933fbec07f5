import { Anchor, Badge, ColorSwatch } from "@mantine/core";
import type { ReactNode } from "react";
import type {
  ConfigCentre,
  DefinitionKind,
  Environment,
  Variable,
  VariableGroup,
  WorkOrder,
} from "../../../contract/definitions.ts";
import type { Definition } from "../../../contract/administration.ts";
import { useAnswer } from "../../api/api.tsx";
import type { Column } from "../../components/data-table.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./configuration.module.css";

type Columns = readonly Column<Definition>[];

/** What the list of a kind shows of each definition. */
export function useColumns(kind: DefinitionKind): Columns {
  const { configuration: text } = useText();
  const byKind = useKindColumns(kind);
  return [
    {
      id: "name",
      header: text.list.name,
      cell: (definition) => (
        <>
          <Anchor component={Link} href={paths.definition(kind, definition.id)} className={classes.name}>
            {definition.name}
          </Anchor>
          <Tags definition={definition} />
        </>
      ),
    },
    ...byKind,
    ...(kind === "work_order"
      ? []
      : [
          {
            id: "usedBy",
            header: text.list.usedBy,
            align: "end" as const,
            cell: ({ usedBy }: Definition) => text.list.uses(usedBy.length),
          },
        ]),
    {
      id: "changed",
      header: text.list.changed,
      cell: ({ at, author }) => (
        <>
          <Moment at={at} /> <span className={classes.second}>{author}</span>
        </>
      ),
    },
  ];
}

function Tags({ definition: { kind, data } }: { readonly definition: Definition }) {
  const text = useText().configuration.list;
  const tags: string[] = [
    ...(kind === "work_order" && data["template"] === true ? [text.template] : []),
    ...(kind === "work_order" && data["active"] === false ? [text.inactive] : []),
    ...(kind === "environment" && data["protected"] === true ? [text.protected] : []),
  ];
  if (tags.length === 0) return null;
  return (
    <span className={classes.tags}>
      {tags.map((tag) => (
        <Badge key={tag} size="sm" variant="default">
          {tag}
        </Badge>
      ))}
    </span>
  );
}

function useKindColumns(kind: DefinitionKind): Columns {
  const { configuration, variables, configCentres } = useText();
  const text = configuration.list;
  const environment = useNames("environment", text.everywhere);
  const category = useNames("category", "–");
  const centre = useNames("config_centre", "–");
  const column = (id: string, header: string, cell: (data: never) => ReactNode): Column<Definition> => ({
    id,
    header,
    cell: ({ data }) => cell(data as never),
  });
  const placed = [
    column("environment", configuration.fields.environment, (data: Variable) => environment(data.environment)),
    column("category", configuration.fields.category, (data: Variable) => category(data.category)),
  ];
  switch (kind) {
    case "environment":
      return [
        column("colour", text.order, ({ order, colour }: Environment) => (
          <span className={classes.tags}>
            <ColorSwatch size={14} color={`var(--mantine-color-${colour}-filled)`} withShadow={false} /> {order}
          </span>
        )),
        column("description", configuration.fields.description, ({ description }: Environment) => description),
      ];
    case "category":
      return [column("description", configuration.fields.description, ({ description }: Environment) => description)];
    case "config_centre":
      return [
        column("connection", text.connection, ({ connection, user, address, port }: ConfigCentre) =>
          connection === "local"
            ? configCentres.connections.local
            : `${user === "" ? "" : `${user}@`}${address}${port === 22 ? "" : `:${port}`}`,
        ),
        column("hostKey", text.hostKey, ({ connection, hostKey }: ConfigCentre) =>
          connection === "local" ? "–" : hostKey === "" ? text.notPinned : text.pinned,
        ),
      ];
    case "variable":
      return [
        column("label", text.label, ({ label }: Variable) => label),
        column("source", text.source, ({ source }: Variable) => variables.sources[source.kind].name),
        column("formType", text.formType, ({ formType }: Variable) => variables.formTypes[formType]),
        ...placed,
      ];
    case "variable_group":
      return [column("variables", text.variables, (data: VariableGroup) => data.variables.length), ...placed];
    default:
      return [...placed, column("centre", text.place, (data: WorkOrder) => centre(data.configCentre))];
  }
}

/** Names of definitions by id. */
function useNames(kind: DefinitionKind, none: string): (id: number | null) => string {
  const { data } = useAnswer("GET /definitions/:kind", { params: { kind } }, { staleTime: 60_000 });
  const names = new Map(data?.items.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? none : (names.get(id) ?? `${id}`));
}
