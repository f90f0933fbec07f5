import { sql } from "kysely";
import {
  PlaceLost,
  type LineResult,
  type Place,
  type PlaceFailure,
  type SpoolFrame,
} from "../../adapters/place/place.ts";
import { Secret } from "../../domain/secret.ts";
import type { RunState } from "../../contract/states.ts";
import { notify } from "../live/feed-message.ts";
import { createLogWriter, type LogWriter } from "../logs/log-writer.ts";
import { LeaseLost } from "../logs/run-position.ts";
import type { Places } from "../places/places.ts";
import { notePlace } from "../places/place-state.ts";
import { beginWaiting } from "../requests/begin-request.ts";
import { moveRequest } from "../requests/request-store.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { Database } from "../store/database.ts";
import { recordRun, takeRun, type RunInHand } from "./run-lease.ts";
import { secretsOf, spoolSpec } from "./spool-spec.ts";
import type { Job, Queue } from "./queue.ts";
import type { Stops } from "./stops.ts";

export interface RunJobParts {
  readonly db: Database;
  readonly queue: Queue;
  readonly places: Places;
  readonly box: SecretBox;
  readonly stops: Stops;
  /** This worker's name. */
  readonly worker: string;
  readonly onError: (error: Error) => void;
}

/** Seconds for which starting a run is tried again where its place cannot be reached. */
const START_DEADLINE = 60;

/** Failures of a place that may pass by themselves. */
const PASSING: ReadonlySet<PlaceFailure["reason"]> = new Set<PlaceFailure["reason"]>(["unreachable", "deadline"]);

/** How a run has ended. */
interface Ending {
  readonly state: Extract<RunState, "succeeded" | "failed" | "stopped" | "lost">;
  readonly results: readonly LineResult[];
  readonly problem: string | null;
}

/**
 * Carries one request through its run: starts it at its place, or takes it over where another worker has left it,
 * stores what it writes, and records how it ended. Returns when the job is completed; when the signal aborts, the run
 * goes on at its place and the job is somebody else's.
 */
export async function runJob(parts: RunJobParts, job: () => Job, signal: AbortSignal): Promise<void> {
  const { db, queue } = parts;
  const taken = await takeRun(db, job().request, parts.worker);
  if (taken === undefined) {
    // It was revoked, or has ended: nothing is left to do.
    await queue.complete(db, "run", job());
    return;
  }
  try {
    const ending = await carry(parts, taken, signal);
    if (ending !== undefined) await end(parts, taken, ending, job());
  } catch (error) {
    if (error instanceof LeaseLost) return;
    throw error;
  }
}

/** Follows the run to its end; undefined when the signal has aborted before. */
async function carry(parts: RunJobParts, taken: RunInHand, signal: AbortSignal): Promise<Ending | undefined> {
  const { run, request, lines, lease } = taken;
  const order = taken.order;
  const { place, gantryEnv, findGantry, spoolHome } = await parts.places.at(run.config_centre);
  await keepSpoolHome(parts, taken, spoolHome);
  const secrets = secretsOf(request, parts.box);
  const opening = createLogWriter({
    db: parts.db,
    run: run.id,
    lease,
    secrets: Object.values(secrets).map((value) => new Secret(value)),
    limit: order.logLimit,
    at: () => new Date(),
    signal,
    onTrouble: (error) => parts.onError(asError(error)),
  });
  opening.catch(() => undefined);
  if (run.started_at === null) {
    const gantryProgram = lines.some((line) => line.gantry) ? await findGantry() : undefined;
    const spec = spoolSpec({ run, lines, order, secrets, by: taken.by, gantryEnv, gantryProgram });
    const ending = await start(parts, taken, place, spec, signal);
    if (ending !== undefined || signal.aborted) return ending;
  }
  // Nobody waits for the first lines until the state is written.
  const marked = setState(parts, taken, "running", null);
  marked.catch(() => undefined);
  const unwatch = parts.stops.watch(taken, place, order);
  try {
    const ending = await follow(parts, taken, place, await opening, signal);
    await marked;
    return ending;
  } finally {
    unwatch();
  }
}

/**
 * A spool of a local config centre can be followed only where it is: on another machine, or with another data folder,
 * nothing would be found, and a run that lives be called lost. The job then waits for a worker there.
 */
async function keepSpoolHome(parts: RunJobParts, taken: RunInHand, spoolHome: string | null): Promise<void> {
  const { run, lease } = taken;
  if (run.spool_home === spoolHome) return;
  if (run.spool_home === null) {
    await parts.db
      .updateTable("run")
      .set({ spool_home: spoolHome })
      .where("id", "=", run.id)
      .where("lease", "=", lease)
      .execute();
    return;
  }
  await setState(parts, taken, "unreachable", `elsewhere: ${run.spool_home}`);
  throw new Error(`run ${run.id} is in ${run.spool_home}: only a worker there can follow it`);
}

