import type { Selectable } from "kysely";
import type { Approval } from "../../contract/approvals.ts";
import type { RequestDetail, Run } from "../../contract/requests.ts";
import { REQUEST_ACTIONS, requestCan, type RequestAction } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { notFound } from "../api/problem-error.ts";
import { approvalOf } from "../approvals/approval-detail.ts";
import { maySubmit } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import type { Schema } from "../store/schema.ts";
import { findListed } from "./request-list.ts";
import type { RequestRow } from "./request-store.ts";
import { formsOf, shownValues } from "./shown-values.ts";

/** Everything that a request's page shows; throws not-found where the caller may not see it. */
export async function requestDetail(db: Database, caller: SignedIn, id: number): Promise<RequestDetail> {
  const item = await findListed(db, caller, id);
  if (item === undefined) throw notFound("request");
  const row = await db.selectFrom("request").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const [runs, queue, forms, approval, maySubmitOrder] = await Promise.all([
    db
      .selectFrom("run")
      .selectAll()
      .where("request", "=", id)
      .where("superseded", "=", false)
      .orderBy("id", "desc")
      .execute(),
    row.state === "queued" ? placeInQueue(db, row) : null,
    formsOf(db, [id]),
    approvalOf(db, caller, row),
    submitter(db, caller, row.work_order),
  ]);
  const [run] = runs;
  const preRun = runs.find(({ phase }) => phase === "pre");
  const centre = await db
    .selectFrom("definition")
    .select("name")
    .where("id", "=", row.config_centre)
    .executeTakeFirstOrThrow();
  return {
    ...item,
    version: row.version,
    note: row.note,
    values: shownValues(forms.get(id) ?? [], row),
    lines: row.lines,
    hash: row.hash,
    place: centre.name,
    run: run === undefined ? null : shownRun(run),
    preRun: preRun === undefined ? null : shownRun(preRun),
    approval,
    queue,
    reason: row.reason,
    breakGlass: row.break_glass,
    allowed: allowedActions(caller, row, maySubmitOrder, approval),
  };
}

/** What the caller may do to a request in its present state, by the one table of actions. */
export function allowedActions(
  caller: SignedIn,
  row: Pick<RequestRow, "state" | "account">,
  maySubmitOrder: boolean,
  approval: Approval | null,
): RequestAction[] {
  const isOwn = row.account === caller.id;
  const may = {
    submitter: isOwn || caller.everywhere.includes("administer"),
    order: maySubmitOrder,
    approver: approval !== null && (approval.mayVote || approval.mayVoteFor.length > 0),
  };
  return (Object.keys(REQUEST_ACTIONS) as RequestAction[]).filter((action) => {
    if (!requestCan(row.state, action) || !may[REQUEST_ACTIONS[action].by]) return false;
    // Who edits decides what is submitted in his name, which nobody else does.
    if (action === "edit") return isOwn && maySubmitOrder;
    return action !== "approve" || approval?.outdated.length === 0;
  });
}

export async function submitter(db: Database, caller: SignedIn, order: number): Promise<boolean> {
  const row = await db
    .selectFrom("definition")
    .select("id")
    .where("id", "=", order)
    .where(maySubmit(caller, "definition.id"))
    .executeTakeFirst();
  return row !== undefined;
}

function shownRun(row: Selectable<Schema["run"]>): Run {
  return {
    id: row.id,
    request: row.request,
    state: row.state,
    place: row.place,
    worker: row.worker,
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    logBytes: row.log_bytes,
    logLines: row.log_lines,
    logCut: row.log_cut,
    results: row.results,
    problem: row.problem,
    stopping: row.stopping,
  };
}

/** Who holds the lock that it waits for, and how many are before it. */
async function placeInQueue(db: Database, row: RequestRow): Promise<{ position: number; holder: number | null }> {
  const rows = await db
    .selectFrom("request")
    .select(["id", "state", "queued_at"])
    .where("lock_key", "=", row.lock_key)
    .where("state", "in", ["queued", "running"])
    .execute();
  const queuedAt = row.queued_at?.getTime() ?? 0;
  const before = rows.filter(
    (other) =>
      other.id !== row.id &&
      other.state === "queued" &&
      ((other.queued_at?.getTime() ?? 0) < queuedAt ||
        ((other.queued_at?.getTime() ?? 0) === queuedAt && other.id < row.id)),
  );
  return { position: before.length + 1, holder: rows.find(({ state }) => state === "running")?.id ?? null };
}
