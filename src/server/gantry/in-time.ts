import { fail, type Result } from "../../domain/result.ts";
import type { Language } from "../../gantry/words/language.ts";
import type { AskOptions, GantryProblem } from "./gantry-at.ts";
import { GANTRY_WORDS, type GantryWords } from "./gantry-words.ts";

/** Seconds for an answer where nothing is said. */
const DEADLINE = 20;

/** What an asker gets: when to stop, how long that is, and in which language to speak. */
export interface Asking {
  readonly signal: AbortSignal;
  readonly seconds: number;
  readonly language: Language;
  readonly words: GantryWords;
}

/** The answer, or that it was given up: by the deadline, or by the caller's signal. Whoever still works on it is told. */
export async function inTime<T>(
  place: string,
  { signal: given, deadline: seconds = DEADLINE, language = "en" }: AskOptions,
  ask: (asking: Asking) => Promise<Result<T, GantryProblem>>,
): Promise<Result<T, GantryProblem>> {
  const words = GANTRY_WORDS[language];
  const began = performance.now();
  const late = AbortSignal.timeout(seconds * 1000);
  const signal = given === undefined ? late : AbortSignal.any([given, late]);
  const givenUp = (): Result<never, GantryProblem> => {
    if (!isTimeout(signal)) return fail({ reason: "aborted", detail: words.aborted });
    const elapsed = Math.round((performance.now() - began) / 100) / 10;
    return fail({ reason: "deadline", detail: words.deadline(place, elapsed) });
  };
  if (signal.aborted) return givenUp();
  const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  const answer = await Promise.race([ask({ signal, seconds, language, words }), ended]);
  return answer === undefined || signal.aborted ? givenUp() : answer;
}

function isTimeout({ reason }: AbortSignal): boolean {
  return reason instanceof DOMException && reason.name === "TimeoutError";
}
