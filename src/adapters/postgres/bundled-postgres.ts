import { lstatSync, type Stats } from "node:fs";
import { join } from "node:path";
import type { Result } from "../../domain/result.ts";
import { clusterOf, ensureCluster } from "./cluster.ts";
import { makeDataFolder } from "./data-folder.ts";
import { type Deadline, deadlineIn } from "./deadline.ts";
import { type FileLock, waitForLock } from "./file-lock.ts";
import type { PostgresConnection } from "./first-query.ts";
import { attempt, inFolder, type PostgresFailure } from "./postgres-failure.ts";
import { stopPostmaster } from "./postmaster.ts";
import { makePrivateFolder, socketFolderOf } from "./private-folder.ts";
import { bundledPackage, installPrograms, removeOtherPrograms } from "./programs.ts";
import { findServer, type ServerPlace, startServer } from "./server.ts";
import { chooseServerUser } from "./server-user.ts";

/** The PostgreSQL that comes with the console, ready for queries. */
export interface BundledPostgres {
  readonly connection: PostgresConnection;
  /** True when it was running already: another console's, or left over from one that was killed. */
  readonly reused: boolean;
  /** As the server says: `18.4`. */
  readonly version: string;
  /** Ends the server, for everybody who uses it; transactions in hand are rolled back. */
  stop(): Promise<void>;
}

export interface BundledPostgresOptions {
  readonly dataFolder: string;
  /** Seconds until it must be ready; recovery after a crash included. */
  readonly deadline: number;
  /** The npm package that holds the programs; the installed one when absent. */
  readonly packageFolder?: string;
}

/** Seconds for each kind of shutdown. */
const STOP_DEADLINE = 20;

/**
 * Finds or starts the bundled server in `<dataFolder>/postgres`. It is reached only by a socket in a folder that is
 * closed to all but its user and root, never runs as root, and goes on running when this process ends without `stop`.
 * Callers on the same folder, in any process, wait for each other and get the same server.
 */
export function startBundledPostgres(
  options: BundledPostgresOptions,
): Promise<Result<BundledPostgres, PostgresFailure>> {
  return attempt(async () => {
    const deadline = deadlineIn(options.deadline);
    const dataFolder = await inFolder(options.dataFolder, () => makeDataFolder(options.dataFolder));
    const lock = await lockStart(dataFolder, deadline);
    try {
      return await findOrStart(dataFolder, options.packageFolder ?? bundledPackage(), deadline);
    } finally {
      lock.release();
    }
  });
}

async function findOrStart(dataFolder: string, packageFolder: string, deadline: Deadline): Promise<BundledPostgres> {
  const place = await preparePlace(dataFolder, packageFolder);
  await ensureCluster(place.postgresFolder, place.programs, place.user, deadline);
  const found = await findServer(place, deadline);
  const { pid, connection, version } = found ?? (await startServer(place, deadline));
  if (found === undefined) await inFolder(dataFolder, () => removeOtherPrograms(place.programs));
  const stop = (): Promise<void> => stopPostmaster(pid, place.cluster, place.user, STOP_DEADLINE);
  return { connection, version, reused: found !== undefined, stop };
}

async function preparePlace(dataFolder: string, packageFolder: string): Promise<ServerPlace> {
  const postgresFolder = join(dataFolder, "postgres");
  const user = await chooseServerUser(await inFolder(postgresFolder, () => ownerOf(postgresFolder)));
  await makePrivateFolder(postgresFolder, user);
  const socketFolder = socketFolderOf(postgresFolder);
  await makePrivateFolder(socketFolder, user);
  const programs = await installPrograms(packageFolder, join(dataFolder, "postgres-programs"));
  return { postgresFolder, cluster: clusterOf(postgresFolder), socketFolder, programs, user };
}

async function lockStart(dataFolder: string, deadline: Deadline): Promise<FileLock> {
  const lock = await inFolder(dataFolder, () => waitForLock(join(dataFolder, "postgres.lock"), deadline.signal));
  if (lock === undefined) throw deadline.passed("wait", "");
  return lock;
}

function ownerOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
