import { Anchor, Badge, ColorSwatch } from "@mantine/core";
import type { ReactNode } from "react";
import type { ApprovalFlow } from "../../../contract/approval-flow.ts";
import type {
  ConfigCentre,
  DefinitionKind,
  Environment,
  Variable,
  VariableGroup,
  WorkOrder,
} from "../../../contract/definitions.ts";
import type { Definition } from "../../../contract/administration.ts";
import type { FreezeWindow } from "../../../contract/freeze-window.ts";
import type { NotificationChannel } from "../../../contract/notification-channel.ts";
import type { SignInMethod } from "../../../contract/sign-in-method.ts";
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
    ...(kind === "work_order" || kind === "freeze_window"
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
    ...(data["active"] === false ? [text.inactive] : []),
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
  const { configuration, variables, configCentres, approvalFlows, freezeWindows, notificationChannels, signInMethods } =
    useText();
  const text = configuration.list;
  const environment = useNames("environment", text.everywhere);
  const category = useNames("category", "–");
  const centre = useNames("config_centre", "–");
  const userGroup = useUserGroupNames();
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
    case "approval_flow":
      return [
        column("levels", approvalFlows.levels, ({ levels }: ApprovalFlow) =>
          levels.map(({ userGroup: id, quorum }) => approvalFlows.inShort(userGroup(id), quorum)).join(" → "),
        ),
        column("expiry", approvalFlows.expiryHours, ({ expiryHours }: ApprovalFlow) =>
          expiryHours === null ? approvalFlows.never : `${expiryHours} ${approvalFlows.hours}`,
        ),
      ];
    case "freeze_window":
      return [
        column("environment", configuration.fields.environment, (data: FreezeWindow) => environment(data.environment)),
        column("when", freezeWindows.when, ({ when }: FreezeWindow) => <WhenInShort when={when} />),
        column("reason", freezeWindows.reason, ({ reason }: FreezeWindow) => reason),
      ];
    case "notification_channel":
      return [
        column(
          "kind",
          notificationChannels.kind,
          ({ kind: by }: NotificationChannel) => notificationChannels.kinds[by],
        ),
        column("description", configuration.fields.description, ({ description }: NotificationChannel) => description),
      ];
    case "sign_in_method":
      return [
        column("kind", signInMethods.kind, ({ kind: by }: SignInMethod) => signInMethods.kinds[by]),
        column("address", signInMethods.url, ({ kind: by, issuer, url }: SignInMethod) =>
          by === "oidc" ? issuer : url,
        ),
      ];
    case "work_order":
      return [...placed, column("centre", text.place, (data: WorkOrder) => centre(data.configCentre))];
    default:
      return kind satisfies never;
  }
}

/** From when until when, or the cron expression and how long it lasts each time. */
function WhenInShort({ when }: { readonly when: FreezeWindow["when"] }) {
  const text = useText().freezeWindows;
  if (when.kind === "cron")
    return (
      <>
        <code>{when.cron}</code>{" "}
        <span className={classes.second}>
          {when.timeZone} · {text.hoursAndMinutes(Math.floor(when.minutes / 60), when.minutes % 60)}
        </span>
      </>
    );
  return (
    <>
      <Moment at={when.from} absolute /> – <Moment at={when.to} absolute />
    </>
  );
}

function useUserGroupNames(): (id: number) => string {
  const { data } = useAnswer("GET /user-groups", {}, { staleTime: 60_000 });
  const names = new Map(data?.items.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? `${id}`;
}

/** Names of definitions by id. */
function useNames(kind: DefinitionKind, none: string): (id: number | null) => string {
  const { data } = useAnswer("GET /definitions/:kind", { params: { kind } }, { staleTime: 60_000 });
  const names = new Map(data?.items.map(({ id, name }) => [id, name]));
  return (id) => (id === null ? none : (names.get(id) ?? `${id}`));
}
