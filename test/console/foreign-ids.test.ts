import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "kysely";
import type { Routes } from "../../src/contract/routes.ts";
import { RULE_PERMISSIONS } from "../../src/contract/states.ts";
import type { Database } from "../../src/server/store/database.ts";
import { openConsoleDatabase } from "./console-database.ts";
import type { ConsoleClient } from "./console-client.ts";
import { centreWith, gantryHome } from "./gantry-home.ts";
import { openConsole, type OpenConsole } from "./open-console.ts";
import { person, type Person } from "./people.ts";

/**
 * Ids of things that are somebody else's. The intruder passes every door but the administration's: he may submit,
 * approve, configure and see, all of it in another environment only.
 */
let open: OpenConsole;
let db: Database;
let owner: Person;
let intruder: Person;
let elsewhere: number;
const ids = { order: 0, ordered: 0, run: 0, request: 0, version: 0, token: 0, session: 0, delegation: 0, centre: 0 };
let hash = "";
const home = gantryHome(
  { demo1: { DockerImageURL: "registry.example.com/", hosts: "web1" } },
  "web1 ansible_host=127.0.0.1\n",
);

beforeAll(async () => {
  open = await openConsole();
  db = openConsoleDatabase(open.console.data);
  const { admin, environment, configCentre } = open;
  const group = async (name: string): Promise<number> => (await admin.call("POST /user-groups", { body: { name } })).id;
  const [developers, approvers, others] = [await group("developers"), await group("approvers"), await group("others")];
  elsewhere = (await admin.define("environment", { name: "elsewhere" })).id;
  for (const permission of RULE_PERMISSIONS)
    await admin.call("POST /object-rules", { body: { userGroup: others, permission, environment: elsewhere } });
  await admin.call("POST /roles", {
    body: { name: "busy", permissions: ["submit", "approve", "dashboard", "fleet", "break-glass"] },
  });
  owner = await person(open, "owner");
  intruder = await person(open, "intruder", "busy");
  await putIn(owner, "submitter", [developers, approvers]);
  await putIn(intruder, "busy", [others]);

  const variable = await admin.define("variable", {
    name: "fruit",
    label: "Fruit",
    formType: "text",
    source: { kind: "input" },
  });
  const variableGroup = (await admin.define("variable_group", { name: "fruits", variables: [variable.id] })).id;
  const approvalFlow = (
    await admin.define("approval_flow", { name: "flow", levels: [{ name: "one", userGroup: approvers, quorum: 2 }] })
  ).id;
  const common = { environment, configCentre, variableGroup, mainTask: "echo {fruit}", submitters: [developers] };
  ids.order = (await admin.define("work_order", { ...common, name: "free" })).id;
  ids.ordered = (await admin.define("work_order", { ...common, name: "approved", approvalFlow })).id;
  ids.centre = await centreWith(open, home);
  const fleetTask = { configCentre: ids.centre, mainTask: "gantry inquiry demo1 -e prod", submitters: [developers] };
  await admin.define("work_order", { name: "fleet", environment, ...fleetTask });
  const { client } = owner;
  ids.run = (await client.until((await client.submit(ids.order, { fruit: "pear" })).id)).run?.id ?? 0;
  const waiting = await client.submit(ids.ordered, { fruit: "plum" });
  [ids.request, ids.version, hash] = [waiting.id, waiting.version, waiting.hash];
  await client.call("PUT /orders/:id/draft", { params: { id: ids.order }, body: { values: { fruit: ["quince"] } } });
  const token = { name: "CI", permissions: ["submit"], days: 1 };
  ids.token = (await client.call("POST /tokens", { body: token })).id;
  ids.session = (await client.call("GET /sessions")).items[0]?.id ?? 0;
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const away = { delegate: "admin", from: new Date().toISOString(), until };
  ids.delegation = (await client.call("POST /delegations", { body: away })).id;
});
afterAll(async () => {
  await db?.destroy();
  await open?.console.stop();
  home.remove();
});

async function putIn({ account: { id, name } }: Person, role: string, groups: number[]): Promise<void> {
  await open.admin.call("PUT /accounts/:id", { params: { id }, body: { name, role, groups } });
}

type WithId = Extract<keyof Routes, `${string}:${string}`>;
interface Attempt {
  readonly params: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, number | string>>;
  readonly body?: unknown;
  /** 404 where it is not said. */
  readonly status?: 403 | 204 | 200;
}
const values = { fruit: ["mine"] };
const order = (body?: unknown) => (): Attempt => ({ params: { id: ids.order }, body });
const request = (body?: () => unknown) => (): Attempt => ({ params: { id: ids.request }, body: body?.() });
const run = (): Attempt => ({ params: { id: ids.run }, query: { q: "pear" } });
const named = (name: string) => (): Attempt => ({ params: { name }, query: { environment: open.environment } });
/** Configuring a part shows all of the configuration and changes only the part. */
const definition = (status: 403 | 200, body?: unknown) => (): Attempt => ({
  params: { kind: "work_order", id: ids.order },
  body,
  status,
});
/** Only administrators come in; what the ids say does not matter. */
const administration = (body?: unknown) => (): Attempt => ({
  params: { id: owner.account.id, token: ids.token, name: "submitter" },
  body,
  status: 403,
});
const whole = () => ({
  name: "free",
  environment: elsewhere,
  configCentre: open.configCentre,
  mainTask: "echo stolen",
});

