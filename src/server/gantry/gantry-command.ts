import type { z } from "zod";
import type { Place, PlaceExecResult, PlaceFailure } from "../../adapters/place/place.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { GantryProblem } from "./gantry-at.ts";
import type { Asking } from "./in-time.ts";

/** How Gantry is called at a place. */
export interface GantryCommand {
  readonly place: Place;
  /** A program in the PATH there, or its path; or how to find it: undefined where it is not installed. */
  readonly gantryProgram: string | (() => Promise<string | undefined>);
  /** What it needs to find its files there. */
  readonly gantryEnv: Readonly<Record<string, string>>;
}

/** Bytes of an answer: an inventory of thousands of hosts with all their variables. */
const LIMIT = 64 * 2 ** 20;
/** What the shell says of a program that is not there, or not to be executed. */
const NOT_FOUND: readonly number[] = [126, 127];

/**
 * Runs Gantry at a place and reads the JSON that it prints. An answer counts whatever the exit code, which tells that a
 * part of it is missing; an empty list with one is no answer.
 */
export async function askGantry<T>(
  { place, gantryProgram, gantryEnv }: GantryCommand,
  args: readonly string[],
  answer: z.ZodType<T>,
  asking: Asking,
): Promise<Result<T, GantryProblem>> {
  const { signal, seconds, words } = asking;
  const program = typeof gantryProgram === "string" ? gantryProgram : await gantryProgram();
  if (program === undefined) return fail({ reason: "missing", detail: words.missing(place.name, "gantry") });
  const options = { deadline: seconds, limit: LIMIT, env: gantryEnv, signal };
  const ran = await place.exec([program, ...args], options);
  if (!ran.ok) return fail(placeProblem(ran.failure, program, asking));
  const read = answer.safeParse(jsonOf(ran.value.stdout.toString("utf8")));
  const { exitCode, stderr } = ran.value;
  if (read.success && (exitCode === 0 || !isEmptyList(read.data))) return ok(read.data);
  const [command = ""] = args;
  if (exitCode !== 0) return fail(refusal(place.name, program, command, ran.value, asking));
  const shown = (ran.value.stdout.subarray(0, 300).toString("utf8").trim() || stderr.slice(0, 300).trim()).trim();
  return fail({ reason: "unreadable", detail: words.unreadable(place.name, command, JSON.stringify(shown)) });
}

function refusal(
  place: string,
  program: string,
  command: string,
  { exitCode, stderr }: PlaceExecResult,
  { words }: Asking,
): GantryProblem {
  const said = stderr.trim();
  if (NOT_FOUND.includes(exitCode)) return { reason: "missing", detail: words.missing(place, program) };
  // In both languages of Gantry.
  if (/unknown command|未知的命令/.test(said)) return { reason: "missing", detail: words.tooOld(place, command) };
  return { reason: "refused", detail: said === "" ? words.silent(place, command, exitCode) : said };
}

function placeProblem({ reason, place, detail }: PlaceFailure, program: string, asking: Asking): GantryProblem {
  const { words, seconds } = asking;
  if (reason === "program-missing") return { reason: "missing", detail: words.missing(place, program) };
  if (reason === "aborted") return { reason: "aborted", detail: words.aborted };
  if (reason === "deadline") return { reason: "deadline", detail: words.deadline(place, seconds) };
  return { reason: "place", detail: words.place(place, detail) };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The JSON that a text is, or ends with: a shell may print a greeting first. Undefined where there is none. */
function jsonOf(text: string): unknown {
  const trimmed = text.trim();
  for (const candidate of [trimmed, trimmed.slice(trimmed.lastIndexOf("\n") + 1)]) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // The next one may be it.
    }
  }
  return undefined;
}
