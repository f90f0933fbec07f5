import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { Token } from "../../../contract/people.ts";
import { Confirm } from "../../components/confirm.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Mark } from "../../components/mark.tsx";
import { Moment } from "../../components/moment.tsx";
import { useNow } from "../../components/use-now.ts";
import { useText } from "../../locales/language.tsx";
import classes from "./account.module.css";

interface Revoking {
  readonly mutate: (token: Token, done: () => void) => void;
  readonly isPending: boolean;
  readonly error: Error | null;
}

interface TokenTableProps {
  readonly tokens: readonly Token[];
  readonly revoking: Revoking;
}

/** Whether a token can still be used. */
function stateOf({ revokedAt, expiresAt }: Token, now: Date): "active" | "expired" | "revoked" {
  if (revokedAt !== null) return "revoked";
  return new Date(expiresAt) <= now ? "expired" : "active";
}

/** API tokens, those that can be used first; the others stay for a look at when they were used. */
export function TokenTable({ tokens, revoking }: TokenTableProps) {
  const { account, roles } = useText();
  const text = account.tokens;
  const now = useNow(60_000);
  const [asked, setAsked] = useState<Token | null>(null);
  const rows = tokens.toSorted(
    (a, b) =>
      Number(stateOf(b, now) === "active") - Number(stateOf(a, now) === "active") ||
      b.createdAt.localeCompare(a.createdAt),
  );
  const columns: readonly Column<Token>[] = [
    {
      id: "name",
      header: text.name,
      cell: (token) => (
        <>
          <span className={classes.name}>{token.name}</span>
          <span className={classes.quiet}>
            {token.permissions.map((permission) => roles.permissions[permission].name).join(" · ")}
          </span>
        </>
      ),
    },
    { id: "prefix", header: text.prefix, cell: ({ prefix }) => <span className={classes.code}>{prefix}…</span> },
    {
      id: "used",
      header: text.used,
      cell: ({ usedAt, usedFrom }) =>
        usedAt === null ? (
          <Text span c="dimmed">
            {text.neverUsed}
          </Text>
        ) : (
          <>
            <Moment at={usedAt} />
            {usedFrom !== null && <span className={classes.quiet}>{text.usedFrom(usedFrom)}</span>}
          </>
        ),
    },
    {
      id: "expires",
      header: text.expires,
      cell: (token) => {
        const state = stateOf(token, now);
        return state === "active" ? <Moment at={token.expiresAt} /> : <Mark tone="quiet">{text[state]}</Mark>;
      },
    },
    {
      id: "revoke",
      header: text.revoke,
      hideHeader: true,
      align: "end",
      cell: (token) =>
        stateOf(token, now) === "active" && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={text.revokeOne(token.name)}
            onClick={() => setAsked(token)}
          >
            {text.revoke}
          </Button>
        ),
    },
  ];
  return (
    <>
      <DataTable caption={text.title} columns={columns} rows={rows} rowKey={({ id }) => id} />
      {asked !== null && (
        <Confirm
          opened
          title={text.revokeTitle(asked.name)}
          action={text.revokeOne(asked.name)}
          busy={revoking.isPending}
          error={revoking.error}
          onClose={() => setAsked(null)}
          onConfirm={() => revoking.mutate(asked, () => setAsked(null))}
        >
          <Text>{text.revokeText}</Text>
        </Confirm>
      )}
    </>
  );
}