/** A route with an id that is not here does not compile. */
const ATTEMPTS: { readonly [N in WithId]: () => Attempt } = {
  "GET /orders/:id": order(),
  "PUT /orders/:id/favourite": order({ favourite: true }),
  "POST /orders/:id/options": order({ variable: "fruit" }),
  "POST /orders/:id/preview": order({ values }),
  "POST /orders/:id/plan": order({ values }),
  "GET /orders/:id/draft": order(),
  "PUT /orders/:id/draft": order({ values }),
  // Forgets a draft of the caller's own, which there is none of.
  "DELETE /orders/:id/draft": () => ({ params: { id: ids.order }, status: 204 }),
  "GET /requests/:id": request(),
  "GET /requests/:id/values": request(),
  "PUT /requests/:id": request(() => ({ version: ids.version, values })),
  "POST /requests/:id/plan": request(),
  "POST /requests/:id/actions": request(() => ({ action: "revoke", version: ids.version })),
  "POST /requests/:id/votes": request(() => ({ decision: "reject", reason: "no", hash, version: ids.version })),
  "GET /runs/:id/log": run,
  "GET /runs/:id/log/lines": run,
  "GET /runs/:id/log/search": run,
  "GET /runs/:id/events": run,
  "DELETE /tokens/:id": () => ({ params: { id: ids.token } }),
  "DELETE /sessions/:id": () => ({ params: { id: ids.session } }),
  "DELETE /delegations/:id": () => ({ params: { id: ids.delegation } }),
  "GET /fleet/hosts/:name": named("web1"),
  "GET /fleet/projects/:name": named("demo1"),
  "GET /definitions/:kind/:id": definition(200),
  "GET /definitions/:kind/:id/versions": definition(200),
  "PUT /definitions/:kind/:id": () => definition(403, { version: 1, data: whole() })(),
  "DELETE /definitions/:kind/:id": definition(403),
  "POST /definitions/:kind/:id/copy": definition(403, { name: "copy" }),
  // Those of administration are refused whatever one configures.
  "GET /definitions/:kind": () => ({ params: { kind: "sign_in_method" }, status: 403 }),
  "POST /definitions/:kind": () => ({
    params: { kind: "environment" },
    body: { data: { name: "third" } },
    status: 403,
  }),
  "PUT /accounts/:id": administration({ name: "owner", role: "busy" }),
  "GET /accounts/:id/tokens": administration(),
  "DELETE /accounts/:id/tokens/:token": administration(),
  "GET /accounts/:id/sessions": administration(),
  "DELETE /accounts/:id/sessions": administration(),
  "DELETE /accounts/:id/totp": administration(),
  "PUT /user-groups/:id": administration({ name: "stolen" }),
  "DELETE /user-groups/:id": administration(),
  "PUT /roles/:name": administration({ version: 1, name: "submitter", permissions: ["administer"] }),
  "DELETE /roles/:name": administration(),
  "DELETE /object-rules/:id": administration(),
};

/** All that people could have changed, as one text. */
async function everything(): Promise<string> {
  const kept: string[] = [];
  for (const table of [
    "request",
    "vote",
    "draft",
    "favourite",
    "delegation",
    "definition",
    "definition_version",
    "account",
    "user_group",
    "user_group_member",
    "object_rule",
    "role",
  ]) {
    const { rows } = await sql<{ text: string }>`
      select coalesce(string_agg(t::text, e'\n' order by t::text), '') as text from ${sql.table(table)} t`.execute(db);
    kept.push(`${table}: ${rows[0]?.text ?? ""}`);
  }
  const tokens = await db.selectFrom("api_token").select(["id", "revoked_at"]).orderBy("id").execute();
  const sessions = await db.selectFrom("session").select("id").orderBy("id").execute();
  return [...kept, JSON.stringify(tokens), JSON.stringify(sessions)].join("\n\n");
}

describe("what is somebody else's is not there, and is not changed:", () => {
  it.each(Object.keys(ATTEMPTS) as WithId[])("%s", async (name) => {
    const before = await everything();
    const { status = 404, ...input } = ATTEMPTS[name]();
    const answer = await intruder.client.fetch(name, input);
    const text = await answer.text();
    expect(answer.status, text).toBe(status);
    if (status === 403 || status === 404) expect(text).not.toMatch(/pear|plum|quince|echo/);
    expect(await everything()).toBe(before);
  });

  it("and the owner finds all of it as it was", async () => {
    const { client } = owner;
    expect((await client.request(ids.request)).state).toBe("waiting");
    const draft = await client.call("GET /orders/:id/draft", { params: { id: ids.order } });
    expect(draft?.values).toEqual({ fruit: ["quince"] });
    expect((await client.fetch("GET /session")).status).toBe(200);
  });
});

