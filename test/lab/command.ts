import { spawn } from "node:child_process";

/** What a program answered. `code` is 128 + n when signal n ended it, as in a shell. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly input?: string;
  /** Default 60. The program is killed and the call throws when it takes longer. */
  readonly seconds?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** The distribution's own programs first: /usr/local may hold another Docker. */
const labPath = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin";

/** The search path on the hosts, in Debian's usual order: another engine's programs are put into /usr/local. */
export const hostPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The environment of everything the lab starts: none of the caller's, so no proxy or docker context leaks in. */
export const labEnv: Readonly<Record<string, string>> = { PATH: labPath, HOME: "/root", LANG: "C.UTF-8" };

/** Runs a program to its end. A non-zero exit is an answer; a program that cannot start or takes too long throws. */
export async function run(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [program = "", ...args] = argv;
  const seconds = options.seconds ?? 60;
  const child = spawn(program, args, { env: { ...labEnv, ...options.env }, stdio: ["pipe", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  child.stdin.on("error", () => undefined); // the program may end without reading its input
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`lab: still running after ${seconds}s: ${argv.join(" ")}\n${output.stdout}${output.stderr}`));
    }, seconds * 1000);
    child.on("error", (cause) => {
      clearTimeout(timer);
      reject(new Error(`lab: cannot run ${program}: ${cause.message}`, { cause }));
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? signalExit(signal), ...output });
    });
  });
}

/** Runs a program that has to succeed and returns what it printed. */
export async function must(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(argv, options);
  if (code !== 0) throw new Error(`lab: exit ${code}: ${argv.join(" ")}\n${stderr}${stdout}`);
  return stdout;
}

function signalExit(signal: NodeJS.Signals | null): number {
  return signal === "SIGKILL" ? 137 : signal === "SIGTERM" ? 143 : 255;
}

/** The caller's proxy settings, for what really has to reach a package registry. */
export function proxyEnv(): Readonly<Record<string, string>> {
  const names = ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];
  return Object.fromEntries(names.flatMap((name) => [[name, process.env[name]] as const]).filter(hasValue));
}

function hasValue(entry: readonly [string, string | undefined]): entry is readonly [string, string] {
  return entry[1] !== undefined;
}
