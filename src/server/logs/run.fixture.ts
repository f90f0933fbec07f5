import type { Database } from "../store/database.ts";

/** A request of an order, and its run under lease 1, as far as logs need them. */
export async function addRun(db: Database): Promise<{ readonly request: number; readonly run: number }> {
  const unique = crypto.randomUUID();
  const define = async (kind: "environment" | "config_centre" | "work_order"): Promise<number> =>
    (
      await db
        .insertInto("definition")
        .values({ kind, name: `${kind} ${unique}`, environment: null, category: null, data: "{}", author: "admin" })
        .returning("id")
        .executeTakeFirstOrThrow()
    ).id;
  const account = await db
    .insertInto("account")
    .values({ name: unique, display_name: "wang", password_hash: "", role: "submitter" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const centre = await define("config_centre");
  const request = await db
    .insertInto("request")
    .values({
      work_order: await define("work_order"),
      order_version: 1,
      order_name: "project_group1",
      environment: await define("environment"),
      category: null,
      config_centre: centre,
      account: account.id,
      state: "running",
      form_values: "{}",
      sealed_values: null,
      summary: "",
      lines: "[]",
      hash: "",
      lock_policy: "queue",
      lock_key: unique,
      usual_seconds: null,
      reason: null,
      job: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const run = await db
    .insertInto("run")
    .values({
      request: request.id,
      state: "running",
      spool: unique,
      config_centre: centre,
      place: "local",
      lease: 1,
      worker: null,
      problem: null,
      stopping: null,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { request: request.id, run: run.id };
}
