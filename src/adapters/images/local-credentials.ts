import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { fail, ok } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import type { ExecResult } from "../../engine/ports.ts";
import { type RunHelper, helperDeadline } from "./credential-helper.ts";
import { type Credentials, findCredentials } from "./credentials.ts";
import type { Environment } from "./environment.ts";

/** Enough for any helper's answer; a helper that writes more is stopped. */
const outputLimit = 1024 * 1024;

/**
 * Finds logins on this machine: `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`, and helper programs on
 * `PATH`. The file is read anew each time, so that a `docker login` counts at once.
 */
export function localCredentials(
  environment: Environment,
  deadline: number = helperDeadline,
): (registry: string) => Promise<Outcome<Credentials | undefined>> {
  const path = join(environment["DOCKER_CONFIG"] || join(environment["HOME"] || homedir(), ".docker"), "config.json");
  return async (registry) => {
    const text = await readConfig(path);
    if (text.ok) return findCredentials(text.value, registry, runLocalHelper(environment, deadline));
    return fail({
      reason: "registry-login",
      registry,
      image: registry,
      detail: `${path} cannot be read (${text.failure})`,
    });
  };
}

async function readConfig(path: string) {
  try {
    return ok(await readFile(path, "utf8"));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return code === "ENOENT" || code === "ENOTDIR" ? ok(undefined) : fail(code);
  }
}

/**
 * A helper runner for this machine; the program is looked up on the environment's `PATH`.
 *
 * @param deadline seconds; then the helper is killed and the outcome is a `deadline` failure on `localhost`
 */
function runLocalHelper(environment: Environment, deadline: number = helperDeadline): RunHelper {
  return (program, server) =>
    new Promise<Outcome<ExecResult>>((resolve) => {
      const signal = AbortSignal.timeout(deadline * 1000);
      const child = spawn(program, ["get"], { env: { ...environment }, signal, killSignal: "SIGKILL" });
      let stdout = "";
      let stderr = "";
      const keep = (text: string): boolean => stdout.length + stderr.length + text.length <= outputLimit;
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        if (keep(text)) stdout += text;
        else child.kill("SIGKILL");
      });
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        if (keep(text)) stderr += text;
        else child.kill("SIGKILL");
      });
      // A helper may end without reading its input.
      child.stdin.on("error", () => undefined);
      child.stdin.end(server);

      child.on("error", (error) => {
        if (signal.aborted) {
          // What the helper itself started may hold the pipes open for longer.
          child.stdout.destroy();
          child.stderr.destroy();
          resolve(fail({ reason: "deadline", host: "localhost", action: `${program} get`, seconds: deadline }));
        } else {
          const missing = "code" in error && error.code === "ENOENT";
          resolve(ok({ exitCode: missing ? 127 : 126, stdout: "", stderr: error.message }));
        }
      });
      child.on("close", (code) => resolve(ok({ exitCode: code ?? 137, stdout, stderr })));
    });
}
