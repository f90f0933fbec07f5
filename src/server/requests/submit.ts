import type { RequestInput } from "../../contract/requests.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { actorOf, audit } from "../audit/audit.ts";
import { auditGlass, glassFor } from "../freeze/break-glass.ts";
import { loadOrder } from "../orders/loaded-order.ts";
import type { Language } from "../words/task-words.ts";
import { admitRequest } from "./begin-request.ts";
import { lockKey } from "./lock-state.ts";
import { keepLevels, prepareRequest, refuseIfLocked, refuseUnlessOpen, type SubmitParts } from "./prepare-request.ts";

/**
 * Submits an order: checks everything again, keeps it as it will run, and asks for approval, queues or schedules it.
 * Returns its id.
 */
export async function submitRequest(
  parts: SubmitParts,
  caller: SignedIn,
  input: RequestInput,
  language: Language,
): Promise<number> {
  const { store, queue } = parts;
  const loaded = await loadOrder(store, input.order, caller);
  refuseUnlessOpen(loaded, input.orderVersion);
  const prepared = await prepareRequest(parts, loaded, input, language);
  const glass = await glassFor(store.db, caller, loaded, input);
  return store.db.transaction().execute(async (trx) => {
    // What waits for approval first looks at the lock when it is to run.
    const runsNow = prepared.approval_flow === null || prepared.phase === "pre";
    if (loaded.order.lock === "refuse" && runsNow) await refuseIfLocked(trx, loaded);
    const { id } = await trx
      .insertInto("request")
      .values({
        ...prepared,
        break_glass: glass,
        work_order: loaded.id,
        account: caller.id,
        state: "approved",
        lock_key: "",
        background: input.background,
        reason: null,
        job: null,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const request = await trx
      .updateTable("request")
      .set({ lock_key: lockKey(loaded, id) })
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await keepLevels(trx, id, loaded);
    await audit(trx, {
      actor: actorOf(caller),
      action: "submitted",
      object: { kind: "request", id, name: request.order_name },
      data: { order: loaded.id, orderVersion: loaded.version, summary: request.summary, hash: request.hash },
    });
    await auditGlass(trx, caller, request);
    await admitRequest({ trx, queue }, request);
    await trx.deleteFrom("draft").where("account", "=", caller.id).where("work_order", "=", loaded.id).execute();
    return id;
  });
}
