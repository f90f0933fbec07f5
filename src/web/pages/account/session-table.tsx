import { Badge, Button } from "@mantine/core";
import type { SignedInPlace } from "../../../contract/accounts.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Moment } from "../../components/moment.tsx";
import type { Catalogue } from "../../locales/catalogue.ts";
import { useText } from "../../locales/language.tsx";
import classes from "./account.module.css";
import { browserName } from "./browser-name.ts";

interface SessionTableProps {
  readonly sessions: readonly SignedInPlace[];
  /** Absent: single ones cannot be ended here. */
  readonly onEnd?: (session: SignedInPlace) => void;
  /** The one that is being ended. */
  readonly ending?: number | undefined;
}

/** What a person calls the place where somebody is signed in: "Firefox on Linux". */
function sessionPlace({ agent }: SignedInPlace, { account }: Catalogue): string {
  const { browser, system } = browserName(agent);
  if (browser !== undefined && system !== undefined) return account.sessions.onSystem(browser, system);
  const rest = agent === "" ? account.sessions.unknown : agent.slice(0, 60);
  return browser ?? system ?? rest;
}

/** Where an account is signed in. */
export function SessionTable({ sessions, onEnd, ending }: SessionTableProps) {
  const catalogue = useText();
  const text = catalogue.account.sessions;
  const columns: readonly Column<SignedInPlace>[] = [
    {
      id: "place",
      header: text.place,
      cell: (session) => (
        <span title={session.agent}>
          <span className={classes.name}>{sessionPlace(session, catalogue)}</span>
          {session.current && (
            <Badge size="sm" variant="light" ml={8}>
              {text.thisOne}
            </Badge>
          )}
        </span>
      ),
    },
    { id: "address", header: text.address, cell: ({ address }) => <span className={classes.code}>{address}</span> },
    { id: "seen", header: text.seen, cell: ({ seenAt }) => <Moment at={seenAt} /> },
    { id: "since", header: text.since, cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { id: "expires", header: text.expires, cell: ({ expiresAt }) => <Moment at={expiresAt} /> },
  ];
  const end: Column<SignedInPlace> = {
    id: "end",
    header: text.end,
    hideHeader: true,
    align: "end",
    cell: (session) =>
      !session.current && (
        <Button
          size="compact-sm"
          variant="default"
          loading={ending === session.id}
          aria-label={text.endOne(`${sessionPlace(session, catalogue)}, ${session.address}`)}
          onClick={() => onEnd?.(session)}
        >
          {text.end}
        </Button>
      ),
  };
  return (
    <DataTable
      caption={text.title}
      rows={sessions}
      rowKey={({ id }) => id}
      columns={onEnd === undefined ? columns : [...columns, end]}
    />
  );
}
