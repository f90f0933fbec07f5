import { sql, type Selectable, type Updateable } from "kysely";
import type { RequestState } from "../../contract/states.ts";
import { ProblemError } from "../api/problem-error.ts";
import { notify } from "../live/feed-message.ts";
import { noteMove } from "../notifications/events.ts";
import type { Database } from "../store/database.ts";
import type { Schema } from "../store/schema.ts";

export type RequestRow = Selectable<Schema["request"]>;

type Change = Pick<
  Updateable<Schema["request"]>,
  "reason" | "job" | "queued_at" | "started_at" | "ended_at" | "level" | "phase" | "expires_at"
>;

/**
 * Moves a request to another state, if it is still in one of those, at the version given (where one is); tells
 * everybody. Undefined: it was not, and nothing has changed.
 */
export async function moveRequest(
  trx: Database,
  id: number,
  from: readonly RequestState[],
  to: RequestState,
  change: Change = {},
  version?: number,
): Promise<RequestRow | undefined> {
  let query = trx
    .updateTable("request")
    .set({ ...change, state: to, version: sql`version + 1` })
    .where("id", "=", id)
    .where("state", "in", [...from]);
  if (version !== undefined) query = query.where("version", "=", version);
  const row = await query.returningAll().executeTakeFirst();
  if (row === undefined) return undefined;
  // A run that is asked to stop is still the same run.
  if (to !== "running" || !from.includes("running")) await noteMove(trx, row, to);
  await notify(trx, { type: "request", request: id, state: to, version: row.version });
  return row;
}

/** Somebody has looked at another version of a request than there is now. */
export function changedMeanwhile(currentVersion: number): ProblemError {
  const detail = "It has changed meanwhile. Look again before you decide; nothing was done.";
  return new ProblemError(409, "changed", detail, { currentVersion });
}

export function wrongState(action: string, state: RequestState): ProblemError {
  return new ProblemError(409, "wrong-state", `A request that is ${state} cannot be asked to ${action}.`);
}

/** Queues a request for its turn under the order's lock. */
export async function queueRequest(
  trx: Database,
  enqueue: (trx: Database, request: number, lockKey: string) => Promise<string>,
  row: Pick<RequestRow, "id" | "lock_key">,
  from: readonly RequestState[],
): Promise<RequestRow | undefined> {
  const job = await enqueue(trx, row.id, row.lock_key);
  const moved = await moveRequest(trx, row.id, from, "queued", { job, queued_at: new Date() });
  if (moved !== undefined) await notify(trx, { type: "job" });
  return moved;
}
