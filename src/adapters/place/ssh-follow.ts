import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { RemoteProcess } from "../../engine/ports.ts";
import type { ConnectionPool } from "./connection-pool.ts";
import { followScript } from "./follow-script.ts";
import { FrameReader } from "./frame-reader.ts";
import { PlaceLost, type FollowFrom, type OnReach, type SpoolFrame } from "./place.ts";

/** Milliseconds without a line after which a connection counts as dead; the script says something every 3 s. */
const SILENCE = 30_000;
/** Milliseconds before the place is tried again: the first times, and from then on. */
const PAUSES = [0, 250, 500, 1000, 2000, 5000];

export interface RemoteSpool {
  readonly pool: ConnectionPool;
  /** The spool's root as a word of the shell there. */
  readonly root: string;
  readonly run: string;
}

/** Follows a run over connections that may break: each next one goes on where the last one ended. */
export async function* followRemoteSpool(
  spool: RemoteSpool,
  from: FollowFrom,
  signal: AbortSignal,
  onReach: OnReach = () => undefined,
): AsyncGenerator<SpoolFrame, void, void> {
  const reader = new FrameReader(from);
  let reached = true;
  const tell = (now: boolean, detail: string): void => {
    if (now !== reached) onReach(now ? "reached" : "unreachable", detail);
    reached = now;
  };

  for (let tries = 0; !signal.aborted; tries += 1) {
    await pause(PAUSES[Math.min(tries, PAUSES.length - 1)] ?? 0, signal);
    const lease = await spool.pool.lease("follower", signal);
    if (!lease.ok) {
      const { reason, place, detail } = lease.failure;
      if (signal.aborted) return;
      if (reason === "aborted") throw new PlaceLost(place, "its connections are closed");
      tell(false, reason === "unreachable" ? detail : `${reason}: ${detail}`);
      continue;
    }
    const marker = `gantry-${randomBytes(8).toString("hex")}`;
    const remote = lease.value.connection.spawn(followScript(marker, spool.root, spool.run, reader.position()));
    let state: "sound" | "broken" = "sound";
    reader.begin(marker);
    try {
      for await (const line of spokenLines(remote, signal)) {
        const frame = reader.read(line);
        if (frame === "broken") break;
        if (reader.answered) {
          tell(true, "");
          tries = 0;
        }
        if (frame === undefined) continue;
        yield frame;
        if (frame.kind === "exit" || frame.kind === "lost" || signal.aborted) return;
      }
      if (!signal.aborted) state = "broken";
    } finally {
      void remote.close().then(() => lease.value.release(state));
    }
    // The first time it may be but a broken connection, and the next one stands at once.
    if (tries > 0) tell(false, "the session ends without an answer");
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const spread = milliseconds * (0.75 + Math.random() / 2);
  return delay(spread, undefined, { signal }).catch(() => undefined);
}

/** The lines of a process until it ends, the signal aborts, or there was silence for too long. */
async function* spokenLines(remote: RemoteProcess, signal: AbortSignal): AsyncGenerator<string, void, void> {
  const lines = remote.lines[Symbol.asyncIterator]();
  for (;;) {
    const stop = new AbortController();
    const silence = delay(SILENCE, undefined, { signal: AbortSignal.any([signal, stop.signal]) });
    const line = await Promise.race([lines.next(), silence.catch(() => undefined)]);
    stop.abort();
    if (line === undefined || line.done === true) return;
    yield line.value;
  }
}
