import type { SignedIn } from "../accounts/signed-in.ts";
import { ProblemError } from "../api/problem-error.ts";
import type { RequestRow } from "../requests/request-store.ts";
import type { Database } from "../store/database.ts";

/** Why the caller may not vote on a waiting request, for itself or for a principal. */
export async function whyNoBallot(
  trx: Database,
  caller: SignedIn,
  request: RequestRow,
  principal: number | null,
): Promise<ProblemError> {
  const people = principal === null ? [caller.id] : [caller.id, principal];
  if (request.expires_at !== null && request.expires_at.getTime() <= Date.now())
    return new ProblemError(409, "expired", `It has expired at ${request.expires_at.toISOString()}.`);
  if (principal !== null) {
    const delegated = await trx
      .selectFrom("delegation_in_force")
      .select("id")
      .where("delegate", "=", caller.id)
      .where("account", "=", principal)
      .executeTakeFirst();
    if (delegated === undefined)
      return new ProblemError(403, "no-delegation", "Nobody with that id has let you decide at this time.");
  }
  if (!request.self_approval && people.includes(request.account))
    return new ProblemError(403, "self-approval", "Its approval flow wants others than its submitter to decide.");
  const votes = await trx
    .selectFrom("vote")
    .select(["level", "account", "on_behalf_of"])
    .where("request", "=", request.id)
    .where("void", "=", false)
    .execute();
  const theirs = votes.filter(({ account, on_behalf_of }) =>
    people.some((id) => id === account || id === on_behalf_of),
  );
  if (theirs.some(({ level }) => level === request.level))
    return new ProblemError(409, "already-voted", "There is a vote of yours, or in that name, at this level already.");
  if (request.distinct_people && theirs.length > 0)
    return new ProblemError(
      403,
      "distinct-people",
      "Its approval flow wants different people at each level, and there is a vote of yours at an earlier one.",
    );
  return new ProblemError(
    403,
    "not-asked",
    principal === null
      ? "Your vote is not asked for at this level."
      : "The vote of that account is not asked for at this level.",
  );
}
