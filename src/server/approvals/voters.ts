import { sql, type RawBuilder } from "kysely";
import type { Person } from "../../contract/approvals.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { ruled } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import { principals, reaches } from "./asked.ts";

/** In whose name the caller may vote on a request now. */
export interface Ballot {
  readonly mayVote: boolean;
  readonly mayVoteFor: Person[];
}
export const NO_BALLOT: Ballot = { mayVote: false, mayVoteFor: [] };

/** SQL: the request `r` waits for a vote that the caller may give now, for itself or for somebody else. */
export function waitsFor(caller: SignedIn): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from ${principals(caller)} p where ${mayVoteAs(caller)})`;
}

/** The caller's ballots of these requests, by their ids; those without one are left out. */
export async function ballotsOf(
  db: Database,
  caller: SignedIn,
  requests: readonly number[],
): Promise<Map<number, Ballot>> {
  const ballots = new Map<number, Ballot>();
  if (!caller.permissions.includes("approve") || requests.length === 0) return ballots;
  const { rows } = await sql<{ request: number; id: number; name: string; display_name: string }>`
    select r.id as request, a.id, a.name, a.display_name
    from request r cross join ${principals(caller)} p join account a on a.id = p.id
    where r.id = any(${[...requests]}::bigint[]) and ${mayVoteAs(caller)}
    order by a.name`.execute(db);
  for (const { request, id, name, display_name } of rows) {
    const { mayVote, mayVoteFor } = ballots.get(request) ?? NO_BALLOT;
    ballots.set(
      request,
      id === caller.id
        ? { mayVote: true, mayVoteFor }
        : { mayVote, mayVoteFor: [...mayVoteFor, { id, name, displayName: display_name }] },
    );
  }
  return ballots;
}

/**
 * SQL: the caller may vote on the request `r` in the name of the account `p`. Who has voted, in whichever name, and in
 * whose name was voted, is through with that level; where the flow wants distinct people, with all levels.
 */
function mayVoteAs(caller: SignedIn): RawBuilder<boolean> {
  const both = sql`(${caller.id}, p.id)`;
  return sql<boolean>`(r.state = 'waiting' and (r.expires_at is null or r.expires_at > now())
    and ${approvesHere(caller)}
    and (r.self_approval or r.account not in ${both})
    and not exists (select 1 from vote v where v.request = r.id and not v.void
      and (v.level = r.level or r.distinct_people) and (v.account in ${both} or v.on_behalf_of in ${both}))
    and (
      exists (select 1 from request_level l join asked_by_group g on g.user_group = l.user_group
        where l.request = r.id and l.level = r.level and g.account = p.id)
      or exists (select 1 from asked_by_rule o where o.account = p.id and ${reaches("o", "r")})))`;
}

/** SQL: the caller's own permission `approve` reaches the request `r`; a delegate needs it, too. */
function approvesHere(caller: SignedIn): RawBuilder<boolean> {
  if (caller.everywhere.includes("approve")) return sql<boolean>`true`;
  return ruled(caller, "approve", "r") ?? sql<boolean>`false`;
}
