import type { RequestState, RunState } from "../../../contract/states.ts";

export const states: Record<RequestState | RunState, string> = {
  waiting: "waiting for approval",
  approved: "approved",
  scheduled: "scheduled",
  queued: "queued",
  starting: "starting",
  running: "running",
  unreachable: "place unreachable",
  succeeded: "succeeded",
  failed: "failed",
  stopped: "stopped",
  lost: "lost",
  rejected: "rejected",
  revoked: "revoked",
  expired: "expired",
  refused: "refused",
};
