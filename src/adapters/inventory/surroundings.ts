import { homedir } from "node:os";
import { resolve } from "node:path";

/** The process around the reading of an inventory. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The user's home directory. */
export function homeOf({ env }: Surroundings): string {
  const home = env["HOME"];
  return home === undefined || home === "" ? homedir() : home;
}

/** An absolute path with `~` and `$NAME` replaced, as Ansible makes it of settings and of `-i`; names unknown stay. */
export function expandPath(text: string, surroundings: Surroundings, base = surroundings.cwd): string {
  const named = text.replace(/\$(?:\{(?<braced>\w+)\}|(?<bare>\w+))/g, (whole, braced?: string, bare?: string) => {
    return surroundings.env[braced ?? bare ?? ""] ?? whole;
  });
  const expanded = /^~(?:\/|$)/.test(named) ? homeOf(surroundings) + named.slice(1) : named;
  return resolve(base, expanded);
}
