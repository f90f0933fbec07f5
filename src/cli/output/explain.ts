import type { Failure } from "../../engine/errors.ts";
import type { Waiting } from "../../engine/events.ts";
import { printable } from "./printable.ts";
import type { Message } from "../locales/message.ts";
import type { Words } from "../locales/words.ts";

/** A failure in words. */
export function explainFailure(words: Words, failure: Failure): Message {
  // The table has one function for each reason, each for its own failure: indexing it loses that pairing.
  const message = words.failures[failure.reason] as (failure: Failure) => Message;
  const { what, todo } = message(failure);
  // The words of engines and servers may hold what a container or registry made up.
  return { what: printable(what), todo };
}

/** What a wait is waiting for, in words. */
export function explainWaiting(words: Words, waiting: Waiting): string {
  const text = words.output.waiting[waiting.for] as (waiting: Waiting) => string;
  return text(waiting);
}
