import { sql, type Selectable } from "kysely";
import type { WorkOrder } from "../../contract/definitions.ts";
import type { CommandLine } from "../../contract/requests.ts";
import { audit, CONSOLE_ACTOR } from "../audit/audit.ts";
import { frozenOut } from "../freeze/break-glass.ts";
import { notify } from "../live/feed-message.ts";
import { changedSinceApproval, refuseRequest } from "../requests/begin-request.ts";
import { moveRequest, type RequestRow } from "../requests/request-store.ts";
import type { Database } from "../store/database.ts";
import type { Schema } from "../store/schema.ts";

export type RunRow = Selectable<Schema["run"]>;

/** A run that this worker has taken: nobody else writes it as long as its lease is the newest. */
export interface RunInHand {
  readonly run: RunRow;
  readonly request: RequestRow;
  /** What is to run: of the request's lines those of this run's phase. */
  readonly lines: readonly CommandLine[];
  readonly lease: number;
  /** The order in the version that was submitted. */
  readonly order: WorkOrder;
  /** Name of the account that has submitted it. */
  readonly by: string;
}

/**
 * Takes a request's run: makes it for a queued one, takes it over for a running one. Undefined when the request is in
 * neither state any more.
 */
export function takeRun(db: Database, id: number, worker: string): Promise<RunInHand | undefined> {
  return db.transaction().execute(async (trx) => {
    const begun = await begin(trx, id);
    const request = begun ?? (await runningRequest(trx, id));
    if (request === undefined) return undefined;
    const run = begun === undefined ? await takeOver(trx, request, worker) : await makeRun(trx, request, worker);
    const { order, by } = await trx
      .selectFrom("definition_version as v")
      .select("v.data as order")
      .select((eb) => eb.selectFrom("account").select("name").where("id", "=", request.account).as("by"))
      .where("v.definition", "=", request.work_order)
      .where("v.version", "=", request.order_version)
      .executeTakeFirstOrThrow();
    if (begun !== undefined) await recordRun(trx, "run-started", request, run);
    return {
      run,
      request,
      lines: linesOf(request, run),
      lease: run.lease,
      order: order as unknown as WorkOrder,
      by: by ?? "",
    };
  });
}

/** What was approved, and is not what there is any more, does not begin: it is refused instead. */
async function begin(trx: Database, id: number): Promise<RequestRow | undefined> {
  const queued = await trx
    .selectFrom("request")
    .selectAll()
    .where("id", "=", id)
    .where("state", "=", "queued")
    .forUpdate()
    .executeTakeFirst();
  if (queued === undefined) return undefined;
  // It may have waited for its turn until a freeze window began, or something changed.
  const reason =
    (await frozenOut(trx, queued)) ?? (queued.phase === "main" ? await changedSinceApproval(trx, queued) : undefined);
  if (reason === undefined) return moveRequest(trx, id, ["queued"], "running", { started_at: new Date() });
  await refuseRequest(trx, queued, ["queued"], reason);
  await notify(trx, { type: "job" });
  return undefined;
}

/** The lines of this run: those of the pre-task alone before the approval, and the others alone after it. */
function linesOf({ lines, pre_task_first }: RequestRow, { phase }: RunRow): readonly CommandLine[] {
  if (!pre_task_first) return lines;
  return lines.filter(({ task }) => (task === "pre") === (phase === "pre"));
}

/** Writes into the audit that a run has started, or ended. */
export function recordRun(
  trx: Database,
  action: "run-started" | "run-ended",
  { id, order_name }: RequestRow,
  run: Pick<RunRow, "id" | "phase" | "place">,
  data: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return audit(trx, {
    actor: CONSOLE_ACTOR,
    action,
    object: { kind: "request", id, name: order_name },
    data: { run: run.id, phase: run.phase, place: run.place, ...data },
  });
}

function runningRequest(trx: Database, id: number): Promise<RequestRow | undefined> {
  return trx
    .selectFrom("request")
    .selectAll()
    .where("id", "=", id)
    .where("state", "=", "running")
    .forUpdate()
    .executeTakeFirst();
}

function takeOver(trx: Database, { id, phase }: RequestRow, worker: string): Promise<RunRow> {
  return trx
    .updateTable("run")
    .set({ lease: sql`lease + 1`, worker })
    .where("request", "=", id)
    .where("phase", "=", phase)
    .where("superseded", "=", false)
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function makeRun(trx: Database, request: RequestRow, worker: string): Promise<RunRow> {
  const place = await trx
    .selectFrom("definition")
    .select("name")
    .where("id", "=", request.config_centre)
    .executeTakeFirstOrThrow();
  return trx
    .insertInto("run")
    .values({
      request: request.id,
      state: "starting",
      phase: request.phase,
      // An edit may make the pre-task run again.
      spool: `${request.id}-${request.hash.slice(0, 8)}${request.phase === "pre" ? `-pre${request.version}` : ""}`,
      config_centre: request.config_centre,
      place: place.name,
      spool_home: null,
      worker,
      lease: 1,
      problem: null,
      stopping: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}
