import { REQUEST_ACTIONS, requestCan, type RequestState } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { notFound, ProblemError } from "../api/problem-error.ts";
import type { Queue } from "../jobs/queue.ts";
import { notify } from "../live/feed-message.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import { allowedActions, submitter } from "./request-detail.ts";
import { moveRequest } from "./request-store.ts";

export interface ActionInput {
  readonly action: "revoke" | "run" | "stop" | "abort" | "kill";
  readonly version: number;
  readonly reason: string;
}

/**
 * Revokes, stops, aborts or kills a request. Compare-and-set on its version: who has looked at an older one is told
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
  if (!allowedActions(caller, row, await submitter(db, caller, row.work_order)).includes(action))
    throw new ProblemError(403, "not-allowed", `You may not ${action} this request.`);
  await db.transaction().execute(async (trx) => {
    if (action === "revoke") {
      const job = row.job;
      const moved = await moveRequest(
        trx,
        id,
        REQUEST_ACTIONS.revoke.states,
        "revoked",
        { ended_at: new Date(), job: null, ...(reason === "" ? {} : { reason }) },
        version,
      );
      if (moved === undefined) throw changed();
      if (job !== null) await queue.cancel(trx, row.state === "scheduled" ? "due" : "run", job);
      await notify(trx, { type: "job" });
      return;
    }
    if (action === "run") throw wrongState(action, row.state);
    const moved = await moveRequest(trx, id, ["running"], "running", reason === "" ? {} : { reason }, version);
    if (moved === undefined) throw changed();
    const run = await trx
      .updateTable("run")
      .set({ stopping: action })
      .where("request", "=", id)
      .returning("id")
      .executeTakeFirst();
    if (run === undefined) throw changed();
    await notify(trx, { type: "stop", run: run.id, how: action });
  });
}

function wrongState(action: string, state: RequestState): ProblemError {
  return new ProblemError(409, "wrong-state", `A request that is ${state} cannot be asked to ${action}.`);
}

function changed(): ProblemError {
  return new ProblemError(409, "changed", "It has changed meanwhile. Look again before you decide; nothing was done.");
}
