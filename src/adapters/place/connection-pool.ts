import { fail, ok } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import type { Connection } from "../../engine/ports.ts";
import { placeFailure } from "./connection-failure.ts";
import type { PlaceResult } from "./place.ts";

/** Opens a connection to the place, within a deadline of its own. */
export type Connect = (signal: AbortSignal) => Promise<Outcome<Connection>>;

/** A share in a connection, to be given back once. */
export interface Lease {
  readonly connection: Connection;
  /** `broken`: nobody else is to be given this connection. */
  release(state: "sound" | "broken"): void;
}

/** sshd allows 10 sessions on a connection (MaxSessions); so many of them may stay long. */
const FOLLOWERS = 4;

interface Entry {
  readonly connection: Connection;
  users: number;
  followers: number;
  broken: boolean;
}

/** The connections to one place: as few as there can be, one kept open when nobody uses it. */
export class ConnectionPool {
  readonly #place: string;
  readonly #connect: Connect;
  readonly #entries = new Set<Entry>();
  readonly #closing = new AbortController();
  #connecting: Promise<PlaceResult<undefined>> | undefined;

  constructor(place: string, connect: Connect) {
    this.#place = place;
    this.#connect = connect;
  }

  /** A connection for one command, or for a `follower`, which stays. Failures: those of connecting, and `aborted`. */
  async lease(use: "command" | "follower", signal?: AbortSignal): Promise<PlaceResult<Lease>> {
    for (;;) {
      if (signal?.aborted || this.#closing.signal.aborted) return this.#aborted();
      const entry = [...this.#entries].find(
        ({ broken, followers }) => !broken && (use === "command" || followers < FOLLOWERS),
      );
      if (entry !== undefined) return ok(this.#share(entry, use));
      this.#connecting ??= this.#open().finally(() => (this.#connecting = undefined));
      const opened = await Promise.race([this.#connecting, aborted(signal)]);
      if (opened === "aborted") return this.#aborted();
      if (!opened.ok) return opened;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connecting;
    await Promise.all([...this.#entries].map(({ connection }) => connection.close()));
    this.#entries.clear();
  }

  #aborted(): PlaceResult<never> {
    return fail({ reason: "aborted", place: this.#place, detail: "given up" });
  }

  async #open(): Promise<PlaceResult<undefined>> {
    const opened = await this.#connect(this.#closing.signal);
    if (!opened.ok) return fail(placeFailure(this.#place, opened.failure));
    this.#entries.add({ connection: opened.value, users: 0, followers: 0, broken: false });
    return ok(undefined);
  }

  #share(entry: Entry, use: "command" | "follower"): Lease {
    const followers = use === "follower" ? 1 : 0;
    entry.users += 1;
    entry.followers += followers;
    let released = false;
    return {
      connection: entry.connection,
      release: (state) => {
        if (released) return;
        released = true;
        entry.users -= 1;
        entry.followers -= followers;
        if (state === "broken") entry.broken = true;
        if (entry.users === 0 && (entry.broken || this.#idle() > 1)) this.#drop(entry);
      },
    };
  }

  #idle(): number {
    return [...this.#entries].filter(({ users, broken }) => users === 0 && !broken).length;
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry);
    void entry.connection.close();
  }
}

function aborted(signal: AbortSignal | undefined): Promise<"aborted"> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve("aborted");
    signal?.addEventListener("abort", () => resolve("aborted"), { once: true });
  });
}
