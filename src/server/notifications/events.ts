import type { NotificationEvent } from "../../contract/notification-channel.ts";
import type { RequestState } from "../../contract/states.ts";
import type { Database } from "../store/database.ts";

/** What people hear of when a request gets into a state. */
const EVENTS: Partial<Readonly<Record<RequestState, NotificationEvent>>> = {
  waiting: "waiting",
  approved: "approved",
  rejected: "refused",
  expired: "refused",
  refused: "refused",
  running: "started",
  succeeded: "succeeded",
  failed: "failed",
  stopped: "failed",
  lost: "failed",
};

/** Puts what has happened to a request into the outbox, within the transaction that makes it happen. */
export async function noteMove(
  trx: Database,
  request: { readonly id: number; readonly phase: string },
  to: RequestState,
): Promise<void> {
  const event = EVENTS[to];
  // A pre-task that runs before the approval is no start of the request.
  if (event === undefined || (event === "started" && request.phase === "pre")) return;
  await trx.insertInto("notification_outbox").values({ request: request.id, event }).execute();
}
