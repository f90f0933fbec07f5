import { sql } from "kysely";
import type { NotificationChannel } from "../../contract/notification-channel.ts";
import { openFields } from "../definitions/kept-secrets.ts";
import type { Feed } from "../live/feed.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { Database } from "../store/database.ts";
import { sendBy } from "./channel-sender.ts";
import type { DeliveryJob, NotificationQueue } from "./notification-queue.ts";
import { handOn } from "./outbox.ts";
import { requestMessage } from "./request-message.ts";

/** Milliseconds between looks where nothing wakes it, and deliveries that go on at once. */
const LOOK = 2000;
const AT_ONCE = 10;
/** Days that deliveries are kept. */
const KEPT_DAYS = 90;

export interface DelivererParts {
  readonly db: Database;
  readonly box: SecretBox;
  readonly queue: NotificationQueue;
  readonly feed: Feed;
  /** The console's address, for links. */
  readonly base: () => string;
  readonly onError: (error: unknown) => void;
}

/** Tells people what has happened, for as long as the console runs. */
export function startDeliverer(parts: DelivererParts): { stop(): Promise<void> } {
  const { db, queue, feed, onError } = parts;
  const stopping = new AbortController();
  let wake: () => void = () => undefined;
  const unsubscribe = feed.onMessage(({ type }) => type === "request" && wake());
  const round = async (): Promise<boolean> => {
    const told = await handOn(db, queue);
    const jobs = await queue.fetch(AT_ONCE);
    await Promise.all(jobs.map((job) => attempt(parts, job).catch(onError)));
    return told + jobs.length > 0;
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const busy = await round().catch((error: unknown) => {
        onError(error);
        return false;
      });
      if (!busy) await Promise.race([woken, pause(LOOK)]);
    }
  })();
  return {
    stop: async () => {
      unsubscribe();
      stopping.abort();
      wake();
      await running;
    },
  };
}

/** Delivers once; what may still succeed goes back into the queue. */
async function attempt({ db, box, queue, base }: DelivererParts, job: DeliveryJob): Promise<void> {
  const row = await db
    .selectFrom("notification_delivery as d")
    .innerJoin("definition as c", "c.id", "d.channel")
    .leftJoin("account as a", "a.id", "d.account")
    .select(["d.id", "d.request", "d.event", "c.data", "c.deleted_at", "d.account", "a.email"])
    .where("d.id", "=", job.delivery)
    .where("d.state", "=", "queued")
    .executeTakeFirst();
  if (row === undefined) return queue.complete(job);
  const end = async (state: "queued" | "sent" | "failed", problem: string | null): Promise<void> => {
    await db
      .updateTable("notification_delivery")
      .set({ state, problem, attempts: sql`attempts + 1`, ...(state === "sent" ? { sent_at: new Date() } : {}) })
      .where("id", "=", row.id)
      .execute();
  };
  const channel = openFields("notification_channel", row.data, box) as unknown as NotificationChannel;
  if (row.deleted_at !== null || !channel.active) {
    await end("failed", "the channel is not active any more");
    return queue.complete(job);
  }
  const message = await requestMessage(db, row.request, row.event, channel.language, base());
  const sent = await sendBy(channel, message, row.account === null ? undefined : (row.email ?? ""));
  if (sent.ok) {
    await end("sent", null);
    return queue.complete(job);
  }
  const { reason, detail, again } = sent.failure;
  const goesOn = again && !job.isLast;
  await end(goesOn ? "queued" : "failed", `${reason}: ${detail}`);
  return goesOn ? queue.retry(job) : queue.complete(job);
}

/** Forgets deliveries that are old. */
export async function forgetDeliveries(db: Database): Promise<void> {
  await db
    .deleteFrom("notification_delivery")
    .where("created_at", "<", sql<Date>`now() - ${`${KEPT_DAYS} days`}::interval`)
    .execute();
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
