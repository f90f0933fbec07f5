import { sql } from "kysely";
import type { ImportReport } from "../../contract/people.ts";
import type { Handlers } from "../api/handlers.ts";
import { invalid } from "../api/problem-error.ts";
import { actorOf, audit, type Actor } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";
import { planImport, type ImportPlan, type ImportWorld } from "./import-plan.ts";
import { readImport, type ImportFile } from "./import-rows.ts";
import { writeImport } from "./import-write.ts";
import { keepAnAdministrator, oneAtATime } from "./last-administrator.ts";

export function importHandlers(db: Database): Handlers<"POST /accounts/import"> {
  return {
    "POST /accounts/import": async ({ body, caller }) => {
      const file = readImport(body.csv);
      if (!file.ok) throw invalid([file.failure]);
      return db.transaction().execute(async (trx) => {
        await oneAtATime(trx);
        const world = await worldOf(trx, file.value, body.createGroups, caller.id);
        const plan = planImport(file.value, world);
        if (body.dryRun || plan.rows.some(({ outcome }) => outcome === "problem")) return reportOf(plan);
        const passwords = await writeImport(trx, plan, world, actorOf(caller));
        await keepAnAdministrator(trx);
        await tell(trx, plan, actorOf(caller));
        return reportOf(plan, passwords);
      });
    },
  };
}

async function worldOf(
  trx: Database,
  { lines }: ImportFile,
  createGroups: boolean,
  caller: number,
): Promise<ImportWorld> {
  const names = [...new Set(lines.map(({ fields }) => (fields.name ?? "").toLowerCase()))];
  const [accounts, roles, groups] = [
    await trx
      .selectFrom("account")
      .select(["id", "name", "display_name as displayName", "email", "role", "active"])
      .select(
        sql<string[]>`(select coalesce(array_agg(g.name order by g.name), '{}') from user_group_member m
          join user_group g on g.id = m.user_group where m.account = account.id)`.as("groups"),
      )
      .where(sql<boolean>`lower(name) = any(${names}::text[])`)
      .forUpdate()
      .execute(),
    await trx.selectFrom("role").select("name").execute(),
    await trx.selectFrom("user_group").select("name").forKeyShare().execute(),
  ];
  return {
    accounts: new Map(accounts.map((account) => [account.name.toLowerCase(), account])),
    roles: new Set(roles.map(({ name }) => name)),
    groups: new Map(groups.map(({ name }) => [name.toLowerCase(), name])),
    createGroups,
    caller,
  };
}

function reportOf({ rows, newGroups }: ImportPlan, passwords?: ReadonlyMap<string, string>): ImportReport {
  return {
    applied: passwords !== undefined,
    rows: rows.map(({ line, name, outcome, changes, problems }) => ({
      line,
      name,
      outcome,
      changes,
      problems,
      password: passwords?.get(name) ?? null,
    })),
    newGroups: [...newGroups],
  };
}

async function tell(trx: Database, { rows, newGroups }: ImportPlan, actor: Actor): Promise<void> {
  const count = (outcome: string): number => rows.filter((row) => row.outcome === outcome).length;
  await audit(trx, {
    actor,
    action: "accounts-imported",
    object: { kind: "account", id: "", name: "" },
    data: { created: count("created"), changed: count("changed"), unchanged: count("unchanged"), newGroups },
  });
}