/** Starts the run at its place; an ending where it could not be started, or somebody wants it to stop before. */
async function start(
  parts: RunJobParts,
  taken: RunInHand,
  place: Place,
  spec: Parameters<Place["start"]>[0],
  signal: AbortSignal,
): Promise<Ending | undefined> {
  const deadline = Date.now() + START_DEADLINE * 1000;
  for (let pause = 500; ; pause = Math.min(pause * 2, 8000)) {
    const started = await place.start(spec);
    if (started.ok || signal.aborted) return undefined;
    const problem = problemOf(started.failure);
    if (!PASSING.has(started.failure.reason) || Date.now() > deadline) return { state: "failed", results: [], problem };
    await setState(parts, taken, "unreachable", problem);
    await sleep(pause, signal);
    if (await stopAsked(parts.db, taken.run.id)) return { state: "stopped", results: [], problem };
  }
}

async function follow(
  parts: RunJobParts,
  taken: RunInHand,
  place: Place,
  writer: LogWriter,
  signal: AbortSignal,
): Promise<Ending | undefined> {
  const { run } = taken;
  const tell = (state: RunState, problem: string | null): void => {
    setState(parts, taken, state, problem).catch((error: unknown) => parts.onError(asError(error)));
  };
  for (let pause = 500; !signal.aborted; pause = Math.min(pause * 2, 30_000)) {
    try {
      const frames = place.follow(run.spool, writer.from, signal, (reach, detail) =>
        reach === "reached" ? tell("running", null) : tell("unreachable", `unreachable: ${detail}`),
      );
      for await (const frame of frames) {
        if (frame.kind !== "exit" && frame.kind !== "lost") {
          await writer.write(frame);
          continue;
        }
        await writer.end();
        return endingOf(frame, taken, await stopAsked(parts.db, run.id));
      }
    } catch (error) {
      if (!(error instanceof PlaceLost)) throw error;
      await setState(parts, taken, "unreachable", `unreadable: ${error.message}`);
      await sleep(pause, signal);
    }
  }
  await writer.flush();
  return undefined;
}

/** Success is only an exit record in which every line ended with 0. */
function endingOf(
  frame: Extract<SpoolFrame, { kind: "exit" | "lost" }>,
  { lines }: RunInHand,
  stopAskedFor: boolean,
): Ending {
  if (frame.kind === "lost")
    return stopAskedFor
      ? { state: "stopped", results: [], problem: null }
      : { state: "lost", results: [], problem: LOST };
  const { results, timedOut, stopped } = frame;
  const complete = results.length === lines.length && results.every(({ exitCode }) => exitCode === 0);
  if (complete && !timedOut) return { state: "succeeded", results, problem: null };
  if (stopAskedFor || (stopped && !timedOut)) return { state: "stopped", results, problem: null };
  return { state: "failed", results, problem: timedOut ? "timeout" : null };
}

const LOST = "gone-without-exit-record";

async function stopAsked(db: Database, run: number): Promise<boolean> {
  const row = await db.selectFrom("run").select("stopping").where("id", "=", run).executeTakeFirst();
  return row?.stopping != null;
}

async function end(parts: RunJobParts, { run, request, lease }: RunInHand, ending: Ending, job: Job): Promise<void> {
  const { db, queue } = parts;
  await db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable("run")
      .set({
        state: ending.state,
        results: JSON.stringify(ending.results),
        problem: ending.problem,
        ended_at: sql`now()`,
      })
      .where("id", "=", run.id)
      .where("lease", "=", lease)
      .returning(["id", "log_bytes", "log_lines"])
      .executeTakeFirst();
    if (updated === undefined) throw new LeaseLost(run.id);
    // The pre-task has its own run only before the approval, which is asked for now.
    if (run.phase === "pre" && ending.state === "succeeded") await beginWaiting({ trx, queue }, request, ["running"]);
    else await moveRequest(trx, request.id, ["running"], ending.state, { ended_at: new Date() });
    const { state, problem } = ending;
    await recordRun(trx, "run-ended", request, run, { state, ...(problem === null ? {} : { problem }) });
    await notify(trx, { type: "run", request: request.id, run: run.id, state: ending.state });
    await queue.complete(trx, "run", job);
    // The next one that waits for this lock may begin.
    await notify(trx, { type: "job" });
  });
}

/** What the run is now, as seen by this worker. */
async function setState(
  { db }: RunJobParts,
  { run, request, lease }: RunInHand,
  state: RunState,
  problem: string | null,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable("run")
      .set({ state, problem, ...(state === "running" ? { started_at: sql`coalesce(started_at, now())` } : {}) })
      .where("id", "=", run.id)
      .where("lease", "=", lease)
      .where("ended_at", "is", null)
      .returning("id")
      .executeTakeFirst();
    if (updated === undefined) throw new LeaseLost(run.id);
    await notePlace(trx, run.config_centre, state === "unreachable" ? problem : null);
    await notify(trx, { type: "run", request: request.id, run: run.id, state });
  });
}

/** A stable word and what the place has said, as the request's page explains it. */
function problemOf({ reason, detail }: PlaceFailure): string {
  return `${reason}: ${detail}`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
  });
}
