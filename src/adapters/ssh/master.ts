import { rmSync } from "node:fs";
import { fail, ok } from "../../domain/result.ts";
import type { Host } from "../../domain/host.ts";
import type { Failure, Outcome } from "../../engine/errors.ts";
import { masterArguments, type MasterPaths } from "./arguments.ts";
import { childClosed, endChild, signalChild, startChild, type Child } from "./child.ts";
import { connectFailure, droppedBeforeLogin, lastWords } from "./connect-failure.ts";
import { randomMarker } from "./preamble.ts";
import { anchorCommand, STARTED } from "./remote-scripts.ts";

/** Milliseconds between the bytes that keep the session on the host alive; it gives up after 60 s without one. */
const BEAT = 15_000;
/** Milliseconds for ssh to end after SIGTERM. */
const PATIENCE = 700;

/** The one `ssh` process that holds a connection to a host. */
export interface Master {
  readonly paths: MasterPaths;
  /** Who we are on the host. */
  readonly user: string;
  /** How `timeout` is called there; empty when there is none. */
  readonly timeLimit: string;
  /** Resolves when the connection is gone, whoever ended it. */
  readonly ended: Promise<void>;
  /** The server's last word on a stream that it would not open, for example `Connection refused`. */
  lastRefusal(): string | undefined;
  /** Why it is gone; undefined while it is there. */
  lostBecause(): string | undefined;
  close(): Promise<void>;
}

export interface MasterOptions {
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly paths: MasterPaths;
  /** Until the session on the host is up. */
  readonly seconds: number;
  readonly signal: AbortSignal | undefined;
}

/** `dropped`: the server hung up before a login; another try may succeed. */
export type MasterStart = Outcome<Master> | { readonly ok: false; readonly failure: Failure; readonly dropped: true };

/** Starts ssh, logs in, and waits for the first line of the session on the host. */
export function startMaster(host: Host, options: MasterOptions): Promise<MasterStart> {
  if (options.signal?.aborted) return Promise.resolve(fail({ reason: "aborted", host: host.name }));
  const marker = randomMarker();
  const args = masterArguments(host, options.paths, options.seconds, anchorCommand(marker));
  const child = startChild(options.program, args, options.environment);
  const log = new MasterLog(child);
  const closed = childClosed(child);

  return new Promise((resolve) => {
    let settled = false;
    const settle = (start: MasterStart): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", abort);
      if (!start.ok) {
        signalChild(child, "SIGTERM");
        void endChild(child, PATIENCE);
      }
      resolve(start);
    };
    const abort = (): void => settle(fail({ reason: "aborted", host: host.name }));
    const late = (): void => {
      const detail = `no answer within ${Math.round(options.seconds * 10) / 10} s`;
      settle(fail({ reason: "host-unreachable", host: host.name, address: host.address, detail }));
    };
    const timer = setTimeout(late, options.seconds * 1000);
    options.signal?.addEventListener("abort", abort);

    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString("latin1")).slice(-4096);
      const line = new RegExp(`${marker}${STARTED}(.*):(.*)\\n`).exec(output);
      if (line === null) return;
      child.stdout.removeAllListeners("data").resume();
      const [, user = "", timeLimit = ""] = line;
      settle(ok(hold(child, closed, log, { paths: options.paths, user, timeLimit })));
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      settle(fail({ reason: "ssh-missing", host: host.name, detail: error.message }));
    });
    const over = (): void => {
      removeSockets(options.paths);
      const failure = connectFailure(host, child.exitCode, log.text(), output);
      settle(droppedBeforeLogin(log.text()) ? { ok: false, failure, dropped: true } : fail(failure));
    };
    void closed.then(over);
  });
}

function hold(
  child: Child,
  closed: Promise<void>,
  log: MasterLog,
  facts: Pick<Master, "paths" | "user" | "timeLimit">,
): Master {
  let lost: string | undefined;
  const beat = setInterval(() => child.stdin.writable && child.stdin.write("."), BEAT);
  beat.unref();
  const gone = (why: string): void => {
    clearInterval(beat);
    lost ??= why;
  };
  // Not `close`: a proxy command may hold the pipes open.
  child.once("exit", () => gone(lastWords(log.text()) || "ssh ended"));
  return {
    ...facts,
    ended: closed,
    lastRefusal: () => lastRefusalIn(log.text()),
    lostBecause: () => lost,
    close: async () => {
      gone("closed");
      signalChild(child, "SIGTERM");
      await endChild(child, PATIENCE);
      removeSockets(facts.paths);
    },
  };
}

/** ssh removes the control socket when it is asked to end, and the forwarded one never. */
function removeSockets(paths: MasterPaths): void {
  for (const path of [paths.control, paths.docker]) rmSync(path, { force: true });
}

function lastRefusalIn(log: string): string | undefined {
  const refusals = log.matchAll(/^channel \d+: open failed: (?:connect failed: )?(.*)$/gm);
  return [...refusals].at(-1)?.[1]?.trim();
}

/** The last 16 KB that ssh wrote to standard error. */
class MasterLog {
  #text = "";

  constructor(child: Child) {
    child.stderr.on("data", (chunk: Buffer) => {
      this.#text = (this.#text + chunk.toString("utf8")).slice(-16_384);
    });
  }

  text(): string {
    return this.#text;
  }
}
