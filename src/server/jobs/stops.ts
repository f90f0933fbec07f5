import type { Place } from "../../adapters/place/place.ts";
import type { WorkOrder } from "../../contract/definitions.ts";
import type { FeedMessage } from "../live/feed-message.ts";
import type { Database } from "../store/database.ts";
import type { RunInHand } from "./run-lease.ts";

/** Seconds that a release gets to finish the hosts in hand, and then to take them back, before it is killed. */
const FINISH = 15 * 60;
const TAKE_BACK = 5 * 60;

type Stopping = "stop" | "abort" | "kill";
const STRENGTH: Readonly<Record<Stopping, number>> = { stop: 1, abort: 2, kill: 3 };

/** Carries out what somebody has asked for on the request's page: stop, abort, kill. */
export interface Stops {
  /** Watches one run until the function that it returns is called. */
  watch(taken: RunInHand, place: Place, order: WorkOrder): () => void;
  onMessage(message: FeedMessage): void;
  /** Messages may have been missed: look at what is asked of each run. */
  onResync(): void;
}

export function createStops(db: Database, onError: (error: Error) => void): Stops {
  const watched = new Map<number, RunStop>();
  return {
    watch: ({ run, lines }, place, order) => {
      const gantry = lines.some((line) => line.gantry);
      const stop = new RunStop(run.spool, place, gantry ? [FINISH, TAKE_BACK] : [order.stopGrace, 0], onError);
      watched.set(run.id, stop);
      void look(run.id, stop);
      return () => {
        stop.close();
        watched.delete(run.id);
      };
    },
    onMessage: (message) => {
      if (message.type === "stop") watched.get(message.run)?.ask(message.how);
    },
    onResync: () => {
      for (const [run, stop] of watched) void look(run, stop);
    },
  };

  async function look(run: number, stop: RunStop): Promise<void> {
    try {
      const row = await db.selectFrom("run").select("stopping").where("id", "=", run).executeTakeFirst();
      if (row?.stopping != null) stop.ask(row.stopping);
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** One run that may be stopped: each stage goes over to the next by itself when its time is up. */
class RunStop {
  readonly #spool: string;
  readonly #place: Place;
  /** Seconds from stop to abort, and from abort to kill; 0: at once. */
  readonly #patience: readonly [number, number];
  readonly #onError: (error: Error) => void;
  #done = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(spool: string, place: Place, patience: readonly [number, number], onError: (error: Error) => void) {
    this.#spool = spool;
    this.#place = place;
    this.#patience = patience;
    this.#onError = onError;
  }

  ask(how: Stopping): void {
    if (this.#closed || STRENGTH[how] <= this.#done) return;
    this.#done = STRENGTH[how];
    clearTimeout(this.#timer);
    void this.#send(how);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #send(how: Stopping): Promise<void> {
    // A release aborts at the second TERM; none is sent twice, whoever has sent it.
    const sent =
      how === "kill"
        ? await this.#place.stop(this.#spool, "KILL")
        : await this.#place.stop(this.#spool, "TERM", STRENGTH[how]);
    if (this.#closed || this.#done !== STRENGTH[how]) return;
    const [finish, takeBack] = this.#patience;
    if (!sent.ok || (how === "kill" && sent.value.left > 0)) {
      // The place cannot be asked right now, or something does not die yet: again, until the run has ended.
      if (!sent.ok) this.#onError(new Error(`run ${this.#spool} could not be sent ${how}: ${sent.failure.detail}`));
      this.#later(2, () => void this.#send(how));
    } else if (how === "stop") {
      this.#later(finish, () => this.ask(takeBack === 0 ? "kill" : "abort"));
    } else if (how === "abort") {
      this.#later(takeBack, () => this.ask("kill"));
    }
  }

  #later(seconds: number, action: () => void): void {
    this.#timer = setTimeout(action, seconds * 1000);
  }
}