describe("lists have nothing that is somebody else's:", () => {
  const client = (): ConsoleClient => intruder.client;

  it("orders, requests, the page Now, the inbox, tokens, sessions, delegations", async () => {
    expect((await client().call("GET /orders")).items).toEqual([]);
    for (const query of [{}, { order: ids.order }, { by: "owner" }, { text: "pear" }, { value: "fruit:pear" }])
      expect((await client().call("GET /requests", { query })).items, JSON.stringify(query)).toEqual([]);
    const now = await client().call("GET /now");
    expect(Object.values(now).flat()).toEqual([]);
    expect((await client().call("GET /approvals")).items).toEqual([]);
    expect(await client().call("GET /approvals/count")).toEqual({ count: 0 });
    expect((await client().call("GET /tokens")).items).toEqual([]);
    const own = await client().call("GET /sessions");
    expect(own.items.map(({ id }) => id)).not.toContain(ids.session);
    expect((await client().call("GET /delegations")).items).toEqual([]);
    const query = { account: owner.account.id };
    expect((await client().fetch("GET /delegations", { query })).status).toBe(403);
  });

  it("variables of orders, the CSV file and statistics, filtered to what may not be seen", async () => {
    for (const query of [{}, { order: ids.order }, { environment: open.environment }])
      expect((await client().call("GET /requests/variables", { query })).items).toEqual([]);
    const csv = Buffer.from(
      await client().call("GET /requests/csv", { query: { order: ids.order, columns: "fruit", language: "en" } }),
    ).toString("utf8");
    expect(csv.trim().split("\n")).toHaveLength(1);
    const seen = await owner.client.fetch("GET /requests/csv", { query: { order: ids.order, columns: "fruit" } });
    expect(await seen.text()).toContain("pear");
    for (const query of [{}, { order: ids.order }, { by: "owner" }, { environment: open.environment }])
      expect(JSON.stringify(await client().call("GET /statistics", { query }))).not.toMatch(
        /"requests":[1-9]|owner|free/,
      );
  });

  it("the fleet of an environment of which nothing may be seen", async () => {
    const { items } = await client().call("GET /fleet/environments");
    expect(items.map(({ id }) => id)).toEqual([elsewhere]);
    const body = { environment: open.environment };
    expect((await client().fetch("POST /fleet/refresh", { body })).status).toBe(404);
    for (const name of ["GET /fleet", "GET /fleet/state"] as const)
      expect((await client().fetch(name, { query: body })).status, name).toBe(404);
  });
});

describe("orders that an object rule gives for one part", () => {
  it("are listed and opened, and no others", async () => {
    const { admin, configCentre } = open;
    const given = await admin.define("work_order", {
      name: "given",
      environment: elsewhere,
      configCentre,
      mainTask: "echo hi",
    });
    const listed = await intruder.client.call("GET /orders");
    expect(listed.items.map(({ name }) => name)).toEqual(["given"]);
    expect((await intruder.client.fetch("GET /orders/:id", { params: { id: given.id } })).status).toBe(200);
  });
});

it("a config centre's secrets are sent nowhere by who may not change it", async () => {
  const data = { name: "ops", connection: "ssh", address: "127.0.0.1", port: 9, user: "x", password: "••••••••" };
  const verify = (client: ConsoleClient) =>
    client.fetch("POST /config-centres/verify", { body: { id: ids.centre, data } });
  expect((await verify(intruder.client)).status).toBe(403);
  expect((await verify(open.admin)).status).toBe(200);
});

it("a token is revoked only under the account that has it", async () => {
  const { items } = await open.admin.call("GET /accounts");
  const other = items.find(({ name }) => name === "intruder")?.id ?? 0;
  const params = { id: other, token: ids.token };
  expect((await open.admin.fetch("DELETE /accounts/:id/tokens/:token", { params })).status).toBe(404);
  const [token] = (await owner.client.call("GET /tokens")).items;
  expect(token?.revokedAt).toBeNull();
});

it("ids that nothing can have are refused, not stumbled over", async () => {
  for (const id of ["0", "-1", "1.5", "NaN", "1e99", "9007199254740991", "2147483648", "1;drop table role", "%00"]) {
    const answer = await fetch(`${open.console.url}/api/v1/requests/${encodeURIComponent(id)}`, {
      headers: { cookie: open.admin.cookie },
    });
    expect([400, 404], id).toContain(answer.status);
    for (const name of ["GET /orders/:id", "GET /definitions/:kind/:id", "GET /accounts/:id/tokens"] as const) {
      const { status } = await open.admin.fetch(name, { params: { id, kind: "work_order" } });
      expect([400, 404], `${name} ${id}`).toContain(status);
    }
  }
});
