import { createHash } from "node:crypto";
import { accessSync, constants, lchownSync, lstatSync, type Stats } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "./data-folder.ts";
import { inFolder, PostgresFailureError } from "./postgres-failure.ts";
import type { ServerUser } from "./server-user.ts";

/** The port is only a part of the socket's name. */
export const PORT = 5432;

/** sun_path of unix(7) has 108 bytes, the last of which is zero. */
const LONGEST_SOCKET_PATH = 107;

/**
 * Makes a folder of mode 0700 that belongs to the server's user. One that exists must be just so: who can write into
 * it could stand in for the database, and who can enter it is trusted by the database.
 */
export async function makePrivateFolder(path: string, user: ServerUser): Promise<void> {
  const facts = await inFolder(path, () => {
    makeFolder(path);
    // Just made, here or by a start that was killed before the next line.
    if (!user.isSelf && isPrivateTo(0, lstatSync(path))) lchownSync(path, user.uid, user.gid);
    return lstatSync(path);
  });
  if (isPrivateTo(user.uid, facts)) return;
  const mode = (facts.mode & 0o777).toString(8).padStart(4, "0");
  const detail = facts.isDirectory() ? `owner ${facts.uid}, mode ${mode}` : "not a folder";
  throw new PostgresFailureError({ reason: "folder-not-private", folder: path, user: user.name, detail });
}

function isPrivateTo(uid: number, facts: Stats): boolean {
  return facts.isDirectory() && facts.uid === uid && (facts.mode & 0o077) === 0;
}

/**
 * Where the server's socket is: `run` beside the database, or, where that is too long for a socket, a short folder in
 * /run or /tmp whose name is a digest of the long one.
 */
export function socketFolderOf(postgresFolder: string): string {
  const folder = join(postgresFolder, "run");
  if (Buffer.byteLength(join(folder, `.s.PGSQL.${PORT}`)) <= LONGEST_SOCKET_PATH) return folder;
  const digest = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  return join(writable("/run") ? "/run" : "/tmp", `gantry-${digest}`);
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
