import { sql } from "kysely";
import type { ExternalIdentity } from "../../adapters/identity/external-identity.ts";
import { AccountInput } from "../../contract/accounts.ts";
import type { SignInProblem } from "../../contract/sign-in-problems.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { audit, type Actor } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";
import { isForeignKeyViolation } from "../store/violations.ts";
import { mappedGroups, syncGroups } from "./group-mapping.ts";
import type { UsableMethod } from "./sign-in-methods.ts";

/** What becomes of somebody whom a method vouches for. */
export type ExternalOutcome = Extract<SignInProblem, "no-account" | "inactive" | "name-taken" | "no-name">;

export interface ExternalAccount {
  readonly id: number;
  readonly name: string;
}

/**
 * The account of somebody whom a method vouches for: found by method and subject, never by the name, and made at the
 * first sign-in where the method says so. Name in full, e-mail and mapped user groups become what they are there.
 */
export async function externalAccount(
  db: Database,
  method: UsableMethod,
  identity: ExternalIdentity,
  address: string,
): Promise<Result<ExternalAccount, ExternalOutcome | "set-up">> {
  const actor = (account: ExternalAccount): Actor => ({ ...account, via: "sign-in", address });
  try {
    return await db.transaction().execute(async (trx) => {
      const there = (await findAccount(trx, method, identity)) ?? (await makeAccount(trx, method, identity, actor));
      if (!("id" in there)) return there;
      if (!there.active) return fail("inactive");
      const { id, name } = there;
      const changed = await updateAccount(trx, id, identity);
      const groups = await syncGroups(trx, id, method.data, identity.groups);
      if (!there.made && (changed || groups.added.length + groups.removed.length > 0))
        await audit(trx, {
          actor: actor({ id, name }),
          action: "account-changed",
          object: { kind: "account", id, name },
          data: { method: method.name, groupsAdded: groups.added, groupsRemoved: groups.removed },
        });
      return ok({ id, name });
    });
  } catch (error) {
    // The role was deleted since the method was saved.
    if (isForeignKeyViolation(error)) return fail("set-up");
    throw error;
  }
}

/** What would become of somebody, without doing it. */
export async function externalOutcome(
  db: Database,
  method: UsableMethod,
  identity: ExternalIdentity,
): Promise<{ readonly outcome: "known" | "made" | ExternalOutcome; readonly userGroups: readonly number[] }> {
  const userGroups = mappedGroups(method.data, identity.groups);
  const there = await findAccount(db, method, identity);
  if (there !== undefined) return { outcome: there.active ? "known" : "inactive", userGroups };
  if (!method.data.createAccounts) return { outcome: "no-account", userGroups };
  const name = accountName(identity);
  if (name === undefined) return { outcome: "no-name", userGroups };
  const other = await db
    .selectFrom("account")
    .select("id")
    .where(sql`lower(name)`, "=", name.toLowerCase())
    .executeTakeFirst();
  return { outcome: other === undefined ? "made" : "name-taken", userGroups };
}

interface Found extends ExternalAccount {
  readonly active: boolean;
  readonly made: boolean;
}

async function findAccount(
  db: Database,
  method: Pick<UsableMethod, "id">,
  { subject }: ExternalIdentity,
): Promise<Found | undefined> {
  const row = await db
    .selectFrom("account")
    .select(["id", "name", "active"])
    .where("method", "=", method.id)
    .where("external_subject", "=", subject)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, made: false };
}

async function makeAccount(
  trx: Database,
  method: UsableMethod,
  identity: ExternalIdentity,
  actor: (account: ExternalAccount) => Actor,
): Promise<Found | { readonly ok: false; readonly failure: ExternalOutcome }> {
  if (!method.data.createAccounts) return fail("no-account");
  const name = accountName(identity);
  if (name === undefined) return fail("no-name");
  const made = await trx
    .insertInto("account")
    .values({
      name,
      display_name: identity.displayName.slice(0, 100),
      password_hash: "",
      role: method.data.role,
      method: method.id,
      external_subject: identity.subject,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(["id", "name"])
    .executeTakeFirst();
  // Nothing was made: somebody else has the name, unless the same person has signed in twice at the same moment.
  if (made === undefined) return (await findAccount(trx, method, identity)) ?? fail("name-taken");
  await audit(trx, {
    actor: actor(made),
    action: "account-created",
    object: { kind: "account", ...made },
    data: { method: method.name, role: method.data.role },
  });
  return { ...made, active: true, made: true };
}

/** A name that an account may have; undefined where the one from there is none. */
function accountName({ name }: ExternalIdentity): string | undefined {
  return AccountInput.shape.name.safeParse(name).data;
}

/** Takes over what is known there; what is not known stays as it is. True when something differs now. */
async function updateAccount(trx: Database, id: number, identity: ExternalIdentity): Promise<boolean> {
  const displayName = identity.displayName.trim().slice(0, 100);
  const email = AccountInput.shape.email.safeParse(identity.email).data ?? "";
  const row = await trx
    .selectFrom("account")
    .select(["display_name", "email"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const next = {
    display_name: displayName === "" ? row.display_name : displayName,
    email: email === "" ? row.email : email,
  };
  if (next.display_name === row.display_name && next.email === row.email) return false;
  await trx
    .updateTable("account")
    .set({ ...next, version: sql`version + 1` })
    .where("id", "=", id)
    .execute();
  return true;
}
