import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Secret } from "../../domain/secret.ts";

/**
 * What ssh runs to ask for a secret. It answers only when the ssh that asks is a child of Gantry itself (the ssh of a
 * jump host inherits the environment, and must not hand it our password), and only questions for a password: never
 * the question about an unknown host key, a new password or a key's passphrase.
 */
const askpassScript = `#!/bin/sh
case $1 in
  *"(yes/no"* | *"fingerprint"* | *[Nn]"ew password"* | *[Rr]"etype"*) exit 1 ;;
  *assword*) ;;
  *) exit 1 ;;
esac
if [ -r "/proc/$PPID/stat" ]; then
  read -r _ _ _ parent _ <"/proc/$PPID/stat"
else
  parent=$(ps -o ppid= -p "$PPID" | tr -d ' ')
fi
[ "$parent" = "$GANTRY_ASKPASS_FOR" ] || exit 1
printf '%s\\n' "$GANTRY_ASKPASS_ANSWER"
`;

/** Writes the script into a private directory and returns its path. */
export function writeAskpass(directory: string): string {
  const path = join(directory, "askpass");
  writeFileSync(path, askpassScript, { mode: 0o700 });
  return path;
}

/**
 * The environment of an ssh process that logs in with a password. The password travels in the environment of that
 * process, which only the same user can read: it never lies on a disk, and dies with the process even on kill -9.
 * DISPLAY makes clients before OpenSSH 8.4, which do not know SSH_ASKPASS_REQUIRE, run the script too.
 */
export function askpassEnvironment(
  environment: NodeJS.ProcessEnv,
  script: string,
  password: Secret,
): NodeJS.ProcessEnv {
  return {
    ...environment,
    SSH_ASKPASS: script,
    SSH_ASKPASS_REQUIRE: "force",
    DISPLAY: environment["DISPLAY"] ?? ":0",
    GANTRY_ASKPASS_FOR: String(process.pid),
    GANTRY_ASKPASS_ANSWER: password.reveal(),
  };
}
