import { sql, type RawBuilder } from "kysely";
import type { ApprovalCard, FormValues, RequestListItem } from "../../contract/requests.ts";
import { valuesGiven } from "../../domain/form-values.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { afterOf, selectListed } from "../requests/request-list.ts";
import { formsOf, shownValues } from "../requests/shown-values.ts";
import type { Database } from "../store/database.ts";
import { levelsOf, shownVote, votesOf } from "./approval-detail.ts";
import { IS_OUTDATED } from "./outdated.ts";
import { ballotsOf, NO_BALLOT, waitsFor } from "./voters.ts";

/** SQL: the request `r` can be decided by the caller now; one that is outdated waits for its submitter. */
function inInbox(caller: SignedIn): RawBuilder<boolean> {
  if (!caller.permissions.includes("approve")) return sql<boolean>`false`;
  return sql<boolean>`(r.state = 'waiting' and ${waitsFor(caller)} and not ${IS_OUTDATED})`;
}

export async function countInbox(db: Database, caller: SignedIn): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from request r where ${inInbox(caller)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Requests that wait for the caller's vote, oldest first, at most so many. */
export function waitingFor(db: Database, caller: SignedIn, limit: number): Promise<RequestListItem[]> {
  return selectListed(db, inInbox(caller), limit, "oldest");
}

/** A page of the inbox: each request with all that a decision needs. */
export async function inbox(
  db: Database,
  caller: SignedIn,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<{ items: ApprovalCard[]; next: string | null }> {
  const from = after === undefined ? sql`true` : sql`r.id > ${afterOf(after)}`;
  const listed = await selectListed(db, sql`${inInbox(caller)} and ${from}`, limit + 1, "oldest");
  const items = listed.slice(0, limit);
  const cards = await cardsOf(db, caller, items);
  return { items: cards, next: listed.length > limit ? String(items.at(-1)?.id) : null };
}

async function cardsOf(db: Database, caller: SignedIn, items: readonly RequestListItem[]): Promise<ApprovalCard[]> {
  const ids = items.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [rows, forms, levels, votes, ballots, lasts] = await Promise.all([
    rowsOf(db, ids),
    formsOf(db, ids),
    levelsOf(db, ids),
    votesOf(db, ids),
    ballotsOf(db, caller, ids),
    lastsOf(db, ids),
  ]);
  return items.flatMap((item) => {
    const row = rows.find(({ id }) => id === item.id);
    // It may have been decided while this page was read.
    if (row === undefined || row.level === null) return [];
    const last = lasts.get(item.id);
    return {
      ...item,
      version: row.version,
      hash: row.hash,
      note: row.note,
      place: row.place,
      lines: row.lines,
      values: shownValues(forms.get(item.id) ?? [], row).map((shown) => ({
        ...shown,
        before:
          last === undefined || shown.secret
            ? null
            : differing(valuesGiven(last.form_values, shown.name), shown.values),
      })),
      last: last === undefined ? null : { request: last.id, at: last.ended_at.toISOString(), by: last.by },
      level: row.level,
      levels: levels
        .filter(({ request }) => request === item.id)
        .map(({ name, group_name, quorum }) => ({ name, group: group_name, quorum })),
      votes: votes.filter((vote) => vote.request === item.id && !vote.void).map(shownVote),
      expiresAt: row.expires_at?.toISOString() ?? null,
      ...(ballots.get(item.id) ?? NO_BALLOT),
    };
  });
}

function rowsOf(db: Database, ids: readonly number[]) {
  return db
    .selectFrom("request as r")
    .innerJoin("definition as c", "c.id", "r.config_centre")
    .select(["r.id", "r.version", "r.hash", "r.note", "r.lines", "r.form_values", "r.level", "r.expires_at"])
    .select("c.name as place")
    .where("r.id", "in", [...ids])
    .execute();
}

/** The last request of the same order that succeeded, by the request that it is compared with. */
async function lastsOf(db: Database, ids: readonly number[]) {
  interface Last {
    readonly request: number;
    readonly id: number;
    readonly form_values: FormValues;
    readonly ended_at: Date;
    readonly by: string;
  }
  const { rows } = await sql<Last>`
    select r.id as request, last.id, last.form_values, last.ended_at, a.name as by
    from request r
    cross join lateral (select * from request other where other.work_order = r.work_order
      and other.state = 'succeeded' and other.id <> r.id order by other.id desc limit 1) last
    join account a on a.id = last.account
    where r.id = any(${[...ids]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.request, row]));
}

function differing(before: readonly string[], now: readonly string[]): string[] | null {
  return JSON.stringify(before) === JSON.stringify(now) ? null : [...before];
}
