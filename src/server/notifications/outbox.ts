import { sql } from "kysely";
import type { WorkOrder } from "../../contract/definitions.ts";
import type { NotificationEvent } from "../../contract/notification-channel.ts";
import type { Database } from "../store/database.ts";
import type { NotificationQueue } from "./notification-queue.ts";

/** Events that are handed on at once. */
const BATCH = 100;

/**
 * Turns what has happened into deliveries: to the channels that the order names for the event, and by the first active
 * e-mail channel to the people who want to hear of it. Returns how many events there were.
 */
export function handOn(db: Database, queue: NotificationQueue): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ request: number; event: NotificationEvent }>`
      delete from notification_outbox where id in (
        select id from notification_outbox order by id limit ${BATCH} for update skip locked
      ) returning request, event`.execute(trx);
    for (const { request, event } of rows)
      for (const { channel, account } of await recipients(trx, request, event)) {
        const { id } = await trx
          .insertInto("notification_delivery")
          .values({ request, event, channel, account, problem: null })
          .returning("id")
          .executeTakeFirstOrThrow();
        await queue.send(trx, id);
      }
    return rows.length;
  });
}

interface Recipient {
  readonly channel: number;
  readonly account: number | null;
}

async function recipients(trx: Database, request: number, event: NotificationEvent): Promise<Recipient[]> {
  const row = await trx
    .selectFrom("request")
    .innerJoin("definition", "definition.id", "request.work_order")
    .select(["request.account", "request.level", "request.self_approval", "definition.data"])
    .where("request.id", "=", request)
    .executeTakeFirstOrThrow();
  const order = row.data as unknown as WorkOrder;
  const channels = (order.notifications ?? [])
    .filter(({ events }) => events.includes(event))
    .map(({ channel }) => ({ channel, account: null }));
  const mail = await trx
    .selectFrom("definition")
    .select("id")
    .where("kind", "=", "notification_channel")
    .where("deleted_at", "is", null)
    .where(sql<boolean>`data->>'kind' = 'email' and (data->>'active')::boolean`)
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  if (mail === undefined) return channels;
  const { rows: people } = await sql<{ id: number }>`
    select a.id from account a join notification_wish w on w.account = a.id
    where a.active and a.email <> '' and (
      (a.id = ${row.account} and ${event} = any(w.own_events))
      or (${event} = 'waiting' and w.asked and (a.id <> ${row.account} or ${row.self_approval}) and exists (
        select 1 from request_level l join asked_by_group g on g.user_group = l.user_group
        where l.request = ${request} and l.level = ${row.level}
          and (g.account = a.id or g.account in (select account from delegation_in_force where delegate = a.id))
      )))`.execute(trx);
  return [...channels, ...people.map(({ id }) => ({ channel: mail.id, account: id }))];
}
