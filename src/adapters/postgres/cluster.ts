import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Deadline } from "./deadline.ts";
import { inFolder, isDiskFull, PostgresFailureError } from "./postgres-failure.ts";
import type { Programs } from "./programs.ts";
import { runAs } from "./run-as.ts";
import type { ServerUser } from "./server-user.ts";
import { asOptions, initialSettings } from "./settings.ts";

/** Databases that are being made, or were when the console was killed. */
const UNFINISHED = "data.new-";

/** The superuser; the console is the only one to use the server. */
export const DATABASE_USER = "gantry";

/** The folder with PostgreSQL's files ("cluster" in its words). */
export function clusterOf(postgresFolder: string): string {
  return join(postgresFolder, "data");
}

/**
 * Makes the database cluster when there is none. It is made under another name and renamed at last, so that one that
 * was interrupted is never taken for a whole one. Refuses a cluster of another major version, and anything else that
 * is in its place.
 */
export async function ensureCluster(
  postgresFolder: string,
  programs: Programs,
  user: ServerUser,
  deadline: Deadline,
): Promise<void> {
  const cluster = clusterOf(postgresFolder);
  await removeUnfinished(postgresFolder, user, deadline);
  const found = await inFolder(cluster, () => readVersion(cluster));
  if (found === undefined) await makeCluster(postgresFolder, programs, user, deadline);
  else if (found === "foreign") throw new PostgresFailureError({ reason: "folder-foreign", folder: cluster });
  else if (found !== programs.major)
    throw new PostgresFailureError({ reason: "other-version", folder: cluster, found, expected: programs.major });
}

/** The major version of the cluster in this folder; undefined when there is nothing yet. */
function readVersion(cluster: string): string | undefined {
  try {
    const names = readdirSync(cluster);
    if (names.length === 0) return undefined;
    return names.includes("PG_VERSION") ? readFileSync(join(cluster, "PG_VERSION"), "utf8").trim() : "foreign";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

async function makeCluster(
  postgresFolder: string,
  programs: Programs,
  user: ServerUser,
  deadline: Deadline,
): Promise<void> {
  const making = join(postgresFolder, `${UNFINISHED}${randomBytes(4).toString("hex")}`);
  const run = async (argv: readonly string[]): Promise<void> => {
    const { exitCode, stderr } = await runAs(user, argv, deadline.signal);
    if (exitCode === 0) return;
    throw deadline.signal.aborted ? deadline.passed("create", stderr) : createFailure(postgresFolder, stderr);
  };
  await run([programs.initdb, "-D", making, ...initdbOptions]);
  await run([programs.initdb, "-D", making, "--sync-only"]);
  await inFolder(postgresFolder, () => renameSync(making, clusterOf(postgresFolder)));
}

/** The builtin locale sorts alike on every machine and after every update of its C library or ICU. */
const initdbOptions: readonly string[] = [
  `--username=${DATABASE_USER}`,
  "--auth-local=trust",
  "--auth-host=reject",
  "--encoding=UTF8",
  "--locale=C",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--no-sync",
  "--no-instructions",
  ...asOptions(initialSettings),
];

/** What cannot be removed yet, because the program that was making it still does, is left to the next start. */
async function removeUnfinished(postgresFolder: string, user: ServerUser, deadline: Deadline): Promise<void> {
  const names = await inFolder(postgresFolder, () => readdirSync(postgresFolder));
  const left = names.filter((name) => name.startsWith(UNFINISHED)).map((name) => join(postgresFolder, name));
  // As the server's user: root has no business in a folder that others write to.
  if (left.length > 0) await runAs(user, ["/bin/rm", "-rf", "--", ...left], deadline.signal);
}

function createFailure(folder: string, stderr: string): PostgresFailureError {
  const detail = stderr.trim();
  if (isDiskFull(detail)) return new PostgresFailureError({ reason: "disk-full", folder, detail });
  return new PostgresFailureError({ reason: "start-failed", action: "create", folder, detail });
}
