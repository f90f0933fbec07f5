import type { Person, VoteInput } from "../../contract/approvals.ts";
import type { RequestDetail } from "../../contract/requests.ts";

export type Decision = VoteInput["decision"];

/** A request as somebody looks at it who is asked: what a vote is bound to, and for whom he may vote. */
export interface Subject {
  readonly id: number;
  readonly order: { readonly name: string };
  readonly environment: { readonly name: string };
  readonly hash: string;
  readonly version: number;
  readonly mayVote: boolean;
  readonly mayVoteFor: readonly Person[];
}

/** The request that somebody is asked about; undefined: he is not asked now. */
export function subjectOf({ approval, ...request }: RequestDetail): Subject | undefined {
  if (request.state !== "waiting" || approval === null) return undefined;
  const { mayVote, mayVoteFor } = approval;
  return mayVote || mayVoteFor.length > 0 ? { ...request, mayVote, mayVoteFor } : undefined;
}

/** What has happened to a request between looking at it and voting on it. */
export type Meanwhile =
  /** Nobody is asked any more. */
  | { readonly kind: "decided"; readonly request: RequestDetail }
  /** Others are asked now. */
  | { readonly kind: "next-level"; readonly request: RequestDetail }
  /** Somebody else has voted; what would run is the same, and this vote can still count. */
  | { readonly kind: "voted"; readonly request: RequestDetail; readonly subject: Subject }
  /** What it was made from has been changed: its submitter has to renew it before anybody can approve it. */
  | { readonly kind: "outdated"; readonly request: RequestDetail }
  /** Something else would run. */
  | { readonly kind: "changed"; readonly request: RequestDetail };

/** Compares what was looked at with what there is now. */
export function meanwhileOf(seen: Subject, decision: Decision, request: RequestDetail): Meanwhile {
  if (request.state !== "waiting") return { kind: "decided", request };
  if (request.hash !== seen.hash) return { kind: "changed", request };
  if (decision === "approve" && (request.approval?.outdated.length ?? 0) > 0) return { kind: "outdated", request };
  const subject = subjectOf(request);
  return subject === undefined ? { kind: "next-level", request } : { kind: "voted", request, subject };
}

/** What to call somebody. */
export function personName({ name, displayName }: { readonly name: string; readonly displayName: string }): string {
  return displayName === "" ? name : displayName;
}
