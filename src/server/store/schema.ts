import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { DefinitionKind } from "../../contract/definitions.ts";
import type { CommandLine, FormValues, TaskResult } from "../../contract/requests.ts";
import type { RequestState, RunState } from "../../contract/states.ts";
import type { RunEvent } from "../../engine/events.ts";
import type { AccessTables } from "./tables/access.ts";
import type { ApprovalTables, RequestApprovalColumns, RunPhaseColumns } from "./tables/approvals.ts";
import type { AuditTables } from "./tables/audit.ts";
import type { FleetTables } from "./tables/fleet.ts";
import type { PeopleTables } from "./tables/people.ts";
import type { HistoryTables } from "./tables/history.ts";
import type { NotificationTables } from "./tables/notifications.ts";
import type { Json, MaybeTimestamp, Timestamp, TimestampNow } from "./tables/columns.ts";

/** The tables, as migrations.ts makes them. */
export interface Schema
  extends AccessTables, HistoryTables, ApprovalTables, AuditTables, FleetTables, PeopleTables, NotificationTables {
  account: {
    id: GeneratedAlways<number>;
    name: string;
    display_name: string;
    password_hash: string;
    email: Generated<string>;
    /** Name of a role. */
    role: string;
    active: Generated<boolean>;
    must_change_password: Generated<boolean>;
    last_sign_in: MaybeTimestamp;
    version: Generated<number>;
    /** A definition of kind sign_in_method; null: by a password kept here. */
    method: number | null;
    /** What that method knows the person by; with it, `password_hash` is ''. */
    external_subject: string | null;
    created_at: TimestampNow;
  };
  sign_in_failure: { name: string; failures: number; at: TimestampNow; locked_until: MaybeTimestamp };
  user_group: { id: GeneratedAlways<number>; name: string; description: Generated<string> };
  user_group_member: { user_group: number; account: number };
  session: {
    id: GeneratedAlways<number>;
    token_hash: Buffer;
    account: number;
    csrf_token: string;
    created_at: TimestampNow;
    seen_at: TimestampNow;
    expires_at: Timestamp;
    address: string;
    agent: string;
  };
  definition: {
    id: GeneratedAlways<number>;
    kind: DefinitionKind;
    name: string;
    version: Generated<number>;
    environment: number | null;
    category: number | null;
    data: Json<Record<string, unknown>>;
    author: string;
    updated_at: TimestampNow;
    deleted_at: MaybeTimestamp;
  };
  definition_version: {
    definition: number;
    version: number;
    author: string;
    at: TimestampNow;
    data: Json<Record<string, unknown>>;
  };
  definition_reference: { source: number; target: number };
  work_order_submitter: { work_order: number; user_group: number };
  option_fetch: {
    id: GeneratedAlways<number>;
    variable: number | null;
    source_hash: string;
    at: TimestampNow;
    milliseconds: number;
    bytes: number;
    ok: boolean;
    option_values: ColumnType<string[] | null, string | null, string | null>;
    problem: string | null;
  };
  favourite: { account: number; work_order: number };
  draft: {
    account: number;
    work_order: number;
    form_values: Json<FormValues>;
    note: Generated<string>;
    saved_at: TimestampNow;
  };
  request: RequestApprovalColumns & {
    id: GeneratedAlways<number>;
    work_order: number;
    order_version: number;
    order_name: string;
    environment: number;
    category: number | null;
    config_centre: number;
    account: number;
    state: RequestState;
    version: Generated<number>;
    form_values: Json<FormValues>;
    sealed_values: string | null;
    summary: string;
    lines: ColumnType<CommandLine[], string, string>;
    hash: string;
    made_from: ColumnType<Record<string, number>, string | undefined, string>;
    lock_policy: "queue" | "refuse" | "none";
    lock_key: string;
    note: Generated<string>;
    background: Generated<boolean>;
    usual_seconds: number | null;
    reason: string | null;
    break_glass: Generated<string | null>;
    job: string | null;
    submitted_at: TimestampNow;
    scheduled_at: MaybeTimestamp;
    queued_at: MaybeTimestamp;
    started_at: MaybeTimestamp;
    ended_at: MaybeTimestamp;
  };
  run: RunPhaseColumns & {
    id: GeneratedAlways<number>;
    request: number;
    state: RunState;
    spool: string;
    config_centre: number;
    place: string;
    spool_home: string | null;
    lease: Generated<number>;
    worker: string | null;
    started_at: MaybeTimestamp;
    ended_at: MaybeTimestamp;
    log_read: Generated<number>;
    log_bytes: Generated<number>;
    log_lines: Generated<number>;
    log_cut: Generated<boolean>;
    journal_read: Generated<number>;
    results: ColumnType<TaskResult[], string | undefined, string>;
    problem: string | null;
    stopping: "stop" | "abort" | "kill" | null;
    removed_at: MaybeTimestamp;
  };
  log_chunk: {
    run: number;
    start: number;
    length: number;
    first_line: number;
    lines: number;
    at: TimestampNow;
    bytes: Buffer;
  };
  run_event: { run: number; seq: number; event: ColumnType<RunEvent, string, never> };
  worker: {
    name: string;
    machine: string;
    started_at: TimestampNow;
    seen_at: TimestampNow;
    running: Generated<number>;
  };
  place_state: { config_centre: number; state: "ok" | "failing"; problem: string | null; at: TimestampNow };
}
