import { Secret } from "../../domain/secret.ts";
import { fail, ok } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import type { ExecResult } from "../../engine/ports.ts";
import type { Credentials } from "./credentials.ts";
import { oneLine } from "./failure-detail.ts";
import { fieldsOf, parseJson, textOf } from "./json.ts";

/**
 * Runs `<program> get` with `server` on standard input, on the machine whose login is wanted, within
 * `helperDeadline`. A program that is not there is exit code 127, as from a shell. `program` has no path.
 */
export type RunHelper = (program: string, server: string) => Promise<Outcome<ExecResult>>;

/** Seconds until a credential helper counts as hung. */
export const helperDeadline = 10;

/**
 * Asks a credential helper (github.com/docker/docker-credential-helpers) for the login of a registry.
 *
 * @param name as in `credHelpers` or `credsStore`, without `docker-credential-`
 * @returns undefined when the helper knows no login; `registry-login` when it fails or answers nonsense
 */
export async function askHelper(
  name: string,
  server: string,
  registry: string,
  runHelper: RunHelper,
): Promise<Outcome<Credentials | undefined>> {
  const program = `docker-credential-${name}`;
  const failed = (detail: string) => fail({ reason: "registry-login", registry, image: registry, detail } as const);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    return failed(`Docker's config.json names a credential helper that is not a program name: ${oneLine(name)}`);
  }

  const run = await runHelper(program, server);
  if (!run.ok) return run;
  const { exitCode, stdout, stderr } = run.value;
  if (exitCode === 127) return failed(`${program} is not installed; Docker's config.json asks for it`);
  if (exitCode !== 0) {
    // By the protocol a failing helper puts its message on standard output.
    if (/credentials not found/i.test(`${stdout}\n${stderr}`)) return ok(undefined);
    return failed(`${program}: ${oneLine(stdout) || oneLine(stderr) || `exit code ${exitCode}`}`);
  }

  const answer = fieldsOf(parseJson(stdout));
  const username = textOf(answer["Username"]);
  const secret = textOf(answer["Secret"]);
  if (username === undefined || secret === undefined) {
    return failed(`${program} answered without a user name and a secret`);
  }
  if (username === "<token>") return ok({ identityToken: new Secret(secret) });
  return ok({ username, password: new Secret(secret) });
}
