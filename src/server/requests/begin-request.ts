import { sql } from "kysely";
import type { RequestState } from "../../contract/states.ts";
import { outdatedParts, outdatedText } from "../approvals/outdated.ts";
import { audit, CONSOLE_ACTOR } from "../audit/audit.ts";
import { frozenOut } from "../freeze/break-glass.ts";
import type { Queue } from "../jobs/queue.ts";
import type { Database } from "../store/database.ts";
import { moveRequest, queueRequest, type RequestRow } from "./request-store.ts";

/** Within a transaction that holds the request's row. */
export interface Beginning {
  readonly trx: Database;
  readonly queue: Pick<Queue, "enqueue" | "schedule">;
}

/** Sends a request that was submitted, or edited, on its way: it is `approved` until here as if nobody were asked. */
export async function admitRequest(beginning: Beginning, request: RequestRow): Promise<void> {
  if (request.approval_flow === null) await goOnApproved(beginning, request);
  else if (request.phase === "pre") await queueRequest(beginning.trx, beginning.queue.enqueue, request, ["approved"]);
  else await beginWaiting(beginning, request, ["approved"]);
}

/** Asks the first level of the request's flow; the time in which to answer begins now. */
export async function beginWaiting(
  { trx, queue }: Beginning,
  request: RequestRow,
  from: readonly RequestState[],
): Promise<void> {
  const expires = expiryFrom(request);
  await moveRequest(trx, request.id, from, "waiting", {
    level: 1,
    phase: "main",
    expires_at: expires,
    job: null,
    queued_at: null,
    started_at: null,
  });
  for (const at of [expires, request.scheduled_at]) if (at !== null) await queue.schedule(trx, request.id, at);
}

/** When a request that begins to wait now expires; null: never. */
function expiryFrom({ expiry_hours: hours }: Pick<RequestRow, "expiry_hours">): Date | null {
  return hours === null ? null : new Date(Date.now() + hours * 3_600_000);
}

/** What follows for an `approved` request: it waits for its time, is queued, or waits for its submitter. */
export async function goOnApproved(beginning: Beginning, request: RequestRow): Promise<void> {
  const { trx, queue } = beginning;
  if (request.scheduled_at !== null) {
    if (request.approval_flow !== null && request.scheduled_at.getTime() <= Date.now()) {
      await refuseRequest(trx, request, ["approved"], tooLate(request.scheduled_at));
      return;
    }
    const job = await queue.schedule(trx, request.id, request.scheduled_at);
    await moveRequest(trx, request.id, ["approved"], "scheduled", { job });
    return;
  }
  if (request.approval_flow === null || request.run_on_approval) await queueMainRun(beginning, request, ["approved"]);
}

/**
 * The one way in which a request gets into the queue for its main run, whether it was just submitted, approved, its
 * time has come, or its submitter runs it. It is refused, with the reason, where that may not be any more.
 */
export async function queueMainRun(
  { trx, queue }: Beginning,
  request: RequestRow,
  from: readonly RequestState[],
): Promise<void> {
  const reason =
    (await frozenOut(trx, request)) ?? (await changedSinceApproval(trx, request)) ?? (await lockedOut(trx, request));
  if (reason !== undefined) {
    await refuseRequest(trx, request, from, reason);
    return;
  }
  await queueRequest(trx, queue.enqueue, request, from);
}

/** Ends a request that may not run, with the reason. */
export async function refuseRequest(
  trx: Database,
  request: RequestRow,
  from: readonly RequestState[],
  reason: string,
): Promise<void> {
  const moved = await moveRequest(trx, request.id, from, "refused", { reason, ended_at: new Date(), job: null });
  if (moved === undefined) return;
  await audit(trx, {
    actor: CONSOLE_ACTOR,
    action: "refused",
    object: { kind: "request", id: request.id, name: request.order_name },
    data: { reason },
  });
}

/** Why an approved request may not run as it was approved; undefined: nothing has changed. */
export async function changedSinceApproval(trx: Database, request: RequestRow): Promise<string | undefined> {
  if (request.approval_flow === null) return undefined;
  const outdated = await outdatedParts(trx, request.id);
  return outdated.length === 0 ? undefined : `changed since approval: ${outdatedText(outdated)}`;
}

export function tooLate(scheduledAt: Date): string {
  return `was to run at ${scheduledAt.toISOString()}, not approved by then`;
}

/** At its submission it was let in, since it was still to be approved; the order's lock counts when it is to run. */
async function lockedOut(trx: Database, request: RequestRow): Promise<string | undefined> {
  if (request.approval_flow === null || request.lock_policy !== "refuse") return undefined;
  await sql`select pg_advisory_xact_lock(hashtextextended(${request.lock_key}, 0))`.execute(trx);
  const other = await trx
    .selectFrom("request")
    .select("id")
    .where("lock_key", "=", request.lock_key)
    .where("state", "in", ["queued", "running"])
    .where("id", "<>", request.id)
    .executeTakeFirst();
  return other === undefined ? undefined : `locked: request ${other.id} of this order runs, or is about to`;
}
