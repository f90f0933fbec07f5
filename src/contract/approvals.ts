import { z } from "zod";
import { DEFINITION_KINDS } from "./definitions.ts";

/** Somebody, as votes and delegations name him. */
export const Person = z.object({ id: z.number(), name: z.string(), displayName: z.string() });
export type Person = z.infer<typeof Person>;

const DECISIONS = ["approve", "reject"] as const;

export const Vote = z.object({
  level: z.number(),
  /** Name of the account that has voted. */
  by: z.string(),
  displayName: z.string(),
  /** Name of the account for which it was, by a delegation; null: for itself. */
  onBehalfOf: z.string().nullable(),
  decision: z.enum(DECISIONS),
  reason: z.string(),
  at: z.string(),
});
export type Vote = z.infer<typeof Vote>;

/** A level of an approval flow, as an order's form tells of it. */
export const AskedLevel = z.object({ name: z.string(), group: z.string(), quorum: z.number() });
export type AskedLevel = z.infer<typeof AskedLevel>;

/** What a request was made from, and which is another version by now; `to` null: it was deleted. */
export const OutdatedPart = z.object({
  kind: z.enum(DEFINITION_KINDS),
  name: z.string(),
  from: z.number(),
  to: z.number().nullable(),
});
export type OutdatedPart = z.infer<typeof OutdatedPart>;

/** How the approval of a request stands. */
export const Approval = z.object({
  /** Name of the approval flow. */
  flow: z.string(),
  /** The level that is asked, from 1; null once all have passed. Where it was rejected, the level that did. */
  level: z.number().nullable(),
  /** First one first; with the votes that count. */
  levels: z.array(AskedLevel.extend({ level: z.number(), votes: z.array(Vote) })),
  /** Votes that a later change has voided. */
  voided: z.array(Vote),
  expiresAt: z.string().nullable(),
  /** While there are any nobody can approve: its submitter has to edit it, which takes over the newer ones. */
  outdated: z.array(OutdatedPart),
  selfApproval: z.boolean(),
  distinctPeople: z.boolean(),
  /** Whether the caller may vote now for himself. */
  mayVote: z.boolean(),
  /** For whom else he may vote now, by a delegation. */
  mayVoteFor: z.array(Person),
});
export type Approval = z.infer<typeof Approval>;

export const VoteInput = z.strictObject({
  decision: z.enum(DECISIONS),
  /** Of the request that was looked at; another one is refused with 409 `changed`. */
  hash: z.string().min(1).max(100),
  version: z.number().int().positive(),
  /** A rejection needs one. */
  reason: z.string().trim().max(2000).default(""),
  /** Id of the account for which it is, by a delegation; null: for oneself. */
  onBehalfOf: z.number().int().positive().nullable().default(null),
});
export type VoteInput = z.infer<typeof VoteInput>;

export const Delegation = z.object({
  id: z.number(),
  /** While this one is away … */
  account: Person,
  /** … this one decides for it. */
  delegate: Person,
  from: z.string(),
  until: z.string(),
  reason: z.string(),
  /** In force now: within its time, and both accounts are active. */
  inForce: z.boolean(),
});
export type Delegation = z.infer<typeof Delegation>;

export const DelegationInput = z.strictObject({
  /** Name of an account. */
  delegate: z.string().trim().min(1).max(100),
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }),
  reason: z.string().trim().max(2000).default(""),
});
export type DelegationInput = z.infer<typeof DelegationInput>;
