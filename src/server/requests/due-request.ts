import { sql } from "kysely";
import { audit, CONSOLE_ACTOR } from "../audit/audit.ts";
import type { Job, Queue } from "../jobs/queue.ts";
import type { Database } from "../store/database.ts";
import { queueMainRun, refuseRequest, tooLate } from "./begin-request.ts";
import { moveRequest } from "./request-store.ts";

/**
 * Some time of a request has come: the one that it is scheduled for, or the one at which it expires. Does what is due
 * by the request as it is now; a job whose time was changed since does nothing.
 */
export function dueRequest(db: Database, queue: Queue, job: Job): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const request = await trx
      .selectFrom("request")
      .selectAll()
      .select(sql<boolean>`coalesce(scheduled_at <= clock_timestamp(), false)`.as("is_time"))
      .select(sql<boolean>`coalesce(expires_at <= clock_timestamp(), false)`.as("is_expired"))
      .where("id", "=", job.request)
      .where("state", "in", ["waiting", "scheduled"])
      .forUpdate()
      .executeTakeFirst();
    if (request !== undefined) {
      const { state, scheduled_at: at, is_time, is_expired } = request;
      if (state === "scheduled" && is_time) await queueMainRun({ trx, queue }, request, ["scheduled"]);
      else if (state === "waiting" && is_time && at !== null)
        await refuseRequest(trx, request, ["waiting"], tooLate(at));
      else if (state === "waiting" && is_expired) {
        await moveRequest(trx, request.id, ["waiting"], "expired", { ended_at: new Date() });
        await audit(trx, {
          actor: CONSOLE_ACTOR,
          action: "expired",
          object: { kind: "request", id: request.id, name: request.order_name },
          data: { expiresAt: request.expires_at?.toISOString() ?? null },
        });
      }
    }
    await queue.complete(trx, "due", job);
  });
}
