import type { NotificationChannel, NotificationEvent } from "../../../contract/notification-channel.ts";

const kinds: Record<NotificationChannel["kind"], string> = {
  dingtalk: "DingTalk",
  feishu: "Feishu",
  wecom: "WeCom",
  slack: "Slack",
  email: "E-mail",
  webhook: "Webhook",
};
const events: Record<NotificationEvent, string> = {
  waiting: "Waits for approval",
  approved: "Approved",
  refused: "Rejected, expired or refused",
  started: "Started",
  succeeded: "Succeeded",
  failed: "Failed, stopped or lost",
};
const secretHelp: Record<NotificationChannel["kind"], string> = {
  dingtalk: "Of the robot's security setting “Additional signature”. Empty: it does not ask for one.",
  feishu: "Of the bot's security setting “Signature verification”. Empty: it does not ask for one.",
  wecom: "",
  slack: "",
  email: "",
  webhook: "With it, x-gantry-signature holds an HMAC-SHA256 over x-gantry-timestamp, a dot and the body.",
};

export const notificationChannels = {
  active: "Active",
  activeHelp: "An inactive channel sends nothing; what waits in it is given up.",
  kind: "Kind",
  kinds,
  language: "Language of the messages",
  url: "Address of the webhook",
  urlHelp: "Kept encrypted: its token is a secret.",
  secret: "Signing secret",
  secretHelp,
  host: "SMTP server",
  port: "Port",
  security: "Encryption",
  securities: { none: "None", starttls: "STARTTLS", tls: "TLS from the start" } satisfies Record<
    NotificationChannel["security"],
    string
  >,
  user: "User",
  password: "Password",
  from: "From",
  fromHelp: "gantry@example.org, or Gantry <gantry@example.org>",
  to: "To",
  toHelp: "One address a line. They do not see each other.",
  server: "Where it goes",
  events,
  orders: "Notifications",
  ordersHelp:
    "Which channels are told of requests of this order, and of what. People choose for themselves what they hear of by e-mail, on their own page.",
  channel: "Channel",
  of: "Of what",
  add: "Add a channel",
  remove: (name: string) => `Remove ${name}`,
  inactive: "inactive",
  test: {
    title: "Test",
    action: "Send a test message",
    again: "Send another one",
    hint: "Sends one message by what is typed here, before it is saved.",
    sent: "It was taken.",
    failed: "It was not taken.",
  },
  deliveries: {
    title: "Sent lately",
    empty: "Nothing was sent by this channel yet.",
    states: { queued: "is tried again", sent: "sent", failed: "given up" },
    attempts: (count: number) => (count === 1 ? "1 attempt" : `${count} attempts`),
  },
  wish: {
    title: "E-mail",
    about: (email: string) => `Goes to ${email}.`,
    noAddress: "Your account has no e-mail address; an administrator can add it.",
    noChannel: "There is no e-mail channel yet; an administrator can add one.",
    own: "Of my own requests",
    asked: "When a request waits for my vote",
    saved: "Saved.",
  },
};
