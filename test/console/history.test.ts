import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";

let open: OpenConsole;
/** May submit `deploy`; sees its own `fix` too. */
let member: ConsoleClient;
let deploy: number;
let fix: number;
let category: number;
const ids: Record<string, number> = {};

beforeAll(async () => {
  open = await openConsole();
  const { admin, environment, configCentre } = open;
  const group = await admin.call("POST /user-groups", { body: { name: "developers" } });
  await admin.call("POST /accounts", {
    body: { name: "wang", role: "submitter", groups: [group.id], password: "wang-password" },
  });
  member = new ConsoleClient(open.console.url);
  await member.signIn("wang", "wang-password", PASSWORD);
  category = (await admin.define("category", { name: "releases" })).id;
  const variable = (name: string, label: string, secret = false) =>
    admin.define("variable", { name, label, source: { kind: "input" }, formType: "text", secret, required: false });
  const variables = await admin.define("variable_group", {
    name: "values",
    variables: [
      (await variable("project", "项目")).id,
      (await variable("ticket", "Ticket")).id,
      (await variable("token", "Token", true)).id,
    ],
  });
  const order = async (name: string, more: { readonly submitters?: number[]; readonly category?: number }) =>
    (
      await admin.define("work_order", {
        name,
        environment,
        configCentre,
        variableGroup: variables.id,
        mainTask: "echo {project} {ticket}",
        ...more,
      })
    ).id;
  deploy = await order("deploy", { submitters: [group.id], category });
  fix = await order("fix", {});
  const submit = async (key: string, client: ConsoleClient, id: number, values: Record<string, string>, note = "") => {
    ids[key] = (await client.submit(id, values, { note })).id;
    await admin.until(ids[key]);
  };
  await submit("first", admin, deploy, { project: "demo1", ticket: "OPS-1", token: "hunter2-first" }, "修复支付网关");
  await submit("formula", member, deploy, { project: "demo2", ticket: "=1+2" });
  await submit("hidden", admin, fix, { project: "demo1", ticket: "+49 30" });
  await submit("last", admin, deploy, { project: "Demo3, 100%_" });
});
afterAll(async () => void (await open?.console.stop()));

type Query = Readonly<Record<string, string | number | readonly string[]>>;
const idOf = (key: string): number => ids[key] ?? 0;
async function listed(client: ConsoleClient, query: Query): Promise<(string | undefined)[]> {
  const { items } = await client.call("GET /requests", { query });
  return items.map(({ id }) => Object.keys(ids).find((key) => ids[key] === id));
}

describe("the history", () => {
  it.each<[string, () => Query, string[]]>([
    ["nothing", () => ({}), ["last", "hidden", "formula", "first"]],
    ["states", () => ({ state: "succeeded,failed" }), ["last", "hidden", "formula", "first"]],
    ["a state that none has", () => ({ state: "lost" }), []],
    ["an order", () => ({ order: fix }), ["hidden"]],
    ["a category", () => ({ category }), ["last", "formula", "first"]],
    ["no category", () => ({ category: 0 }), ["hidden"]],
    ["names in any case", () => ({ by: "WANG,nobody" }), ["formula"]],
    ["several names", () => ({ by: "wang,admin", order: fix }), ["hidden"]],
    ["a text of a value", () => ({ text: "ops-1" }), ["first"]],
    ["a text of the order's name", () => ({ text: "FIX" }), ["hidden"]],
    ["two Chinese characters of the note", () => ({ text: "网关" }), ["first"]],
    ["one character", () => ({ text: "付" }), ["first"]],
    ["words that all occur", () => ({ text: "demo1 deploy" }), ["first"]],
    ["characters that mean something in patterns", () => ({ text: "100%_" }), ["last"]],
    ["a pattern, as it is", () => ({ text: "d%o1" }), []],
    ["a value of one variable", () => ({ value: "project:demo1" }), ["hidden", "first"]],
    ["values of two variables", () => ({ value: ["project:demo1", "ticket:ops"] }), ["first"]],
    ["a value of another variable", () => ({ value: "ticket:demo1" }), []],
    ["a time to come", () => ({ from: new Date(Date.now() + 60_000).toISOString() }), []],
    ["a time with a zone", () => ({ to: "2020-01-01T00:00:00+08:00" }), []],
  ])("is filtered by %s", async (_name, query, expected) => {
    expect(await listed(open.admin, query())).toEqual(expected);
  });

  it("goes on where a page has ended", async () => {
    const page = await open.admin.call("GET /requests", { query: { limit: 3 } });
    expect(page.items).toHaveLength(3);
    expect(await listed(open.admin, { limit: 3, after: page.next ?? "" })).toEqual(["first"]);
  });

  it("shows to each only what he may see, whatever it is filtered by", async () => {
    expect(await listed(member, {})).toEqual(["last", "formula", "first"]);
    expect(await listed(member, { order: fix })).toEqual([]);
    expect(await listed(member, { text: "demo1" })).toEqual(["first"]);
    expect(await listed(member, { value: "ticket:49" })).toEqual([]);
    expect(await listed(member, { by: "admin" })).toEqual(["last", "first"]);
  });

  it("does not find secrets", async () => {
    expect(await listed(open.admin, { text: "hunter2" })).toEqual([]);
    expect(await listed(open.admin, { value: "token:hunter2" })).toEqual([]);
  });

  it.each([
    [{ state: "flying" }, "state"],
    [{ value: "project" }, "value"],
    [{ after: "x" }, "after"],
    [{ from: "yesterday" }, "from"],
  ])("says which filter is wrong: %o", async (query, field) => {
    const response = await open.admin.fetch("GET /requests", { query });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { fields: { field: string }[] }).fields[0]?.field).toBe(field);
  });

  it("carries the values of the variables that are asked for, never secret ones", async () => {
    const { items } = await open.admin.call("GET /requests", {
      query: { columns: "ticket,project,token", order: deploy },
    });
    expect(items.find(({ id }) => id === idOf("first"))?.values).toEqual({ ticket: ["OPS-1"], project: ["demo1"] });
    expect((await open.admin.call("GET /requests")).items[0]).not.toHaveProperty("values");
  });

  it("offers the variables of the orders that are left", async () => {
    const names = async (client: ConsoleClient, query: Query) =>
      (await client.call("GET /requests/variables", { query })).items;
    expect(await names(open.admin, {})).toEqual([
      { name: "project", label: "项目" },
      { name: "ticket", label: "Ticket" },
    ]);
    expect(await names(member, { order: deploy })).toHaveLength(2);
    expect(await names(member, { order: fix })).toEqual([]);
  });
});

