import type { PlaceFailure, PlaceFailureReason, PlaceResult } from "./place.ts";
import { fail } from "../../domain/result.ts";

export interface ScriptAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of ours by `sh` at a place, handing it over on standard input. */
export type ScriptRunner = (
  script: string,
  options: { readonly action: string; readonly deadline: number; readonly signal?: AbortSignal },
) => Promise<PlaceResult<ScriptAnswer>>;

/** What a script said it failed for, by the words of the C library (the scripts run with LC_ALL=C). */
export function folderFailure(place: string, words: string): PlaceFailure {
  const reason: PlaceFailureReason = /No space left|quota exceeded/i.test(words) ? "disk-full" : "folder-refused";
  return { reason, place, detail: words.split("\n")[0] ?? "" };
}

/** A script of ours ended in another way than it can: the shell there did not understand it, or was killed. */
export function scriptBroke<T>(place: string, action: string, answer: ScriptAnswer): PlaceResult<T> {
  const words = `${answer.stderr}\n${answer.stdout}`.trim().slice(-500);
  return fail({ reason: "unfit", place, detail: `${action}: exit code ${answer.exitCode}: ${words}` });
}
