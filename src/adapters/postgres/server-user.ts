import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import { PostgresFailureError } from "./postgres-failure.ts";

/** The user that the server runs as; PostgreSQL refuses to run as root. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** True when that is the user of this process: nothing has to be switched or given away. */
  readonly isSelf: boolean;
}

/** Users that root may start the server as, the first that exists; all but the last are made for such a thing. */
const preferred = ["gantry", "postgres"] as const;
const lastResort = "nobody";

/**
 * Oneself, unless that is root. Root takes the owner of the database when there is one already, else `gantry` or
 * `postgres`, else makes a system user `gantry`, else takes `nobody`.
 */
export async function chooseServerUser(
  owner: { readonly uid: number; readonly gid: number } | undefined,
): Promise<ServerUser> {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { name: nameOfSelf(uid), uid, gid: process.getgid?.() ?? uid, isSelf: true };
  const users = readUsers(readPasswd());
  if (owner !== undefined && owner.uid !== 0)
    return users.find((user) => user.uid === owner.uid) ?? { ...owner, name: String(owner.uid), isSelf: false };
  const user = pickUser(users, preferred) ?? (await makeUser()) ?? pickUser(users, [lastResort]);
  if (user === undefined) throw new PostgresFailureError({ reason: "user-missing", tried: [...preferred, lastResort] });
  return user;
}

/** The first of these names that is a user other than root. */
export function pickUser(users: readonly ServerUser[], names: readonly string[]): ServerUser | undefined {
  return names.map((name) => users.find((user) => user.name === name && user.uid !== 0)).find(Boolean);
}

/** The users of a passwd(5) file. */
export function readUsers(passwd: string): readonly ServerUser[] {
  return passwd.split("\n").flatMap((line) => {
    const [name = "", , uid = "", gid = ""] = line.split(":");
    return /^\d+$/.test(uid) && /^\d+$/.test(gid) ? [{ name, uid: Number(uid), gid: Number(gid), isSelf: false }] : [];
  });
}

async function makeUser(): Promise<ServerUser | undefined> {
  const [name] = preferred;
  const options = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name];
  const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };
  // Without useradd, or with a read-only /etc, there is still the last resort.
  await promisify(execFile)("useradd", options, { env, timeout: 10_000 }).catch(() => undefined);
  return pickUser(readUsers(readPasswd()), [name]);
}

function readPasswd(): string {
  try {
    return readFileSync("/etc/passwd", "utf8");
  } catch {
    return "";
  }
}

function nameOfSelf(uid: number): string {
  try {
    return userInfo().username;
  } catch {
    // Containers run with user numbers that have no name.
    return String(uid);
  }
}
