import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";

/** Milliseconds for ssh-keygen, which spends a while on an encrypted key on purpose. */
const DEADLINE = 30_000;

export interface PreparedKey {
  readonly path: string;
  /** It was encrypted, and is not any more. */
  readonly encrypted: boolean;
}

/**
 * Writes a private key into a private folder so that ssh can use it without asking; an encrypted one is decrypted
 * there. Fails with what is wrong with it.
 */
export async function preparePrivateKey(
  folder: string,
  privateKey: string,
  password: string,
): Promise<Result<PreparedKey, string>> {
  const path = join(folder, "key");
  // OpenSSH wants line ends of its own, and one behind the last line.
  writeFileSync(path, `${privateKey.replaceAll("\r\n", "\n").trim()}\n`, { mode: 0o600 });
  const read = await keygen(["-y", "-P", "", "-f", path]);
  if (read === undefined) return ok({ path, encrypted: false });
  if (!/incorrect passphrase/.test(read)) return fail(`the private key cannot be read: ${read}`);
  if (password === "") return fail("the private key is encrypted, and its password is missing");

  const askpass = join(folder, "askpass");
  writeFileSync(askpass, `#!/bin/sh\nprintf '%s\\n' "$GANTRY_ASKPASS_ANSWER"\n`, { mode: 0o700 });
  // By the environment, which only this user can read: arguments are everybody's.
  const decrypted = await keygen(["-p", "-N", "", "-f", path], {
    SSH_ASKPASS: askpass,
    SSH_ASKPASS_REQUIRE: "force",
    DISPLAY: ":0",
    GANTRY_ASKPASS_ANSWER: password,
  });
  if (decrypted === undefined) return ok({ path, encrypted: true });
  return fail(
    /incorrect passphrase/.test(decrypted)
      ? "the private key is encrypted, and its password is another one"
      : `the private key cannot be decrypted: ${decrypted}`,
  );
}

/** Undefined when it succeeds, else its last words without the path of the key. */
function keygen(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, LC_ALL: "C", ...environment }, timeout: DEADLINE };
    execFile("ssh-keygen", args, options, (error, _stdout, stderr) => {
      if (error === null) return resolve(undefined);
      const words = stderr.trim().split("\n").at(-1) ?? "";
      resolve(words === "" ? `ssh-keygen: ${"code" in error ? String(error.code) : "no answer"}` : lastPart(words));
    }).stdin?.end();
  });
}

/** `Load key "/path": error in libcrypto` without what comes before the colon. */
function lastPart(words: string): string {
  return words.replace(/^.*?(?:"[^"]*"|\/\S+): /, "");
}
