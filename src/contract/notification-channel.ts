import { z } from "zod";
import { description, name, text } from "./definition-fields.ts";

/** What somebody may be told of a request. `failed` also stands for stopped and lost, `refused` for rejected and expired. */
export const NOTIFICATION_EVENTS = ["waiting", "approved", "refused", "started", "succeeded", "failed"] as const;
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];

export const CHANNEL_KINDS = ["dingtalk", "feishu", "wecom", "slack", "email", "webhook"] as const;

/** Where notifications go. Addresses of webhooks hold a token, so they are secrets. */
export const NotificationChannel = z.strictObject({
  name,
  description,
  active: z.boolean().default(true),
  kind: z.enum(CHANNEL_KINDS),
  language: z.enum(["en", "zh"]).default("en"),
  /** Of all but e-mail: the webhook's address; kept encrypted. */
  url: z.string().trim().max(2000).default(""),
  /** What the service signs with; kept encrypted. */
  secret: z.string().max(1000).default(""),
  /** Of e-mail: the SMTP server. */
  host: text(255).default(""),
  port: z.number().int().min(1).max(65_535).default(587),
  security: z.enum(["none", "starttls", "tls"]).default("starttls"),
  user: text(255).default(""),
  /** Kept encrypted. */
  password: z.string().max(1000).default(""),
  from: text(255).default(""),
  /** Addresses that always get it; accounts may ask for their own. */
  to: z.array(text(255)).max(100).default([]),
});
export type NotificationChannel = z.infer<typeof NotificationChannel>;
