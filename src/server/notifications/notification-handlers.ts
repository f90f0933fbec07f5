import type { NotificationChannel } from "../../contract/notification-channel.ts";
import type { NotificationDelivery } from "../../contract/notifications.ts";
import type { Handlers } from "../api/handlers.ts";
import { languageOf } from "../api/language.ts";
import { checked } from "../definitions/definition-handlers.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import { openFields, sealFields } from "../definitions/kept-secrets.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { sendBy } from "./channel-sender.ts";
import { testMessage } from "./request-message.ts";

type Names =
  | "POST /notification-channels/test"
  | "GET /notification-channels"
  | "GET /notification-deliveries"
  | "GET /session/notifications"
  | "PUT /session/notifications";

export function notificationHandlers(store: DefinitionStore, box: SecretBox, base: () => string): Handlers<Names> {
  const { db } = store;
  return {
    "POST /notification-channels/test": async ({ body, request }) => {
      const kind = "notification_channel";
      const data = await checked(kind, body.data, store, languageOf(request));
      const kept = body.id === null ? undefined : (await store.find(kind, body.id))?.data;
      const channel = openFields(kind, sealFields(kind, data, kept, box), box) as unknown as NotificationChannel;
      const began = performance.now();
      const sent = await sendBy(channel, testMessage(channel.language, base()));
      return {
        ok: sent.ok,
        problem: sent.ok ? null : `${sent.failure.reason}: ${sent.failure.detail}`,
        milliseconds: Math.round(performance.now() - began),
      };
    },

    "GET /notification-channels": async () => {
      const rows = await store.list("notification_channel");
      return {
        items: rows.map(({ id, name, data }) => ({
          id,
          name,
          kind: (data as unknown as NotificationChannel).kind,
          active: data["active"] === true,
        })),
      };
    },

    "GET /notification-deliveries": async ({ query: { channel, state, after, limit } }) => {
      let select = db
        .selectFrom("notification_delivery as d")
        .innerJoin("definition as c", "c.id", "d.channel")
        .leftJoin("account as a", "a.id", "d.account")
        .select(["d.id", "d.request", "d.event", "d.state", "d.attempts", "d.problem", "d.created_at", "d.sent_at"])
        .select(["c.id as channel_id", "c.name as channel_name", "a.name as account"])
        .orderBy("d.id", "desc")
        .limit(limit + 1);
      if (channel !== undefined) select = select.where("d.channel", "=", channel);
      if (state !== undefined) select = select.where("d.state", "=", state);
      if (after !== undefined && /^\d{1,15}$/.test(after)) select = select.where("d.id", "<", Number(after));
      const rows = await select.execute();
      const items = rows.slice(0, limit).map((row): NotificationDelivery => ({
        id: row.id,
        request: row.request,
        event: row.event,
        channel: { id: row.channel_id, name: row.channel_name },
        account: row.account,
        state: row.state,
        attempts: row.attempts,
        problem: row.problem,
        createdAt: row.created_at.toISOString(),
        sentAt: row.sent_at?.toISOString() ?? null,
      }));
      return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
    },

    "GET /session/notifications": async ({ caller }) => {
      const account = await db
        .selectFrom("account")
        .leftJoin("notification_wish as w", "w.account", "account.id")
        .select(["account.email", "w.own_events", "w.asked"])
        .where("account.id", "=", caller.id)
        .executeTakeFirstOrThrow();
      const channels = await store.list("notification_channel");
      return {
        own: account.own_events ?? [],
        asked: account.asked ?? false,
        email: account.email,
        possible: channels.some(({ data }) => data["kind"] === "email" && data["active"] === true),
      };
    },

    "PUT /session/notifications": async ({ caller, body }) => {
      const wish = { own_events: [...new Set(body.own)], asked: body.asked };
      await db
        .insertInto("notification_wish")
        .values({ account: caller.id, ...wish })
        .onConflict((conflict) => conflict.column("account").doUpdateSet(wish))
        .execute();
      return undefined;
    },
  };
}
