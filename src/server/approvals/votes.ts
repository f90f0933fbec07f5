import type { VoteInput } from "../../contract/approvals.ts";
import { requestCan } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { invalid, notFound, ProblemError } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import type { Queue } from "../jobs/queue.ts";
import { notify } from "../live/feed-message.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import { goOnApproved } from "../requests/begin-request.ts";
import { changedMeanwhile, moveRequest, wrongState, type RequestRow } from "../requests/request-store.ts";
import type { Database } from "../store/database.ts";
import { outdatedParts, outdatedText } from "./outdated.ts";
import { ballotsOf, NO_BALLOT } from "./voters.ts";
import { whyNoBallot } from "./why-no-ballot.ts";

/**
 * Approves or rejects a request. It counts for exactly what was looked at: another hash or version is refused, and
 * nothing happens. Votes on one request come one after the other, since each holds its row; so a level passes once.
 */
export async function castVote(
  parts: { readonly db: Database; readonly queue: Queue },
  caller: SignedIn,
  id: number,
  input: VoteInput,
): Promise<void> {
  if (input.decision === "reject" && input.reason === "")
    throw invalid([{ field: "reason", rule: "required", message: "Say why you reject it." }]);
  await parts.db.transaction().execute(async (trx) => {
    const request = await trx
      .selectFrom("request")
      .selectAll()
      .where("id", "=", id)
      .where(maySeeRequest(caller))
      .forUpdate()
      .executeTakeFirst();
    if (request === undefined) throw notFound("request");
    const level = await refuseUnlessVotable(trx, caller, request, input);
    await keepVote(trx, caller, request, level, input);
    if (input.decision === "reject") await reject(trx, caller, request, level, input.reason);
    else await approve({ trx, queue: parts.queue, caller }, request, level);
  });
}

/** Returns the level that is asked. */
async function refuseUnlessVotable(
  trx: Database,
  caller: SignedIn,
  request: RequestRow,
  { decision, hash, version, onBehalfOf }: VoteInput,
): Promise<number> {
  if (request.hash !== hash || request.version !== version) throw changedMeanwhile(request.version);
  const { level } = request;
  if (!requestCan(request.state, decision) || level === null) throw wrongState(decision, request.state);
  const ballot = (await ballotsOf(trx, caller, [request.id])).get(request.id) ?? NO_BALLOT;
  const principal = onBehalfOf === caller.id ? null : onBehalfOf;
  const may = principal === null ? ballot.mayVote : ballot.mayVoteFor.some((person) => person.id === principal);
  if (!may) throw await whyNoBallot(trx, caller, request, principal);
  if (decision === "approve") {
    const outdated = await outdatedParts(trx, request.id);
    if (outdated.length > 0)
      throw new ProblemError(
        409,
        "outdated",
        `What it was made from has changed (${outdatedText(outdated)}). Its submitter has to renew it before anybody can approve it.`,
      );
  }
  return level;
}

async function keepVote(
  trx: Database,
  caller: SignedIn,
  request: RequestRow,
  level: number,
  { decision, reason, onBehalfOf }: VoteInput,
): Promise<void> {
  const principal = onBehalfOf === caller.id ? null : onBehalfOf;
  await trx
    .insertInto("vote")
    .values({
      request: request.id,
      level,
      hash: request.hash,
      account: caller.id,
      on_behalf_of: principal,
      decision,
      reason,
    })
    .execute();
  await auditRequest(trx, caller, request, decision === "approve" ? "vote-approve" : "vote-reject", {
    level,
    hash: request.hash,
    reason,
    ...(principal === null ? {} : { onBehalfOf: principal }),
  });
}

async function reject(
  trx: Database,
  caller: SignedIn,
  request: RequestRow,
  level: number,
  reason: string,
): Promise<void> {
  await moveRequest(trx, request.id, ["waiting"], "rejected", { reason, ended_at: new Date() });
  await auditRequest(trx, caller, request, "rejected", { level, reason });
}

async function approve(
  { trx, queue, caller }: { readonly trx: Database; readonly queue: Queue; readonly caller: SignedIn },
  request: RequestRow,
  level: number,
): Promise<void> {
  const { id, state, version } = request;
  const levels = await trx
    .selectFrom("request_level")
    .select(["level", "quorum"])
    .where("request", "=", id)
    .orderBy("level")
    .execute();
  const votes = await trx
    .selectFrom("vote")
    .select("id")
    .where("request", "=", id)
    .where("level", "=", level)
    .where("decision", "=", "approve")
    .where("hash", "=", request.hash)
    .where("void", "=", false)
    .execute();
  const quorum = levels.find((each) => each.level === level)?.quorum ?? 1;
  if (votes.length < quorum) {
    // Others may still vote on what they look at: the version stays.
    await notify(trx, { type: "request", request: id, state, version });
    return;
  }
  if (levels.some((each) => each.level > level)) {
    await moveRequest(trx, id, ["waiting"], "waiting", { level: level + 1 });
    return;
  }
  const approved = await moveRequest(trx, id, ["waiting"], "approved", { level: null });
  if (approved === undefined) throw new Error(`request ${id} waited, and does not any more, while its row was held`);
  await auditRequest(trx, caller, request, "approved", { hash: request.hash });
  await goOnApproved({ trx, queue }, approved);
}

function auditRequest(
  trx: Database,
  caller: SignedIn,
  { id, order_name }: RequestRow,
  action: "vote-approve" | "vote-reject" | "approved" | "rejected",
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  return audit(trx, { actor: actorOf(caller), action, object: { kind: "request", id, name: order_name }, data });
}
