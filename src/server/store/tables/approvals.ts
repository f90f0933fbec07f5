import type { Generated, GeneratedAlways } from "kysely";
import type { MaybeTimestamp, Timestamp, TimestampNow } from "./columns.ts";

type RunPhase = "pre" | "main";

/** As migrations/approvals.ts makes them. */
export interface ApprovalTables {
  request_level: {
    request: number;
    level: number;
    name: string;
    user_group: number | null;
    group_name: string;
    quorum: number;
  };
  vote: {
    id: GeneratedAlways<number>;
    request: number;
    level: number;
    hash: string;
    account: number;
    on_behalf_of: number | null;
    decision: "approve" | "reject";
    reason: Generated<string>;
    at: TimestampNow;
    void: Generated<boolean>;
  };
  delegation: {
    id: GeneratedAlways<number>;
    account: number;
    delegate: number;
    from_at: Timestamp;
    until_at: Timestamp;
    reason: Generated<string>;
  };
  /** Views. */
  delegation_in_force: { id: number; account: number; delegate: number };
  asked_by_group: { account: number; user_group: number };
  asked_by_rule: { account: number; environment: number | null; category: number | null };
}

/** What the same migration adds to requests and runs. */
export interface RequestApprovalColumns {
  approval_flow: number | null;
  flow_name: string | null;
  self_approval: Generated<boolean>;
  distinct_people: Generated<boolean>;
  expiry_hours: number | null;
  run_on_approval: Generated<boolean>;
  level: number | null;
  expires_at: MaybeTimestamp;
  pre_task_first: Generated<boolean>;
  phase: Generated<RunPhase>;
}
export interface RunPhaseColumns {
  phase: Generated<RunPhase>;
  superseded: Generated<boolean>;
}