describe("the CSV file", () => {
  const csv = async (client: ConsoleClient, query: Query = {}) => {
    const response = await client.fetch("GET /requests/csv", { query });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="requests-[\d-]+\.csv"$/);
    return Buffer.from(await response.arrayBuffer()).toString("utf8");
  };

  it("has what the list has, with columns, for spreadsheets", async () => {
    const text = await csv(open.admin, { columns: "project,ticket,token", zone: "Asia/Shanghai" });
    expect(text.startsWith("\uFEFF")).toBe(true);
    const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map((row) => Number(row["Request"]))).toEqual(["last", "hidden", "formula", "first"].map(idOf));
    expect(rows[3]).toMatchObject({
      "Work order": "deploy",
      Environment: "prod",
      Category: "releases",
      State: "succeeded",
      "Submitted by": "admin",
      project: "demo1",
      ticket: "OPS-1",
    });
    expect(rows[3]?.["Submitted (Asia/Shanghai)"]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(rows[0]?.["project"]).toBe("Demo3, 100%_");
    expect(text).not.toContain("token");
    expect(text).not.toContain("hunter2");
  });

  it("makes no formulas of what somebody has typed", async () => {
    const rows = parse(await csv(open.admin, { columns: "ticket" }), { bom: true, columns: true }) as Record<
      string,
      string
    >[];
    expect(rows.map(({ ticket }) => ticket)).toEqual(["", "'+49 30", "'=1+2", "OPS-1"]);
  });

  it("speaks Chinese where it is asked to", async () => {
    const rows = parse(await csv(open.admin, { language: "zh", order: fix }), { bom: true });
    expect(rows[0]).toContain("提单人");
    expect(rows[1]).toContain("成功");
  });

  it("has only what one may see, and what the filters leave", async () => {
    const rows = async (client: ConsoleClient, query: Query) =>
      parse(await csv(client, query), { bom: true, from: 2 }).map(([id]) => Number(id));
    expect(await rows(member, {})).toEqual(["last", "formula", "first"].map(idOf));
    expect(await rows(member, { text: "demo1" })).toEqual([idOf("first")]);
    expect(await rows(member, { order: fix })).toEqual([]);
  });

  it("refuses a zone that there is not", async () => {
    expect((await open.admin.fetch("GET /requests/csv", { query: { zone: "Mars/Olympus" } })).status).toBe(400);
  });
});

describe("the audit", () => {
  it("lists what was done here, is whole, and can be exported", async () => {
    const { admin } = open;
    const { items } = await admin.call("GET /audit", { query: { kind: "work_order", action: "definition-created" } });
    expect(items.map(({ object }) => object.name)).toEqual(["fix", "deploy"]);
    expect(items[0]).toMatchObject({ actor: { name: "admin", via: "session" }, action: "definition-created" });
    const check = await admin.call("POST /audit/check", { body: {} });
    expect(check).toMatchObject({ ok: true, broken: null });
    const later = await admin.call("POST /audit/check", { body: { expected: check.head } });
    expect(later.ok).toBe(true);
    const wrong = await admin.call("POST /audit/check", {
      body: { expected: { ...check.head, hash: "0".repeat(64) } },
    });
    expect(wrong).toMatchObject({ ok: false, broken: { what: "expected", seq: check.head.seq } });
    const lines = (await (await admin.fetch("GET /audit/export")).text()).trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(check.checked);
    expect(lines.at(-1)).toContain("audit-exported");
  });

  it("has no secret in it", async () => {
    expect(await (await open.admin.fetch("GET /audit/export")).text()).not.toContain("hunter2");
  });
});

it("counts what the history lists", async () => {
  const { total, orders, people, environments, categories } = await open.admin.call("GET /statistics", {
    query: { zone: "Asia/Shanghai", bucket: "hour", from: new Date(Date.now() - 3_600_000).toISOString() },
  });
  expect(total).toMatchObject({ requests: 4, succeeded: 4, open: 0 });
  expect(orders.map(({ name, requests }) => [name, requests])).toEqual([
    ["deploy", 3],
    ["fix", 1],
  ]);
  expect(people.map(({ name, requests }) => [name, requests])).toEqual([
    ["admin", 3],
    ["wang", 1],
  ]);
  expect(environments).toMatchObject([{ name: "prod", requests: 4 }]);
  expect(categories.map(({ id, requests }) => [id, requests])).toEqual([
    [category, 3],
    [0, 1],
  ]);
});
