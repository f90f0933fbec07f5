import { watch } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { LocalSpool } from "./local-spool.ts";
import { PlaceLost, type FollowFrom, type SpoolFrame } from "./place.ts";
import { WholeLines } from "./whole-lines.ts";

/** Milliseconds between looks where the kernel does not tell of changes, and for the end of a killed supervisor. */
const POLL = 250;
/** Pieces of the log in a row before the journal is looked at. */
const TURN = 8;

/** Follows a run's spool in a folder of this machine. Throws PlaceLost when the folder cannot be read. */
export async function* followLocalSpool(
  place: string,
  folder: string,
  from: FollowFrom,
  signal: AbortSignal,
): AsyncGenerator<SpoolFrame, void, void> {
  const spool = new LocalSpool(folder);
  const changes = new Changes(folder);
  const journal = new WholeLines(from.journal);
  let offset = from.log;
  let cutTold = false;
  let ending: SpoolFrame | undefined;
  try {
    while (!signal.aborted) {
      changes.forget();
      let news = false;
      for (let turn = 0; turn < TURN && !signal.aborted; turn += 1) {
        const bytes = await spool.log(offset);
        if (bytes === undefined) break;
        news = true;
        yield { kind: "log", offset, bytes };
        offset += bytes.length;
      }
      let piece = await spool.journal(journal.next);
      while (piece !== undefined && !signal.aborted) {
        news = true;
        const lines = journal.push(piece);
        if (lines !== undefined) yield { kind: "journal", ...lines };
        piece = await spool.journal(journal.next);
      }
      if (news || signal.aborted) continue;
      if (!cutTold && (await spool.cut())) {
        cutTold = true;
        yield { kind: "cut" };
      }
      if (ending !== undefined) {
        yield ending;
        return;
      }
      // What it wrote last may have come after we read: that is read before the end is told.
      ending = await spool.ending();
      if (ending === undefined) await changes.next(signal);
    }
  } catch (error) {
    // What the disk says, for example EACCES or EIO; a bug has no code.
    if (error instanceof Error && "code" in error) throw new PlaceLost(place, error.message);
    throw error;
  } finally {
    changes.close();
  }
}

/** Tells when something in a folder has changed: at once where the kernel says so, else after a while. */
class Changes {
  readonly #watcher: ReturnType<typeof watch> | undefined;
  #changed = false;
  #wake: (() => void) | undefined;

  constructor(folder: string) {
    try {
      this.#watcher = watch(folder, () => {
        this.#changed = true;
        this.#wake?.();
      });
      this.#watcher.on("error", () => undefined);
    } catch {
      // No folder, or no more watches: looking now and then is enough.
      this.#watcher = undefined;
    }
  }

  /** What has changed before now is about to be read. */
  forget(): void {
    this.#changed = false;
  }

  async next(signal: AbortSignal): Promise<void> {
    if (this.#changed || signal.aborted) return;
    const stop = new AbortController();
    const changed = new Promise<void>((resolve) => (this.#wake = resolve));
    const late = delay(POLL, undefined, { signal: AbortSignal.any([signal, stop.signal]) }).catch(() => undefined);
    await Promise.race([changed, late]);
    stop.abort();
    this.#wake = undefined;
  }

  close(): void {
    this.#watcher?.close();
  }
}
