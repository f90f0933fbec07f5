import type { Duplex } from "node:stream";
import { fail, ok } from "../../domain/result.ts";
import type { Failure, Outcome } from "../../engine/errors.ts";
import { becomeCommand } from "./become.ts";
import { childClosed, endChild } from "./child.ts";
import { ChildStream } from "./child-stream.ts";
import { lastWords } from "./connect-failure.ts";
import type { Launcher } from "./launcher.ts";
import { Preamble, randomMarker } from "./preamble.ts";
import { streamCommand } from "./remote-scripts.ts";
import type { Slots } from "./slots.ts";
import { startFailure } from "./start-failure.ts";

/** A stream to Docker by `docker system dial-stdio`, and why it broke when it did. */
export interface DockerStdio {
  readonly stream: Duplex;
  /** Resolves when the process is gone. */
  readonly failure: Promise<Failure>;
}

/**
 * Starts `docker system dial-stdio` with the host's become rights. Each stream is a session of the connection for as
 * long as it lives. Resolves as soon as the program runs; whether Docker answers is for the caller to find out.
 */
export async function dialDocker(launcher: Launcher, slots: Slots, seconds: number): Promise<Outcome<DockerStdio>> {
  const host = launcher.host.name;
  const limit = AbortSignal.timeout(seconds * 1000);
  const late: Failure = { reason: "deadline", host, action: "docker system dial-stdio", seconds };
  const release = await slots.take(limit);
  if (release === undefined) return fail(late);

  const marker = randomMarker();
  const command = streamCommand(marker, ["docker", "system", "dial-stdio"]);
  const child = launcher.launch(becomeCommand(launcher.become, marker, command));
  const closed = childClosed(child);
  void closed.then(release);
  const stream = new ChildStream(child);
  let errors = "";

  return new Promise((resolve) => {
    const giveUp = (failure: Failure): void => {
      limit.removeEventListener("abort", tooLate);
      resolve(fail(failure));
      void endChild(child, 500);
    };
    const tooLate = (): void => giveUp(late);
    const failure = closed.then((): Failure => {
      if (!preamble.started) return startFailure(launcher, preamble.complaint, child.exitCode);
      const lost = launcher.lostBecause();
      if (lost !== undefined) return { reason: "connection-lost", host, detail: lost };
      return { ...dockerFailure(errors, child.exitCode), host };
    });
    const preamble = new Preamble(child, marker, launcher.become?.password, {
      started: () => {
        limit.removeEventListener("abort", tooLate);
        resolve(ok({ stream, failure }));
      },
      output: (chunk) => stream.receive(chunk),
      errors: (chunk) => (errors = (errors + chunk.toString("utf8")).slice(-4096)),
      refused: () => giveUp(startFailure(launcher, preamble.complaint, null)),
    });
    limit.addEventListener("abort", tooLate);
    const over = (why: Failure): void => {
      giveUp(why);
      stream.finish();
    };
    void failure.then(over);
  });
}

/** What the docker program's last words mean; 127 is the shell's code for a program that it cannot find. */
function dockerFailure(errors: string, exitCode: number | null): { reason: DockerReason; detail: string } {
  const detail = lastWords(errors);
  if (exitCode === 127)
    return { reason: "docker-missing", detail: "docker: not found in the PATH of a login without a terminal" };
  if (/permission denied/i.test(errors)) return { reason: "docker-denied", detail };
  return { reason: "docker-down", detail: detail || `docker system dial-stdio: exit code ${exitCode}` };
}

type DockerReason = "docker-missing" | "docker-denied" | "docker-down";
