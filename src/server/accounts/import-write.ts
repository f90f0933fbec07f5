import { sql } from "kysely";
import { audit, auditAll, type Actor } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";
import type { ImportedAccount, ImportPlan, ImportWorld, PlannedRow } from "./import-plan.ts";
import { oneTimePassword } from "./one-time-password.ts";
import { hashOneTime } from "./password-hash.ts";
import { nameTaken } from "./refused-rows.ts";

/** Rows of one INSERT: a statement has at most 65,535 parameters. */
const BATCH = 500;

/** Writes what is planned; returns the one-time passwords of the accounts that were made, by their names. */
export async function writeImport(
  trx: Database,
  plan: ImportPlan,
  world: ImportWorld,
  actor: Actor,
): Promise<Map<string, string>> {
  if (plan.newGroups.length > 0) await makeGroups(trx, plan.newGroups, actor);
  const groups = new Map(
    (await trx.selectFrom("user_group").select(["id", "name"]).execute()).map(({ id, name }) => [name, id]),
  );
  const created = plan.rows.filter(({ outcome }) => outcome === "created");
  const changed = plan.rows.filter(({ outcome }) => outcome === "changed");
  const passwords = new Map(created.map(({ name }) => [name, oneTimePassword()]));
  const ids = new Map<string, number>();
  for (let from = 0; from < created.length; from += BATCH) {
    const values = await Promise.all(
      created.slice(from, from + BATCH).map(async ({ account }) => ({
        ...columnsOf(account),
        password_hash: await hashOneTime(passwords.get(account.name) ?? oneTimePassword()),
        must_change_password: true,
      })),
    );
    const made = await trx.insertInto("account").values(values).returning(["id", "name"]).execute().catch(nameTaken);
    for (const { id, name } of made) ids.set(name, id);
  }
  for (const row of changed) await change(trx, row, world, actor);
  const members = [...created, ...changed].flatMap(({ id, account }) =>
    account.groups.map((name) => ({ account: id ?? ids.get(account.name) ?? 0, user_group: groups.get(name) ?? 0 })),
  );
  for (let from = 0; from < members.length; from += BATCH)
    await trx
      .insertInto("user_group_member")
      .values(members.slice(from, from + BATCH))
      .execute();
  await auditAll(
    trx,
    created.map(({ account }) => ({
      actor,
      action: "account-created",
      object: { kind: "account", id: ids.get(account.name) ?? 0, name: account.name },
      data: { ...account, import: true },
    })),
  );
  return passwords;
}

/** All but its groups, which it leaves for those that are planned. */
async function change(
  trx: Database,
  { id, account, changes }: PlannedRow,
  world: ImportWorld,
  actor: Actor,
): Promise<void> {
  if (id === undefined) throw new Error(`the account ${account.name} is planned to change and is not there`);
  await trx
    .updateTable("account")
    .set({ ...columnsOf(account), version: sql`version + 1` })
    .where("id", "=", id)
    .execute();
  await trx.deleteFrom("user_group_member").where("account", "=", id).execute();
  if (!account.active) await trx.deleteFrom("session").where("account", "=", id).execute();
  const before = world.accounts.get(account.name.toLowerCase());
  const pick = (from: ImportedAccount | undefined): Record<string, unknown> =>
    Object.fromEntries(changes.map((field) => [field, from?.[field]]));
  await audit(trx, {
    actor,
    action: "account-changed",
    object: { kind: "account", id, name: account.name },
    data: { before: pick(before), after: pick(account), import: true },
  });
}

async function makeGroups(trx: Database, names: readonly string[], actor: Actor): Promise<void> {
  const made = await trx
    .insertInto("user_group")
    .values(names.map((name) => ({ name })))
    .returning(["id", "name"])
    .execute()
    .catch(nameTaken);
  for (const { id, name } of made)
    await audit(trx, { actor, action: "user-group-created", object: { kind: "user_group", id, name } });
}

function columnsOf({ name, displayName, email, role, active }: ImportedAccount) {
  return { name, display_name: displayName, email, role, active };
}
