import type { Delegation, DelegationInput, Person } from "../../contract/approvals.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { invalid, notFound, ProblemError } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";

/** Days for which somebody can be away. */
const LONGEST = 366;
const PEOPLE = 50;

/** Delegations of an account and to it, newest first. */
export async function delegationsOf(db: Database, account: number): Promise<Delegation[]> {
  const rows = await delegations(db)
    .where((eb) => eb.or([eb("d.account", "=", account), eb("d.delegate", "=", account)]))
    .execute();
  return rows.map(shown);
}

/** From the caller to somebody else. */
export async function delegate(db: Database, caller: SignedIn, input: DelegationInput): Promise<Delegation> {
  const [from, until] = [new Date(input.from), new Date(input.until)];
  const problem = (field: string, rule: string, message: string) => invalid([{ field, rule, message }]);
  if (until.getTime() <= from.getTime()) throw problem("until", "before-from", "Give an end that is after its begin.");
  if (until.getTime() <= Date.now()) throw problem("until", "in-the-past", "Give an end that is still to come.");
  if (until.getTime() > from.getTime() + LONGEST * 86_400_000)
    throw problem("until", "too-far", `Give an end within ${LONGEST} days.`);
  const to = await people(db)
    .where((eb) => eb(eb.fn<string>("lower", ["a.name"]), "=", input.delegate.toLowerCase()))
    .executeTakeFirst();
  if (to === undefined)
    throw problem("delegate", "unknown", "There is no active account of that name that may approve.");
  if (to.id === caller.id) throw problem("delegate", "own-account", "Choose somebody else.");
  return db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto("delegation")
      .values({ account: caller.id, delegate: to.id, from_at: from, until_at: until, reason: input.reason })
      .returning("id")
      .executeTakeFirstOrThrow();
    await audit(trx, {
      actor: actorOf(caller),
      action: "delegation-created",
      object: { kind: "delegation", id, name: to.name },
      data: { account: caller.name, delegate: to.name, from: from.toISOString(), until: until.toISOString() },
    });
    return shown(await delegations(trx).where("d.id", "=", id).executeTakeFirstOrThrow());
  });
}

/** By who has delegated, or an administrator; others do not learn that it is there, but for the delegate. */
export async function endDelegation(db: Database, caller: SignedIn, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await delegations(trx).where("d.id", "=", id).executeTakeFirst();
    const mayEnd = row?.account === caller.id || caller.everywhere.includes("administer");
    if (row === undefined || (!mayEnd && row.delegate !== caller.id)) throw notFound("delegation");
    if (!mayEnd) throw new ProblemError(403, "not-allowed", "Only who has delegated, or an administrator, may end it.");
    await trx.deleteFrom("delegation").where("id", "=", id).execute();
    await audit(trx, {
      actor: actorOf(caller),
      action: "delegation-deleted",
      object: { kind: "delegation", id, name: row.delegate_name },
      data: { account: row.account_name, delegate: row.delegate_name },
    });
  });
}

/** Who could decide for the caller, by a part of a name. */
export async function possibleDelegates(db: Database, caller: SignedIn, text: string): Promise<Person[]> {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = await people(db)
    .where("a.id", "<>", caller.id)
    .where((eb) => eb.or([eb("a.name", "ilike", pattern), eb("a.display_name", "ilike", pattern)]))
    .orderBy("a.name")
    .limit(PEOPLE)
    .execute();
  return rows.map(({ id, name, display_name }) => ({ id, name, displayName: display_name }));
}

/** Active accounts that may approve, by their role or by a rule for some part. */
function people(db: Database) {
  return db
    .selectFrom("account as a")
    .innerJoin("role as r", "r.name", "a.role")
    .select(["a.id", "a.name", "a.display_name"])
    .where("a.active", "=", true)
    .where((eb) =>
      eb.or([
        eb(eb.val("approve"), "=", eb.fn.any("r.permissions")),
        eb.exists(eb.selectFrom("asked_by_rule as o").select("o.account").whereRef("o.account", "=", "a.id")),
      ]),
    );
}

function delegations(db: Database) {
  return db
    .selectFrom("delegation as d")
    .innerJoin("account as p", "p.id", "d.account")
    .innerJoin("account as q", "q.id", "d.delegate")
    .leftJoin("delegation_in_force as f", "f.id", "d.id")
    .select(["d.id", "d.account", "d.delegate", "d.from_at", "d.until_at", "d.reason", "f.id as in_force"])
    .select(["p.name as account_name", "p.display_name as account_display"])
    .select(["q.name as delegate_name", "q.display_name as delegate_display"])
    .orderBy("d.id", "desc");
}

type Row = Awaited<ReturnType<ReturnType<typeof delegations>["executeTakeFirstOrThrow"]>>;

function shown(row: Row): Delegation {
  return {
    id: row.id,
    account: { id: row.account, name: row.account_name, displayName: row.account_display },
    delegate: { id: row.delegate, name: row.delegate_name, displayName: row.delegate_display },
    from: row.from_at.toISOString(),
    until: row.until_at.toISOString(),
    reason: row.reason,
    inForce: row.in_force !== null,
  };
}
