import type { Generated } from "kysely";
import type { MaybeTimestamp, TimestampNow } from "./columns.ts";

/** As migrations/people.ts makes them. */
export interface PeopleTables {
  totp: {
    account: number;
    secret: string;
    created_at: TimestampNow;
    confirmed_at: MaybeTimestamp;
    last_step: Generated<number>;
  };
  recovery_code: { account: number; code_hash: Buffer; used_at: MaybeTimestamp };
}
