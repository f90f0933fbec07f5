import type { Selectable } from "kysely";
import type { Variable, VariableGroup, WorkOrder } from "../../contract/definitions.ts";
import type { RequestDetail, Run } from "../../contract/requests.ts";
import { REQUEST_ACTIONS, requestCan, type RequestAction } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { notFound } from "../api/problem-error.ts";
import { maySubmit } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import type { Schema } from "../store/schema.ts";
import { findListed } from "./request-list.ts";
import type { RequestRow } from "./request-store.ts";

/** Everything that a request's page shows; throws not-found where the caller may not see it. */
export async function requestDetail(db: Database, caller: SignedIn, id: number): Promise<RequestDetail> {
  const item = await findListed(db, caller, id);
  if (item === undefined) throw notFound("request");
  const row = await db.selectFrom("request").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const [run, queue, values, maySubmitOrder] = await Promise.all([
    db.selectFrom("run").selectAll().where("request", "=", id).executeTakeFirst(),
    row.state === "queued" ? placeInQueue(db, row) : null,
    shownValues(db, row),
    submitter(db, caller, row.work_order),
  ]);
  const centre = await db
    .selectFrom("definition")
    .select("name")
    .where("id", "=", row.config_centre)
    .executeTakeFirstOrThrow();
  return {
    ...item,
    version: row.version,
    note: row.note,
    values,
    lines: row.lines,
    hash: row.hash,
    place: centre.name,
    run: run === undefined ? null : shownRun(run),
    preRun: null,
    approval: null,
    queue,
    reason: row.reason,
    breakGlass: row.break_glass,
    allowed: allowedActions(caller, row, maySubmitOrder),
  };
}

/** What the caller may do to a request in its present state, by the one table of actions. */
export function allowedActions(
  caller: SignedIn,
  row: Pick<RequestRow, "state" | "account">,
  maySubmitOrder: boolean,
): RequestAction[] {
  const administrator = caller.permissions.includes("administer");
  const may = {
    submitter: administrator || row.account === caller.id,
    order: maySubmitOrder,
    approver: false,
  };
  return (Object.keys(REQUEST_ACTIONS) as RequestAction[]).filter(
    (action) => requestCan(row.state, action) && may[REQUEST_ACTIONS[action].by],
  );
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

/** The values with the labels of the form that they were typed into. */
async function shownValues(db: Database, row: RequestRow): Promise<RequestDetail["values"]> {
  const version = async (definition: number | undefined) => {
    const made = definition === undefined ? undefined : row.made_from[String(definition)];
    if (definition === undefined || made === undefined) return undefined;
    const found = await db
      .selectFrom("definition_version")
      .select("data")
      .where("definition", "=", definition)
      .where("version", "=", made)
      .executeTakeFirst();
    return found?.data;
  };
  const order = (await version(row.work_order)) as WorkOrder | undefined;
  const group = (await version(order?.variableGroup ?? undefined)) as VariableGroup | undefined;
  const variables = await Promise.all(
    (group?.variables ?? []).map((id) => version(id) as Promise<Variable | undefined>),
  );
  return variables.flatMap((variable) => {
    if (variable === undefined) return [];
    const { name, label, secret } = variable;
    return [{ name, label, secret, values: secret ? [] : (row.form_values[name] ?? []) }];
  });
}
