import type { Generated, GeneratedAlways } from "kysely";
import type { NotificationEvent } from "../../../contract/notification-channel.ts";
import type { MaybeTimestamp, TimestampNow } from "./columns.ts";

/** As migrations/notifications.ts makes them. */
export interface NotificationTables {
  notification_outbox: {
    id: GeneratedAlways<number>;
    request: number;
    event: NotificationEvent;
    at: TimestampNow;
  };
  notification_delivery: {
    id: GeneratedAlways<number>;
    request: number;
    event: NotificationEvent;
    channel: number;
    account: number | null;
    state: Generated<"queued" | "sent" | "failed">;
    attempts: Generated<number>;
    problem: string | null;
    created_at: TimestampNow;
    sent_at: MaybeTimestamp;
  };
  notification_wish: { account: number; own_events: NotificationEvent[]; asked: boolean };
}
