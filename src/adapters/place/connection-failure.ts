import type { Failure } from "../../engine/errors.ts";
import type { PlaceFailure, PlaceFailureReason } from "./place.ts";

/** What a connection's failure means for a place, whose host key is always pinned: another key is a changed one. */
export function placeFailure(place: string, failure: Failure): PlaceFailure {
  const detail = "detail" in failure ? failure.detail : failure.reason;
  switch (failure.reason) {
    case "host-key-changed":
    case "host-key-unknown":
      return { reason: "host-key-changed", place, detail };
    case "login-refused":
    case "aborted":
      return { reason: failure.reason, place, detail };
    case "deadline":
      return { reason: "deadline", place, detail: `${failure.action}: no end within ${failure.seconds} s` };
    case "ssh-missing":
      return { reason: "program-missing", place, detail };
    default: {
      const reason: PlaceFailureReason = "unreachable";
      return { reason, place, detail };
    }
  }
}
