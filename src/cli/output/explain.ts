import { failureMessage } from "../../contract/words/explain.ts";
import type { Message } from "../../contract/words/message.ts";
import type { Failure } from "../../engine/errors.ts";
import type { Words } from "../locales/words.ts";
import { printable } from "./printable.ts";

/** A failure in words, as they may go to a terminal. */
export function explainFailure(words: Words, failure: Failure): Message {
  const { what, todo } = failureMessage(words, failure);
  return { what: printable(what), todo };
}
