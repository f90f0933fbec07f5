import type { ColumnType, GeneratedAlways } from "kysely";

/** As migrations/audit.ts makes them. */
export interface AuditTables {
  audit_event: {
    id: GeneratedAlways<number>;
    seq: ColumnType<number | null, never, never>;
    at: ColumnType<Date, Date | string, never>;
    actor: ColumnType<string, string, never>;
    action: ColumnType<string, string, never>;
    object_kind: ColumnType<string, string, never>;
    object_id: ColumnType<string, string, never>;
    object_name: ColumnType<string, string, never>;
    body: ColumnType<string, string, never>;
    previous: ColumnType<Buffer | null, never, never>;
    hash: ColumnType<Buffer | null, never, never>;
  };
  audit_head: { one: ColumnType<boolean, never, never>; seq: number; hash: Buffer };
}
