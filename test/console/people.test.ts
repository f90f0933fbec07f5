import { sql } from "kysely";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Permission } from "../../src/contract/states.ts";
import type { Database } from "../../src/server/store/database.ts";
import { openConsoleDatabase } from "./console-database.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";
import { fieldsOf, person, refusal, refused } from "./people.ts";

let open: OpenConsole;
let db: Database;
beforeAll(async () => {
  open = await openConsole();
  db = openConsoleDatabase(open.console.data);
});
afterAll(async () => {
  await db?.destroy();
  await open?.console.stop();
});

const role = async (name: string, client: ConsoleClient = open.admin) => {
  const found = (await client.call("GET /roles")).items.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no role ${name}`);
  return found;
};

describe("a role", () => {
  it("is made, given, renamed with its accounts, and deleted once nobody has it", async () => {
    const { admin } = open;
    await admin.call("POST /roles", { body: { name: "operator", permissions: ["fleet", "submit", "fleet"] } });
    expect(await role("operator")).toMatchObject({ version: 1, permissions: ["submit", "fleet"], builtIn: false });
    const { client, account } = await person(open, "ops", "operator");
    expect((await client.call("GET /session")).account.permissions).toEqual(["submit", "fleet"]);

    const changed = { name: "night shift", permissions: ["see"] as Permission[], version: 1 };
    await admin.call("PUT /roles/:name", { params: { name: "operator" }, body: changed });
    expect((await client.call("GET /session")).account).toMatchObject({ role: "night shift", permissions: ["see"] });
    expect(await role("night shift")).toMatchObject({ version: 2, accounts: 1 });

    const inUse = await refusal(admin.fetch("DELETE /roles/:name", { params: { name: "night shift" } }));
    expect(inUse).toMatchObject({ type: "in-use", usedBy: [{ kind: "account", id: account.id, name: "ops" }] });
    const body = { name: "ops", role: "submitter" };
    await admin.call("PUT /accounts/:id", { params: { id: account.id }, body });
    await admin.call("DELETE /roles/:name", { params: { name: "night shift" } });
    expect((await admin.call("GET /roles")).items.map(({ name }) => name)).not.toContain("night shift");
  });

  it("that is built in cannot be renamed or deleted; its permissions can be changed, but an administrator's", async () => {
    const { admin } = open;
    const change = (name: string, body: object) => admin.fetch("PUT /roles/:name", { params: { name }, body });
    const auditor = await role("auditor");
    expect(await fieldsOf(change("auditor", { ...bodyOf(auditor), name: "reader" }))).toEqual(["name built-in"]);
    expect(await refused(admin.fetch("DELETE /roles/:name", { params: { name: "auditor" } }))).toBe("409 built-in");
    expect((await change("auditor", { ...bodyOf(auditor), permissions: ["audit"] })).status).toBe(200);
    expect((await role("auditor")).permissions).toEqual(["audit"]);

    const administrator = await role("administrator");
    const less = { ...bodyOf(administrator), permissions: ["administer", "audit"] };
    expect(await fieldsOf(change("administrator", less))).toEqual(["permissions built-in"]);
    expect(await refused(admin.fetch("DELETE /roles/:name", { params: { name: "administrator" } }))).toBe(
      "409 built-in",
    );
  });

  it("is not changed over somebody else's change, nor made twice, in whatever case", async () => {
    const { admin } = open;
    const made = await admin.call("POST /roles", { body: { name: "tester", permissions: [] } });
    const change = (description: string) =>
      admin.fetch("PUT /roles/:name", { params: { name: "tester" }, body: { ...bodyOf(made), description } });
    expect((await change("first")).status).toBe(200);
    expect(await refusal(change("second"))).toMatchObject({ status: 409, type: "changed", currentVersion: 2 });
    const again = { name: "Tester", permissions: [] };
    expect(await fieldsOf(admin.fetch("POST /roles", { body: again }))).toEqual(["name taken"]);
    expect(await refused(admin.fetch("DELETE /roles/:name", { params: { name: "nobody" } }))).toBe("404 not-found");
  });
});

function bodyOf({ name, description, permissions, requireTotp, version }: Awaited<ReturnType<typeof role>>) {
  return { name, description, permissions, requireTotp, version };
}

describe("an object rule", () => {
  it("gives the members of a group a permission in an environment, until it is deleted", async () => {
    const { admin, environment } = open;
    const { client, account } = await person(open, "reader", "auditor");
    const group = await admin.call("POST /user-groups", { body: { name: "configurers" } });
    const body = { name: "reader", role: "auditor", groups: [group.id] };
    await admin.call("PUT /accounts/:id", { params: { id: account.id }, body });
    const permissions = async () => (await client.call("GET /session")).account.permissions;
    expect(await permissions()).not.toContain("configure");

    const rule = { userGroup: group.id, permission: "configure", environment };
    const made = await admin.call("POST /object-rules", { body: rule });
    expect(made).toMatchObject({ userGroup: { name: "configurers" }, environment: { name: "prod" }, category: null });
    expect(await permissions()).toContain("configure");
    expect(await fieldsOf(admin.fetch("POST /object-rules", { body: rule }))).toEqual(["permission taken"]);

    const inUse = await refusal(admin.fetch("DELETE /user-groups/:id", { params: { id: group.id } }));
    expect(inUse.usedBy).toEqual([{ kind: "object_rule", id: made.id, name: "configure in prod for configurers" }]);
    await admin.call("DELETE /object-rules/:id", { params: { id: made.id } });
    expect(await permissions()).not.toContain("configure");
    await admin.call("DELETE /user-groups/:id", { params: { id: group.id } });
    expect(await refused(admin.fetch("DELETE /object-rules/:id", { params: { id: made.id } }))).toBe("404 not-found");
  });

  it("names what is there, and an environment or a category", async () => {
    const { admin, configCentre } = open;
    const rule = { userGroup: 9999, permission: "see", environment: configCentre };
    const answer = admin.fetch("POST /object-rules", { body: rule });
    expect(await fieldsOf(answer)).toEqual(["userGroup unknown", "environment unknown"]);
    const group = await admin.call("POST /user-groups", { body: { name: "everywhere" } });
    const everywhere = { userGroup: group.id, permission: "see" };
    expect(await fieldsOf(admin.fetch("POST /object-rules", { body: everywhere }))).toEqual(["environment required"]);
    const administer = { userGroup: group.id, permission: "administer", environment: open.environment };
    expect((await admin.fetch("POST /object-rules", { body: administer })).status).toBe(400);
  });
});

describe("a user group", () => {
  it("that definitions use is not deleted, and they are named", async () => {
    const { admin, environment, configCentre } = open;
    const group = await admin.call("POST /user-groups", { body: { name: "used" } });
    const order = await admin.define("work_order", {
      name: "of-group",
      environment,
      configCentre,
      mainTask: "echo hi",
      submitters: [group.id],
    });
    const levels = [{ name: "leads", userGroup: group.id, quorum: 1 }];
    const flow = await admin.define("approval_flow", { name: "by-group", levels });
    const inUse = await refusal(admin.fetch("DELETE /user-groups/:id", { params: { id: group.id } }));
    expect(inUse.type).toBe("in-use");
    expect(inUse.usedBy).toContainEqual({ kind: "work_order", id: order.id, name: "of-group" });
    expect(inUse.usedBy).toContainEqual({ kind: "approval_flow", id: flow.id, name: "by-group" });
  });
});

describe("an account", () => {
  it("has an address, which is checked, and is not changed over somebody else's change", async () => {
    const { admin } = open;
    const body = { name: "addressed", role: "submitter", password: "long-enough-1", email: "a@example.org" };
    const made = await admin.call("POST /accounts", { body });
    expect(made).toMatchObject({ email: "a@example.org", totp: false, method: null, version: 1 });
    expect(await fieldsOf(admin.fetch("POST /accounts", { body: { ...body, email: "a at b" } }))).toEqual([
      "email format",
    ]);
    const change = { name: "addressed", role: "submitter", email: "b@example.org", version: 1 };
    const params = { id: made.id };
    expect((await admin.call("PUT /accounts/:id", { params, body: change })).version).toBe(2);
    const late = await refusal(admin.fetch("PUT /accounts/:id", { params, body: change }));
    expect(late).toMatchObject({ status: 409, type: "changed", currentVersion: 2 });
  });
});

describe("somebody always administers", () => {
  it("when two administrators demote each other at once, one of them stays", async () => {
    const { admin } = open;
    const one = await person(open, "one", "administrator");
    const two = await person(open, "two", "administrator");
    const { account: first } = await admin.call("GET /session");
    const off = { name: "admin", role: "administrator", active: false };
    await one.client.call("PUT /accounts/:id", { params: { id: first.id }, body: off });
    const demote = (by: ConsoleClient, { id, name }: { id: number; name: string }) =>
      by.fetch("PUT /accounts/:id", { params: { id }, body: { name, role: "submitter" } });

    // Both have been let in, and wait, when the first may go on.
    const answers = await db.transaction().execute(async (trx) => {
      await sql`select from role where name = 'administrator' for no key update`.execute(trx);
      const both = [demote(one.client, two.account), demote(two.client, one.account)];
      for (const deadline = Date.now() + 20_000; ; await delay(20)) {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
          where wait_event_type = 'Lock' and query like '%for no key update%'`.execute(db);
        if (rows[0]?.n === 2) return both;
        if (Date.now() > deadline) throw new Error("the two do not wait for each other");
      }
    });
    const statuses = await Promise.all(
      answers.map(async (answer) => {
        const response = await answer;
        return response.ok ? "200" : `${response.status} ${((await response.json()) as { type: string }).type}`;
      }),
    );
    expect(statuses.toSorted()).toEqual(["200", "409 last-administrator"]);

    const winner = statuses[0] === "200" ? one.client : two.client;
    const on = { ...off, active: true };
    await winner.call("PUT /accounts/:id", { params: { id: first.id }, body: on });
    await admin.signIn("admin", PASSWORD);
    for (const { account } of [one, two]) {
      const gone = { name: account.name, role: "submitter", active: false };
      await admin.call("PUT /accounts/:id", { params: { id: account.id }, body: gone });
    }
  });

  it("with a role of one's own making too: it cannot lose the permission while it is the last", async () => {
    const { admin } = open;
    const chief = await admin.call("POST /roles", { body: { name: "chief", permissions: ["administer", "audit"] } });
    const { client, account } = await person(open, "chief", "chief");
    const { account: first } = await admin.call("GET /session");
    const off = { name: "admin", role: "administrator", active: false };
    await client.call("PUT /accounts/:id", { params: { id: first.id }, body: off });

    const less = { name: "chief", permissions: ["audit"], version: chief.version };
    const params = { name: "chief" };
    expect(await refused(client.fetch("PUT /roles/:name", { params, body: less }))).toBe("409 last-administrator");
    expect((await role("chief", client)).permissions).toContain("administer");
    const own = { name: "chief", role: "submitter" };
    expect(await refused(client.fetch("PUT /accounts/:id", { params: { id: account.id }, body: own }))).toBe(
      "409 own-account",
    );
    const csv = "name,role,active\nchief,chief,false\n";
    const report = await client.call("POST /accounts/import", { body: { csv, dryRun: false } });
    expect(report.applied).toBe(false);
    expect(report.rows[0]?.problems[0]?.rule).toBe("own-account");

    await client.call("PUT /accounts/:id", { params: { id: first.id }, body: { ...off, active: true } });
    await admin.signIn("admin", PASSWORD);
    expect((await admin.fetch("PUT /roles/:name", { params, body: less })).status).toBe(200);
    expect(await refused(client.fetch("GET /accounts"))).toBe("403 not-allowed");
  });
});

it("every change of people is in the audit, with who did it and what was before", async () => {
  const events = await db.selectFrom("audit_event").select(["action", "actor", "object_name", "body"]).execute();
  const told = events.map(({ action, actor, object_name }) => `${actor} ${action} ${object_name}`);
  for (const each of [
    "admin role-created operator",
    "admin role-changed night shift",
    "admin role-deleted night shift",
    "admin rule-created configure in prod for configurers",
    "admin rule-deleted configure in prod for configurers",
    "admin user-group-created configurers",
    "admin user-group-deleted configurers",
    "admin account-created ops",
    "admin account-changed ops",
    "ops password-changed ops",
    "ops signed-in ops",
  ])
    expect(told).toContain(each);
  const renamed = events.find(({ action, object_name }) => action === "role-changed" && object_name === "night shift");
  expect(JSON.parse(renamed?.body ?? "")).toMatchObject({
    data: { before: { name: "operator", permissions: ["submit", "fleet"] }, after: { permissions: ["see"] } },
  });
  expect(events.map(({ body }) => body).join("\n")).not.toContain('-password"');
});
