import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Deadline } from "./deadline.ts";
import { askVersion, connectionTo, type PostgresConnection } from "./first-query.ts";
import { isDiskFull, PostgresFailureError } from "./postgres-failure.ts";
import { findPostmaster, forgetPostmaster, isPostmaster, type Postmaster } from "./postmaster.ts";
import type { Programs } from "./programs.ts";
import { processOptions, refusal } from "./run-as.ts";
import { lastLines, lastLogLines } from "./server-log.ts";
import type { ServerUser } from "./server-user.ts";
import { asOptions, fixedSettings } from "./settings.ts";

/** What a server is started from and found by. */
export interface ServerPlace {
  readonly postgresFolder: string;
  readonly cluster: string;
  readonly socketFolder: string;
  readonly programs: Programs;
  readonly user: ServerUser;
}

export interface ReadyServer {
  readonly pid: number;
  readonly version: string;
  readonly connection: PostgresConnection;
}

const POLL = 10;
/** Milliseconds for one attempt to connect; a lost one is tried again. */
const PATIENCE = 5000;

/** Children of a server that was killed are a moment behind it; while they are there, nobody may take their place. */
const HELD_BY_ITS_PAST = /pre-existing shared memory block .* is still in use|lock file ".*" already exists/;

/** The server of this place that already lives, once it answers; undefined when there is none, or it ends meanwhile. */
export async function findServer(place: ServerPlace, deadline: Deadline): Promise<ReadyServer | undefined> {
  const running = findPostmaster(place.cluster, place.user);
  return running && (await waitUntilReady(running.pid, place, deadline));
}

/** Starts the server in a session of its own, in which it outlives this process, and waits until it answers. */
export async function startServer(place: ServerPlace, deadline: Deadline): Promise<ReadyServer> {
  for (;;) {
    forgetPostmaster(place.cluster);
    const postmaster = await spawnPostmaster(place, deadline);
    try {
      const ready = await waitUntilReady(postmaster.pid, place, deadline);
      if (ready !== undefined) return ready;
      const detail = (await postmaster.lastWords()) || lastLogLines(place.postgresFolder);
      if (!HELD_BY_ITS_PAST.test(detail)) throw startFailure(place, detail);
      if (deadline.signal.aborted) throw deadline.passed("start", detail);
      await sleep(100);
    } finally {
      postmaster.letGo();
    }
  }
}

/** Undefined when the process ends before it answers. */
async function waitUntilReady(pid: number, place: ServerPlace, deadline: Deadline): Promise<ReadyServer | undefined> {
  let detail = "";
  while (isPostmaster(pid, place.cluster, place.user)) {
    const seen: Postmaster | undefined = findPostmaster(place.cluster, place.user);
    if (seen?.pid === pid && seen.isReady) {
      const connection = connectionTo(seen.socketFolder);
      const first = await askVersion(connection, Math.min(PATIENCE, deadline.left()));
      if (first.answer === "version") return { pid, version: first.version, connection };
      if (first.answer === "never") throw startFailure(place, first.detail);
      ({ detail } = first);
    }
    if (deadline.signal.aborted)
      throw deadline.passed("start", [detail, lastLogLines(place.postgresFolder)].filter(Boolean).join("\n"));
    await sleep(POLL);
  }
  return undefined;
}

interface SpawnedPostmaster {
  readonly pid: number;
  /** What it had to say, once it has ended; nothing when it had a log file by then. */
  lastWords(): Promise<string>;
  /** From here on nothing ties it to this process. */
  letGo(): void;
}

async function spawnPostmaster(place: ServerPlace, deadline: Deadline): Promise<SpawnedPostmaster> {
  const { user, programs, cluster, socketFolder } = place;
  const argv = ["-D", cluster, ...asOptions(fixedSettings(socketFolder))];
  const child = await spawned(() =>
    spawn(programs.postgres, argv, { ...processOptions(user), detached: true, stdio: ["ignore", "ignore", "pipe"] }),
  ).catch(async (error: unknown) => {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new PostgresFailureError(await refusal(user, programs.postgres, error, deadline.signal));
  });
  let words = "";
  child.stderr.on("data", (bytes: Buffer) => (words = (words + bytes.toString()).slice(-8192)));
  const lastWords = async (): Promise<string> => {
    if (!child.stderr.readableEnded)
      await Promise.race([once(child.stderr, "end"), sleep(1000, undefined, { ref: false })]);
    return lastLines(words);
  };
  const letGo = (): void => {
    child.stderr.destroy();
    child.unref();
  };
  return { pid: child.pid ?? 0, lastWords, letGo };
}

/** The child, once it executes the program; rejects with what the system refuses, which Node says in two ways. */
async function spawned<T extends ChildProcess>(start: () => T): Promise<T> {
  const child = start();
  await once(child, "spawn");
  return child;
}

function startFailure({ postgresFolder }: ServerPlace, detail: string): PostgresFailureError {
  if (isDiskFull(detail)) return new PostgresFailureError({ reason: "disk-full", folder: postgresFolder, detail });
  return new PostgresFailureError({ reason: "start-failed", action: "start", folder: postgresFolder, detail });
}
