import { fail, ok, type Result } from "../../domain/result.ts";
import { quoteShellWord } from "../../domain/shell-words.ts";
import type { SpoolLine, SpoolSpec } from "./place.ts";

/** Names that say which spool a process belongs to: nobody else may set them. */
const RESERVED = new Set(["GANTRY_SPOOL", "GANTRY_LINE", "GANTRY_SETSID", "GANTRY_SH", "GANTRY_JOURNAL"]);

/** Linux gives no process a longer argument or variable (MAX_ARG_STRLEN), counted with the NUL that ends it. */
const LONGEST = 131_072;

/** The name of a run as the name of its folder; anything else would be a bug of the caller. */
export function runFolderName(run: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(run)) throw new Error(`not the name of a run: ${JSON.stringify(run)}`);
  return run;
}

/**
 * What the supervisor reads: `run <log limit> <timeout> <grace>`, then for each line
 * `line <number> <kind> <task> <number in its task> <words>`. Every value is one quoted word of the shell, so nothing
 * in it can become another argument or another command. Fails with what is wrong when no process can be given a value.
 */
export function specText(spec: SpoolSpec): Result<string, string> {
  const seen = new Map<string, number>();
  const lines: string[] = [];
  for (const [number, line] of spec.lines.entries()) {
    const index = seen.get(line.task) ?? 0;
    seen.set(line.task, index + 1);
    const where = `${line.task} task, line ${index + 1}`;
    if (line.argv.length === 0) return fail(`${where}: no program`);
    const problem = line.argv.map((word) => valueProblem(word)).find((each) => each !== undefined);
    if (problem !== undefined) return fail(`${where}: ${problem}`);
    const words = program(line).map(quoteShellWord);
    lines.push(["line", number, line.gantry ? "gantry" : "plain", line.task, index, ...words].join(" "));
  }
  const limits = [spec.logLimit, spec.timeout ?? "", spec.stopGrace].map((each) => quoteShellWord(String(each)));
  return ok(`${["run", ...limits].join(" ")}\n${lines.map((line) => `${line}\n`).join("")}`);
}

/** The environment as commands of the shell. Fails with what is wrong; the message holds names, never a value. */
export function environmentText(environment: Readonly<Record<string, string>>): Result<string, string> {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return fail(`${JSON.stringify(name)} cannot name a variable`);
    if (RESERVED.has(name)) return fail(`the variable ${name} is Gantry's own`);
    const problem = valueProblem(`${name}=${value}`);
    if (problem !== undefined) return fail(`the variable ${name}: ${problem}`);
    lines.push(`export ${name}=${quoteShellWord(value)}\n`);
  }
  return ok(lines.join(""));
}

/** What is wrong with an environment, in the words of `environmentText`. */
export function environmentProblem(environment: Readonly<Record<string, string>>): string | undefined {
  const text = environmentText(environment);
  return text.ok ? undefined : text.failure;
}

/** Room for the exit record, so that a disk that fills up in mid-run cannot keep it from being written. */
export function exitRecordRoom(spec: SpoolSpec): number {
  return 256 + 192 * spec.lines.length;
}

function program({ argv, shell }: SpoolLine): readonly string[] {
  const [line = "", ...rest] = argv;
  return shell ? ["sh", "-c", line, "sh", ...rest] : argv;
}

function valueProblem(value: string): string | undefined {
  if (value.includes("\0")) return "a NUL character cannot be handed to a program";
  const bytes = Buffer.byteLength(value);
  return bytes < LONGEST ? undefined : `a value of ${bytes} bytes; Linux hands programs at most ${LONGEST - 1}`;
}
