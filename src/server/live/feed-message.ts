import { sql, type Kysely, type RawBuilder } from "kysely";
import type { RequestState, RunState } from "../../contract/states.ts";
import type { Schema } from "../store/schema.ts";

/** The channel of LISTEN and NOTIFY. */
export const FEED_CHANNEL = "gantry";

/** What writers of the database tell all servers: that something is there now, small enough for a NOTIFY (8000 bytes). */
export type FeedMessage =
  /** Bytes of a log have been stored; `start` is their offset in the stored log. */
  | {
      readonly type: "log";
      readonly run: number;
      readonly request: number;
      readonly start: number;
      readonly length: number;
      readonly logBytes: number;
      readonly logLines: number;
    }
  /** Events of a run have been stored: those from one number to another. */
  | {
      readonly type: "events";
      readonly run: number;
      readonly request: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly type: "request";
      readonly request: number;
      readonly state: RequestState;
      readonly version: number;
    }
  | { readonly type: "run"; readonly request: number; readonly run: number; readonly state: RunState }
  /** Workers may find something to do. */
  | { readonly type: "job" }
  /** Somebody wants this run to end. */
  | { readonly type: "stop"; readonly run: number; readonly how: "stop" | "abort" | "kill" };

/** What those who watch a request hear of. */
export type RequestMessage = Extract<FeedMessage, { readonly request: number }>;

/** Tells all servers, at the moment when the transaction commits, and not at all when it does not. */
export async function notify(transaction: Kysely<Schema>, message: FeedMessage): Promise<void> {
  await sql`select ${notification(message)}`.execute(transaction);
}

/** The same as an expression, for a statement that also makes the change. */
export function notification(message: FeedMessage): RawBuilder<unknown> {
  return sql`pg_notify(${FEED_CHANNEL}, ${JSON.stringify(message)})`;
}

/** A notification's payload; undefined where it is none of ours. */
export function parseFeedMessage(payload: string): FeedMessage | undefined {
  try {
    const message: unknown = JSON.parse(payload);
    const isOurs = typeof message === "object" && message !== null && "type" in message;
    return isOurs ? (message as FeedMessage) : undefined;
  } catch {
    return undefined;
  }
}
