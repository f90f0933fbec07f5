import { setTimeout as delay } from "node:timers/promises";
import { fail, ok } from "../../domain/result.ts";
import type { Failure, Outcome } from "../../engine/errors.ts";
import type { ExecOptions, ExecResult } from "../../engine/ports.ts";
import { becomeCommand } from "./become.ts";
import { childClosed, endChild } from "./child.ts";
import { CollectedOutput } from "./collected-output.ts";
import type { Launcher } from "./launcher.ts";
import { Preamble, randomMarker } from "./preamble.ts";
import { ENDED, programCommand } from "./remote-scripts.ts";
import type { Slots } from "./slots.ts";
import { sessionRefused, startFailure } from "./start-failure.ts";

/** A program that has been told to end and does not is killed after this many milliseconds, locally, twice over. */
const PATIENCE = 3000;
/** A program that has ended may leave a child that holds its output open; we wait so long after its last words. */
const LINGER = 1000;

/**
 * Runs a program with the host's become rights, within the deadline, waiting its turn for one of the connection's
 * sessions. Failures: deadline, aborted, become-refused, connection-lost.
 */
export async function execute(
  launcher: Launcher,
  slots: Slots,
  argv: readonly string[],
  options: ExecOptions,
): Promise<Outcome<ExecResult>> {
  const host = launcher.host.name;
  const limit = AbortSignal.timeout(options.deadline * 1000);
  const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]);
  const givenUp = (): Failure =>
    options.signal?.aborted
      ? { reason: "aborted", host }
      : { reason: "deadline", host, action: options.action, seconds: options.deadline };

  for (let tries = 0; ; tries += 1) {
    const release = await slots.take(signal);
    if (release === undefined) return fail(givenUp());
    const result = await runOnce(launcher, argv, options, signal, release);
    if (result === "given-up") return fail(givenUp());
    if (result !== "session-refused") return result;
    await delay(Math.min(100 * 2 ** tries, 2000), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return fail(givenUp());
  }
}

type Attempt = Outcome<ExecResult> | "given-up" | "session-refused";

/** One try; `release` is called when its session is really over, which may be later than the answer. */
function runOnce(
  launcher: Launcher,
  argv: readonly string[],
  options: ExecOptions,
  signal: AbortSignal,
  release: () => void,
): Promise<Attempt> {
  const marker = randomMarker();
  const input = Buffer.from(options.stdin ?? "");
  const program = programCommand(marker, argv, {
    inputBytes: input.length,
    seconds: options.deadline,
    timeLimit: launcher.timeLimit,
  });
  const child = launcher.launch(becomeCommand(launcher.become, marker, program));
  const closed = childClosed(child);
  void closed.then(release);

  return new Promise((resolve) => {
    const output = new CollectedOutput();
    const errors = new Ending(marker);
    let linger: NodeJS.Timeout | undefined;
    const settle = (attempt: Attempt): void => {
      clearTimeout(linger);
      signal.removeEventListener("abort", giveUp);
      resolve(attempt);
      void endChild(child, PATIENCE);
    };
    const giveUp = (): void => settle("given-up");
    const quiet = (): void => {
      if (errors.exitCode === undefined) return;
      clearTimeout(linger);
      linger = setTimeout(finish, LINGER);
    };
    const finish = (): void => {
      const exitCode = errors.exitCode ?? (child.exitCode === 255 ? undefined : child.exitCode);
      const lost = launcher.lostBecause();
      if (preamble.started && lost === undefined && exitCode !== undefined && exitCode !== null) {
        settle(ok({ exitCode, stdout: output.text(), stderr: errors.text() }));
      } else if (preamble.started) {
        const detail = lost ?? `the session ended while ${options.action} was running`;
        settle(fail({ reason: "connection-lost", host: launcher.host.name, detail }));
      } else if (sessionRefused(preamble.complaint) && lost === undefined) {
        settle("session-refused");
      } else {
        settle(fail(startFailure(launcher, preamble.complaint, child.exitCode)));
      }
    };
    const preamble = new Preamble(child, marker, launcher.become?.password, {
      // Standard input stays open behind the program's own: its end would end the program.
      started: () => void (input.length > 0 && child.stdin.write(input)),
      output: (chunk) => {
        output.push(chunk);
        quiet();
      },
      errors: (chunk) => {
        errors.push(chunk);
        quiet();
      },
      refused: () => settle(fail(startFailure(launcher, preamble.complaint, null))),
    });
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) giveUp();
    void closed.then(finish);
  });
}

/** A program's standard error, whose last line says how it ended. */
class Ending {
  readonly #collected = new CollectedOutput();
  readonly #line: RegExp;
  #tail = "";
  exitCode: number | undefined;

  constructor(marker: string) {
    this.#line = new RegExp(`${marker}${ENDED}(\\d+)\\n`);
  }

  push(chunk: Buffer): void {
    this.#collected.push(chunk);
    this.#tail = (this.#tail + chunk.subarray(-256).toString("latin1")).slice(-256);
    const code = this.#line.exec(this.#tail)?.[1];
    if (code !== undefined) this.exitCode = Number(code);
  }

  text(): string {
    return this.#collected.text().replace(this.#line, "");
  }
}
