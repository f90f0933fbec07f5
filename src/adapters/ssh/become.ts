import type { Become } from "../../domain/host.ts";
import { ASKED } from "./remote-scripts.ts";

/**
 * The command that runs `command` as another user. With a password, sudo asks for it on standard error with a prompt
 * that holds the marker, and reads it from standard input; without one it must not ask (`-n`).
 */
export function becomeCommand(
  become: Become | undefined,
  marker: string,
  command: readonly string[],
): readonly string[] {
  if (become === undefined) return command;
  const asking = become.password === undefined ? ["-n"] : ["-S", "-p", `${marker}${ASKED}`];
  return ["sudo", "-H", ...asking, "-u", become.user, "--", ...command];
}
