import { z } from "zod";
import { NOTIFICATION_EVENTS } from "./notification-channel.ts";

/** What the signed-in person wants to hear of by e-mail. */
export const NotificationWish = z.strictObject({
  /** Of the own requests. */
  own: z.array(z.enum(NOTIFICATION_EVENTS)).max(NOTIFICATION_EVENTS.length),
  /** Of requests that wait for one's vote. */
  asked: z.boolean(),
});
export type NotificationWish = z.infer<typeof NotificationWish>;

export const NotificationDelivery = z.object({
  id: z.number(),
  request: z.number(),
  event: z.enum(NOTIFICATION_EVENTS),
  channel: z.object({ id: z.number(), name: z.string() }),
  /** Of a message to one person: who. */
  account: z.string().nullable(),
  state: z.enum(["queued", "sent", "failed"]),
  attempts: z.number(),
  /** Why the last attempt failed. */
  problem: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
});
export type NotificationDelivery = z.infer<typeof NotificationDelivery>;
