import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const gantry = join(import.meta.dirname, "../../bin/gantry");
/** Milliseconds until a console must be ready on a busy machine. */
const READY = 60_000;

export interface ConsoleProcess {
  readonly url: string;
  readonly data: string;
  readonly child: ChildProcess;
  /** Everything that it has printed so far. */
  output(): string;
  /** The one-time password of the first administrator, where this was the first start. */
  readonly oneTimePassword: string | undefined;
  /** Milliseconds from the command to the line that names the URL. */
  readonly readyAfter: number;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL, as a crash. */
  kill(): Promise<void>;
}

export interface ConsoleStart {
  /** Data folder; a new one where absent. */
  readonly data?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** Starts `gantry console` as a person would, and waits until it names its URL. */
export async function startConsole(start: ConsoleStart = {}): Promise<ConsoleProcess> {
  const data = start.data ?? newDataFolder();
  const args = ["console", "--listen", `127.0.0.1:${start.port ?? 0}`, "--data", data, ...(start.args ?? [])];
  const began = performance.now();
  const running = run(args, start.env);
  const text = await running.until(/Gantry console: (\S+)/);
  const url = /Gantry console: (\S+)/.exec(text)?.[1] ?? "";
  return {
    url,
    data,
    child: running.child,
    output: running.output,
    oneTimePassword: /password {2}(\S+)/.exec(text)?.[1],
    readyAfter: performance.now() - began,
    stop: () => running.end("SIGTERM"),
    kill: async () => void (await running.end("SIGKILL")),
  };
}

export interface WorkerProcess {
  readonly child: ChildProcess;
  output(): string;
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Starts `gantry worker` against the database of a data folder. */
export async function startWorkerProcess(
  data: string,
  env: Readonly<Record<string, string>> = {},
): Promise<WorkerProcess> {
  const running = run(["worker", "--data", data], env);
  await running.until(/Worker .* is ready/);
  return {
    child: running.child,
    output: running.output,
    stop: () => running.end("SIGTERM"),
    kill: async () => void (await running.end("SIGKILL")),
  };
}

export function newDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gantry-console-"));
  // PostgreSQL runs as another user than root, who has to pass through.
  chmodSync(folder, 0o755);
  return folder;
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(gantry, args, {
    env: { ...process.env, LANG: "C.UTF-8", GANTRY_LANG: "en", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  let heard: () => void = () => undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      heard();
    });
  const ended = new Promise<number | null>((resolve) =>
    child.on("exit", (code) => {
      resolve(code);
      heard();
    }),
  );
  return {
    child,
    output: () => text,
    until: (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`not ready in time:\n${text}`)), READY);
        const look = (): void => {
          if (pattern.test(text)) resolve(text);
          else if (child.exitCode !== null || child.signalCode !== null)
            reject(new Error(`gantry ${args[0]} ended with ${child.exitCode ?? child.signalCode}:\n${text}`));
          else return;
          clearTimeout(timer);
        };
        heard = look;
        look();
      }),
    end: async (signal: NodeJS.Signals) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return ended;
    },
  };
}
