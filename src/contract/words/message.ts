import type { Failure, FailureReason } from "../../engine/errors.ts";

/** What a person is told: what happened and where, and what to do about it. */
export interface Message {
  readonly what: string;
  readonly todo: string;
}

/** One message for every reason; a missing one does not compile. */
export type FailureMessages = {
  readonly [R in FailureReason]: (failure: Extract<Failure, { readonly reason: R }>) => Message;
};
