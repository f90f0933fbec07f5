import type { SpoolFrame } from "../../adapters/place/place.ts";
import type { Secret } from "../../domain/secret.ts";
import type { Database } from "../store/database.ts";
import { despiteOutages } from "./despite-outages.ts";
import { createIntake } from "./intake.ts";
import { readJournal } from "./journal-lines.ts";
import { closeLog, markCut } from "./close-log.ts";
import { createMasker } from "./masker.ts";
import { LeaseLost, readPosition, type RunPosition } from "./run-position.ts";
import { secretForms } from "./secret-forms.ts";
import { storeEvents } from "./store-events.ts";
import { afterPiece, storeLog } from "./store-log.ts";

const LOG_INTAKE = { most: 256 * 1024, pause: 20, room: 1024 * 1024 };

export interface LogWriterParts {
  readonly db: Database;
  readonly run: number;
  /** The worker's lease on the run; whatever is written under an older one is refused. */
  readonly lease: number;
  /** Values that must not be stored, in none of their usual forms. */
  readonly secrets: readonly Secret[];
  /** Bytes of log that are stored; what comes after is left out, and the log is marked as cut. */
  readonly limit: number;
  /** When a chunk was stored. */
  readonly at: () => Date;
  /** Gives up waiting for a database that does not answer. */
  readonly signal: AbortSignal;
  /** Hears why a write has to be tried again. */
  readonly onTrouble?: (error: unknown) => void;
}

/** A frame with something to be stored. */
type StoredFrame = Extract<SpoolFrame, { readonly kind: "log" | "journal" | "cut" }>;

/**
 * Stores what a worker reads from a run's spool, each byte once, whatever crashes when: a piece and the offset up to
 * which the spool is stored are written together. Every call rejects with LeaseLost once another worker has the run.
 */
export interface LogWriter {
  /** Offsets from which the spool has to be followed: those behind everything that was taken. */
  readonly from: { readonly log: number; readonly journal: number };
  /** Takes a frame; resolves when there is room for more, mostly at once. Bytes that came before are left out. */
  write(frame: StoredFrame): Promise<void>;
  /** Resolves when everything is stored but the beginning of what may become a secret. */
  flush(): Promise<void>;
  /** Stores all that is left and counts a last line without an end; safe to call again, by another writer too. */
  end(): Promise<LogTotals>;
}

interface LogTotals {
  readonly logBytes: number;
  readonly logLines: number;
  readonly logCut: boolean;
  readonly events: number;
  /** Lines of the journal that were no events, seen by this writer. */
  readonly brokenEvents: number;
}

/** A writer that goes on where the run's last one has stopped. Rejects with LeaseLost where the lease is no longer that. */
export async function createLogWriter(parts: LogWriterParts): Promise<LogWriter> {
  const { db, run, lease, limit, at, signal, onTrouble = () => {} } = parts;
  const patience = { signal, onTrouble };
  const mask = createMasker(secretForms(parts.secrets));
  const current = async (): Promise<RunPosition> => {
    const found = await despiteOutages(() => readPosition(db, run, lease), patience);
    if (found === undefined) throw new LeaseLost(run);
    return found;
  };
  let position = await current();
  let brokenEvents = 0;
  /** Offsets in the spool up to which frames have been taken. */
  const taken = { log: position.logRead, journal: position.journalRead };

  /** Writes until it is written. A try whose answer was lost may have worked: the run's position tells. */
  const move = async (
    offset: "logRead" | "journalRead",
    after: RunPosition,
    store: () => Promise<boolean>,
  ): Promise<void> => {
    if (!(await despiteOutages(store, patience))) {
      const there = await current();
      if (there[offset] !== after[offset])
        throw new Error(`run ${run}: ${offset} is ${there[offset]}, neither ${position[offset]} nor ${after[offset]}`);
    }
  };
  const log = createIntake({
    ...LOG_INTAKE,
    store: async (raw, last) => {
      const masked = mask(raw, last);
      if (masked.taken === 0) return 0;
      const bytes = masked.bytes.subarray(0, Math.max(0, limit - position.logBytes));
      const piece = {
        bytes,
        logRead: position.logRead + masked.taken,
        cut: bytes.length < masked.bytes.length,
        at: at(),
      };
      const before = position;
      const after = afterPiece(before, piece);
      await move("logRead", after, () => storeLog(db, { run, lease }, before, after, piece));
      const { logRead, logBytes, lineEnds, logCut } = after;
      position = { ...position, logRead, logBytes, lineEnds, logCut };
      return masked.taken;
    },
  });
  const journal = createIntake({
    ...LOG_INTAKE,
    store: async (raw, last) => {
      const read = readJournal(raw, last, mask);
      if (read.taken === 0) return 0;
      const before = position;
      const journalRead = before.journalRead + read.taken;
      const after = { ...before, journalRead, lastEvent: before.lastEvent + read.events.length };
      await move("journalRead", after, () => storeEvents(db, { run, lease }, before, after, read.events));
      position = { ...position, journalRead, lastEvent: after.lastEvent };
      brokenEvents += read.broken;
      return read.taken;
    },
  });

  return {
    get from() {
      return { ...taken };
    },
    write: async (frame) => {
      if (frame.kind === "cut") {
        if (!(await despiteOutages(() => markCut(db, run, lease), patience))) throw new LeaseLost(run);
        return;
      }
      const offset = taken[frame.kind];
      if (frame.offset > offset)
        throw new Error(`run ${run}: the ${frame.kind} goes on at ${frame.offset}, and ends at ${offset}`);
      const bytes = frame.bytes.subarray(offset - frame.offset);
      taken[frame.kind] += bytes.length;
      await (frame.kind === "log" ? log : journal).add(bytes);
    },
    flush: async () => {
      await Promise.all([log.flush(), journal.flush()]);
    },
    end: async () => {
      await Promise.all([log.end(), journal.end()]);
      const closed = await despiteOutages(() => closeLog(db, run, lease), patience);
      if (closed === undefined) throw new LeaseLost(run);
      return { ...closed, events: position.lastEvent, brokenEvents };
    },
  };
}
