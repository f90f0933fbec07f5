import type { ResetPasswordOptions } from "./start/reset-password.ts";
import type { StartWords } from "./words/start-words.ts";

/** What the commands `console` and `worker` are started with. */
export interface ServerOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly language: "en" | "zh";
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Folder of the data; undefined: as dataFolderOf says. */
  readonly data: string | undefined;
  /** Gantry's own version and folder. */
  readonly version: string;
  readonly installation: string;
}

export interface ConsoleOptions extends ServerOptions {
  readonly listen: string;
  readonly demo: boolean;
  /** Whether this process also follows runs. */
  readonly worker: boolean;
}

/** Runs the console until it is told to stop; returns the exit code. */
export async function runConsole(options: ConsoleOptions): Promise<number> {
  const words = await startWords(options);
  if (!isNewEnough()) return refuse(options, words.nodeTooOld(process.version));
  const { startConsole } = await import("./start/console.ts");
  return runUntilSignal(options, words, () => startConsole(options, words));
}

/** Runs a worker until it is told to stop; returns the exit code. */
export async function runWorker(options: ServerOptions): Promise<number> {
  const words = await startWords(options);
  if (!isNewEnough()) return refuse(options, words.nodeTooOld(process.version));
  const { startWorkerProcess } = await import("./start/worker-process.ts");
  return runUntilSignal(options, words, () => startWorkerProcess(options, words));
}

/** Gives an account a one-time password, whether the console runs or not; returns the exit code. */
export async function runResetPassword(options: ResetPasswordOptions): Promise<number> {
  const words = await startWords(options);
  if (!isNewEnough()) return refuse(options, words.nodeTooOld(process.version));
  const { resetPassword } = await import("./start/reset-password.ts");
  const reset = await resetPassword(options, words);
  if (!reset.ok) return refuse(options, reset.failure);
  options.stdout.write(`${reset.value}\n`);
  return 0;
}

/** Something that has been started: `stop` drains it. A string says why it could not be. */
export type Started = { stop(): Promise<void> } | string;

async function runUntilSignal(
  options: ServerOptions,
  words: StartWords,
  start: () => Promise<Started>,
): Promise<number> {
  const { stdout, stderr } = options;
  let tell: (signal: NodeJS.Signals) => void = () => undefined;
  const told = new Promise<NodeJS.Signals>((resolve) => (tell = resolve));
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    signals += 1;
    tell(signal);
    if (signals > 1) {
      stderr.write(`${words.stoppedAgain}\n`);
      process.exit(130);
    }
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    const started = await start();
    if (typeof started === "string") return refuse(options, started);
    await told;
    stdout.write(`${words.stopping}\n`);
    await started.stop();
    return 0;
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

function refuse({ stderr }: ServerOptions, text: string): number {
  stderr.write(`${text}\n`);
  return 1;
}

async function startWords({ language }: ServerOptions): Promise<StartWords> {
  return language === "zh"
    ? (await import("./words/start-zh.ts")).startZh
    : (await import("./words/start-en.ts")).startEn;
}

/** crypto.argon2 came with 24.7. */
function isNewEnough(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 7);
}
