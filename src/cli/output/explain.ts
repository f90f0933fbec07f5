import type { Failure } from "../../engine/errors.ts";
import type { Message } from "../locales/message.ts";
import type { Words } from "../locales/words.ts";

/** A failure in words. */
export function explainFailure(words: Words, failure: Failure): Message {
  // The table has one function for each reason, each for its own failure: indexing it loses that pairing.
  const message = words.failures[failure.reason] as (failure: Failure) => Message;
  return message(failure);
}
