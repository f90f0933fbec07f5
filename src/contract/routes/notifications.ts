import { z } from "zod";
import { CHANNEL_KINDS } from "../notification-channel.ts";
import { NotificationDelivery, NotificationWish } from "../notifications.ts";
import type { Route, RouteName } from "../route.ts";
import { number, page, pageOf } from "./inputs.ts";

/** Telling people of requests. */
export const NOTIFICATION_ROUTES = {
  "POST /notification-channels/test": {
    summary: "Send a test message, before a channel is saved",
    tag: "administration",
    access: "administer",
    /** `id`: an existing one, whose kept secrets are used where the data has `••••••••`. */
    body: z.strictObject({
      id: z.number().int().positive().nullable().default(null),
      data: z.record(z.string(), z.unknown()),
    }),
    answer: z.object({ ok: z.boolean(), problem: z.string().nullable(), milliseconds: z.number() }),
  },
  "GET /notification-channels": {
    summary: "Names of the channels that orders may use",
    tag: "configuration",
    access: ["configure", "administer"],
    answer: z.object({
      items: z.array(z.object({ id: z.number(), name: z.string(), kind: z.enum(CHANNEL_KINDS), active: z.boolean() })),
    }),
  },
  "GET /notification-deliveries": {
    summary: "What was sent lately, and what failed",
    tag: "administration",
    access: "administer",
    query: z.object({
      channel: number.positive().optional(),
      state: z.enum(["queued", "sent", "failed"]).optional(),
      ...page,
    }),
    answer: pageOf(NotificationDelivery),
  },
  "GET /session/notifications": {
    summary: "What I want to hear of by e-mail",
    tag: "session",
    access: "account",
    answer: NotificationWish.extend({
      /** Where it goes; empty: nowhere, for want of an address. */
      email: z.string(),
      /** Whether there is an active e-mail channel at all. */
      possible: z.boolean(),
    }),
  },
  "PUT /session/notifications": {
    summary: "Say what I want to hear of by e-mail",
    tag: "session",
    access: "account",
    session: true,
    body: NotificationWish,
  },
} as const satisfies Record<RouteName, Route>;
