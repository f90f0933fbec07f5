import type { FormValues, RequestEdit } from "../../contract/requests.ts";
import { requestCan } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { notFound, ProblemError } from "../api/problem-error.ts";
import { voidVotes } from "../approvals/void-votes.ts";
import { actorOf, audit } from "../audit/audit.ts";
import { secretsOf } from "../jobs/spool-spec.ts";
import { auditGlass, glassFor } from "../freeze/break-glass.ts";
import { loadOrder, type LoadedOrder } from "../orders/loaded-order.ts";
import { maySeeRequest } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import type { Language } from "../words/task-words.ts";
import { admitRequest } from "./begin-request.ts";
import { lockKey } from "./lock-state.ts";
import { keepLevels, prepareRequest, refuseIfLocked, refuseUnlessOpen, type SubmitParts } from "./prepare-request.ts";
import { changedMeanwhile, wrongState, type RequestRow } from "./request-store.ts";

/**
 * Replaces what a request would run, before it runs: everything is checked and made anew from the newest definitions,
 * its votes become void, and it begins again with the first level. Only its submitter may.
 */
export async function editRequest(
  parts: SubmitParts,
  caller: SignedIn,
  id: number,
  input: RequestEdit,
  language: Language,
): Promise<void> {
  const { store, queue } = parts;
  const before = await store.db
    .selectFrom("request")
    .selectAll()
    .where("id", "=", id)
    .where(maySeeRequest(caller))
    .executeTakeFirst();
  if (before === undefined) throw notFound("request");
  if (before.account !== caller.id)
    throw new ProblemError(403, "not-allowed", "Only its submitter may edit a request.");
  refuseUnlessEditable(before, input.version);
  const loaded = await loadOrder(store, before.work_order, caller);
  refuseUnlessOpen(loaded, input.orderVersion);
  const values = withKeptSecrets(parts, loaded, before, input.values);
  const prepared = await prepareRequest(parts, loaded, { ...input, values }, language);
  const glass = await glassFor(store.db, caller, loaded, input);
  await store.db.transaction().execute(async (trx) => {
    const row = await trx.selectFrom("request").selectAll().where("id", "=", id).forUpdate().executeTakeFirstOrThrow();
    refuseUnlessEditable(row, input.version);
    const runsNow = prepared.approval_flow === null || prepared.phase === "pre";
    if (loaded.order.lock === "refuse" && runsNow) await refuseIfLocked(trx, loaded);
    const edited = await trx
      .updateTable("request")
      .set({
        ...prepared,
        break_glass: glass,
        lock_key: lockKey(loaded, id),
        state: "approved",
        job: null,
        queued_at: null,
        reason: null,
      })
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await auditGlass(trx, caller, edited);
    await keepLevels(trx, id, loaded);
    await supersedePreRun(trx, id);
    const actor = actorOf(caller);
    const object = { kind: "request", id, name: edited.order_name };
    const data = { orderVersion: loaded.version, summary: edited.summary, before: row.hash, hash: edited.hash };
    await audit(trx, { actor, action: "edited", object, data });
    await voidVotes(trx, edited, actor, "edited");
    await admitRequest({ trx, queue }, edited);
  });
}

function refuseUnlessEditable({ state, version }: RequestRow, lookedAt: number): void {
  if (version !== lookedAt) throw changedMeanwhile(version);
  if (!requestCan(state, "edit")) throw wrongState("edit", state);
}

/** Secrets cannot be read back into the form; so those that are left out stay as they are. */
function withKeptSecrets(parts: SubmitParts, { variables }: LoadedOrder, row: RequestRow, values: FormValues) {
  const kept = secretsOf(row, parts.box);
  const filled = { ...values };
  for (const { data } of variables) {
    const value = Object.hasOwn(kept, data.name) ? kept[data.name] : undefined;
    if (data.secret && value !== undefined && !Object.hasOwn(filled, data.name)) filled[data.name] = [value];
  }
  return filled;
}

/** What the pre-task has said was of the values before. */
async function supersedePreRun(trx: Database, request: number): Promise<void> {
  await trx.updateTable("run").set({ superseded: true }).where("request", "=", request).execute();
}
