import type { Approval, Vote } from "../../contract/approvals.ts";
import type { RequestState } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { RequestRow } from "../requests/request-store.ts";
import type { Database } from "../store/database.ts";
import { outdatedParts } from "./outdated.ts";
import { ballotsOf, NO_BALLOT } from "./voters.ts";

/** States in which it matters whether what was approved is still what there is. */
const BEFORE_RUN: readonly RequestState[] = ["waiting", "approved", "scheduled", "queued"];

/** How the approval of a request stands, and what the caller may do about it; null where nobody is asked. */
export async function approvalOf(db: Database, caller: SignedIn, row: RequestRow): Promise<Approval | null> {
  if (row.approval_flow === null) return null;
  const [levels, votes, outdated, ballots] = await Promise.all([
    levelsOf(db, [row.id]),
    votesOf(db, [row.id]),
    BEFORE_RUN.includes(row.state) ? outdatedParts(db, row.id) : [],
    row.state === "waiting" ? ballotsOf(db, caller, [row.id]) : undefined,
  ]);
  const counting = votes.filter((vote) => !vote.void);
  return {
    flow: row.flow_name ?? "",
    level: row.level,
    levels: levels.map(({ level, name, group_name, quorum }) => ({
      level,
      name,
      group: group_name,
      quorum,
      votes: counting.filter((vote) => vote.level === level).map(shownVote),
    })),
    voided: votes.filter((vote) => vote.void).map(shownVote),
    expiresAt: row.expires_at?.toISOString() ?? null,
    outdated,
    selfApproval: row.self_approval,
    distinctPeople: row.distinct_people,
    ...(ballots?.get(row.id) ?? NO_BALLOT),
  };
}

/** The levels of these requests, first one first. */
export function levelsOf(db: Database, requests: readonly number[]) {
  return db
    .selectFrom("request_level")
    .selectAll()
    .where("request", "in", [...requests])
    .orderBy("level")
    .execute();
}

/** All votes on these requests, oldest first. */
export function votesOf(db: Database, requests: readonly number[]) {
  return db
    .selectFrom("vote as v")
    .innerJoin("account as a", "a.id", "v.account")
    .leftJoin("account as p", "p.id", "v.on_behalf_of")
    .select(["v.request", "v.level", "v.decision", "v.reason", "v.at", "v.void"])
    .select(["a.name as by", "a.display_name", "p.name as principal"])
    .where("v.request", "in", [...requests])
    .orderBy("v.id")
    .execute();
}

export function shownVote(vote: Awaited<ReturnType<typeof votesOf>>[number]): Vote {
  return {
    level: vote.level,
    by: vote.by,
    displayName: vote.display_name,
    onBehalfOf: vote.principal,
    decision: vote.decision,
    reason: vote.reason,
    at: vote.at.toISOString(),
  };
}
