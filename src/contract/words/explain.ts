import type { Failure } from "../../engine/errors.ts";
import type { Waiting } from "../../engine/events.ts";
import type { Message } from "./message.ts";
import type { RunWords } from "./run-words.ts";

/**
 * A failure in words. The text may hold what a container or server made up: whoever shows it has to make control
 * characters harmless.
 */
export function failureMessage(words: Pick<RunWords, "failures">, failure: Failure): Message {
  // The table has one function for each reason, each for its own failure: indexing it loses that pairing.
  const message = words.failures[failure.reason] as (failure: Failure) => Message;
  return message(failure);
}

/** What a wait is waiting for, in words. */
export function explainWaiting(words: RunWords, waiting: Waiting): string {
  const text = words.output.waiting[waiting.for] as (waiting: Waiting) => string;
  return text(waiting);
}
