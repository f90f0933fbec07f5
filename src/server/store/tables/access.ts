import type { Generated, GeneratedAlways } from "kysely";
import type { Permission, RulePermission } from "../../../contract/states.ts";
import type { MaybeTimestamp, Timestamp, TimestampNow } from "./columns.ts";

/** As migrations/access.ts makes them. */
export interface AccessTables {
  role: {
    name: string;
    version: Generated<number>;
    description: Generated<string>;
    permissions: Permission[];
    require_totp: Generated<boolean>;
    built_in: Generated<boolean>;
  };
  object_rule: {
    id: GeneratedAlways<number>;
    user_group: number;
    permission: RulePermission;
    environment: number | null;
    category: number | null;
  };
  api_token: {
    id: GeneratedAlways<number>;
    account: number;
    name: string;
    token_hash: Buffer;
    prefix: string;
    permissions: Permission[];
    created_at: TimestampNow;
    expires_at: Timestamp;
    used_at: MaybeTimestamp;
    used_from: string | null;
    revoked_at: MaybeTimestamp;
  };
  definition_user_group: { definition: number; user_group: number };
}
