import { sql, type Selectable } from "kysely";
import type { WorkOrder } from "../../contract/definitions.ts";
import { moveRequest, type RequestRow } from "../requests/request-store.ts";
import type { Database } from "../store/database.ts";
import type { Schema } from "../store/schema.ts";

export type RunRow = Selectable<Schema["run"]>;

/** A run that this worker has taken: nobody else writes it as long as its lease is the newest. */
export interface RunInHand {
  readonly run: RunRow;
  readonly request: RequestRow;
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
    const begun = await moveRequest(trx, id, ["queued"], "running", { started_at: new Date() });
    const request = begun ?? (await runningRequest(trx, id));
    if (request === undefined) return undefined;
    const run = begun === undefined ? await takeOver(trx, id, worker) : await makeRun(trx, request, worker);
    const { order, by } = await trx
      .selectFrom("definition_version as v")
      .select("v.data as order")
      .select((eb) => eb.selectFrom("account").select("name").where("id", "=", request.account).as("by"))
      .where("v.definition", "=", request.work_order)
      .where("v.version", "=", request.order_version)
      .executeTakeFirstOrThrow();
    return { run, request, lease: run.lease, order: order as unknown as WorkOrder, by: by ?? "" };
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

function takeOver(trx: Database, request: number, worker: string): Promise<RunRow> {
  return trx
    .updateTable("run")
    .set({ lease: sql`lease + 1`, worker })
    .where("request", "=", request)
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
      spool: `${request.id}-${request.hash.slice(0, 8)}`,
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
