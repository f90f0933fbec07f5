import { REQUEST_ACTIONS, requestCan } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { notFound, ProblemError } from "../api/problem-error.ts";
import type { AuditAction } from "../../contract/audit.ts";
import { actorOf, audit, type Actor } from "../audit/audit.ts";
import type { Queue } from "../jobs/queue.ts";
import { notify } from "../live/feed-message.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import { queueMainRun } from "./begin-request.ts";
import { allowedActions, submitter } from "./request-detail.ts";
import { changedMeanwhile, moveRequest, wrongState, type RequestRow } from "./request-store.ts";

export interface ActionInput {
  readonly action: "revoke" | "run" | "stop" | "abort" | "kill";
  readonly version: number;
  readonly reason: string;
}

interface Acting {
  readonly trx: Database;
  readonly queue: Queue;
  readonly actor: Actor;
}

/**
 * Revokes, runs, stops, aborts or kills a request. Compare-and-set on its version: who has looked at an older one is told
 * so, and nothing changes.
 */
export async function actOnRequest(
  parts: { readonly db: Database; readonly queue: Queue },
  caller: SignedIn,
  id: number,
  { action, version, reason }: ActionInput,
): Promise<void> {
  const { db, queue } = parts;
  const row = await db
    .selectFrom("request")
    .selectAll()
    .where("id", "=", id)
    .where(maySeeRequest(caller))
    .executeTakeFirst();
  if (row === undefined) throw notFound("request");
  if (!requestCan(row.state, action)) throw wrongState(action, row.state);
  if (!allowedActions(caller, row, await submitter(db, caller, row.work_order), null).includes(action))
    throw new ProblemError(403, "not-allowed", `You may not ${action} this request.`);
  await db.transaction().execute(async (trx) => {
    const acting = { trx, queue, actor: actorOf(caller) };
    const record = (done: AuditAction, data: Readonly<Record<string, unknown>> = {}) =>
      audit(trx, {
        actor: acting.actor,
        action: done,
        object: { kind: "request", id, name: row.order_name },
        data: { ...data, ...(reason === "" ? {} : { reason }) },
      });
    const held = await trx
      .selectFrom("request")
      .selectAll()
      .where("id", "=", id)
      .where("version", "=", version)
      .where("state", "in", [...REQUEST_ACTIONS[action].states])
      .forUpdate()
      .executeTakeFirst();
    if (held === undefined) throw changedMeanwhile(row.version);
    if (action === "run") {
      await record("run-requested");
      await queueMainRun(acting, held, ["approved"]);
    } else if (action === "revoke") {
      await revoke(acting, held, reason);
      await record("revoked", { state: held.state });
    } else {
      await record(`${action}-requested`);
      await end(trx, held, action, reason);
    }
  });
}

async function revoke({ trx, queue }: Acting, { id, state, job }: RequestRow, reason: string): Promise<void> {
  const change = { ended_at: new Date(), job: null, ...(reason === "" ? {} : { reason }) };
  await moveRequest(trx, id, [state], "revoked", change);
  if (job !== null) await queue.cancel(trx, state === "scheduled" ? "due" : "run", job);
  await notify(trx, { type: "job" });
}

async function end(trx: Database, { id }: RequestRow, how: "stop" | "abort" | "kill", reason: string): Promise<void> {
  await moveRequest(trx, id, ["running"], "running", reason === "" ? {} : { reason });
  const run = await trx
    .updateTable("run")
    .set({ stopping: how })
    .where("request", "=", id)
    .where("ended_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  if (run === undefined) throw new Error(`request ${id} is running, and has no run`);
  await notify(trx, { type: "stop", run: run.id, how });
}
