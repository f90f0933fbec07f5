import { sql } from "kysely";
import type { Draft, FormValues } from "../../contract/requests.ts";
import type { Database } from "../store/database.ts";

/** What an account has typed into an order's form and not submitted yet. Secrets are never kept. */
export interface Drafts {
  find(account: number, order: number): Promise<Draft | null>;
  keep(account: number, order: number, values: FormValues, note: string): Promise<void>;
  forget(account: number, order: number): Promise<void>;
}

export function createDrafts(db: Database): Drafts {
  return {
    find: async (account, order) => {
      const row = await db
        .selectFrom("draft")
        .selectAll()
        .where("account", "=", account)
        .where("work_order", "=", order)
        .executeTakeFirst();
      return row === undefined
        ? null
        : { values: row.form_values, note: row.note, savedAt: row.saved_at.toISOString() };
    },
    keep: async (account, order, values, note) => {
      const form_values = JSON.stringify(values);
      await db
        .insertInto("draft")
        .values({ account, work_order: order, form_values, note })
        .onConflict((conflict) =>
          conflict.columns(["account", "work_order"]).doUpdateSet({ form_values, note, saved_at: sql`now()` }),
        )
        .execute();
    },
    forget: async (account, order) => {
      await db.deleteFrom("draft").where("account", "=", account).where("work_order", "=", order).execute();
    },
  };
}
