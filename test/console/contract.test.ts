import { setTimeout as delay } from "node:timers/promises";
import { Ajv } from "ajv";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnswerOf, Route } from "../../src/contract/route.ts";
import { ROUTES, type Routes } from "../../src/contract/routes.ts";
import { centreWith, gantryHome } from "./gantry-home.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";

interface Operation {
  readonly summary: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

const FLEET = "web1 ansible_connection=local\n";

let open: OpenConsole;
let paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
const ids = {
  order: 0,
  version: 1,
  request: 0,
  run: 0,
  waiting: 0,
  waitingVersion: 1,
  category: 0,
  spare: 0,
  group: 0,
  spareGroup: 0,
  account: 0,
  asked: 0,
  askedVersion: 1,
  askedHash: "",
  edited: 0,
  editedVersion: 1,
  delegation: 0,
};
/** Answers that there were so far: later calls are about what they made. */
const answers = new Map<string, unknown>();
const answered = <N extends keyof Routes>(name: N) => answers.get(name) as AnswerOf<Routes[N]>;

beforeAll(async () => {
  open = await openConsole();
  const { admin, environment, configCentre } = open;
  paths = ((await (await fetch(`${open.console.url}/api/docs/json`)).json()) as { paths: typeof paths }).paths;
  const variable = await admin.define("variable", {
    name: "fruit",
    label: "Fruit",
    source: { kind: "list", values: ["apple"] },
    formType: "select",
  });
  const variables = await admin.define("variable_group", { name: "fruits", variables: [variable.id] });
  const order = await admin.define("work_order", {
    name: "contract",
    environment,
    configCentre,
    variableGroup: variables.id,
    mainTask: "echo {fruit}",
    schedulable: true,
  });
  ids.order = order.id;
  ids.category = (await admin.define("category", { name: "kept" })).id;
  ids.spare = (await admin.define("category", { name: "spare" })).id;
  ids.group = (await admin.call("POST /user-groups", { body: { name: "kept" } })).id;
  ids.spareGroup = (await admin.call("POST /user-groups", { body: { name: "spare" } })).id;
  ids.account = (
    await admin.call("POST /accounts", { body: { name: "kept", role: "submitter", password: "kept-password" } })
  ).id;
  const ended = await admin.until((await admin.submit(order.id, { fruit: "apple" })).id);
  ids.request = ended.id;
  ids.run = ended.run?.id ?? 0;
  const waiting = await admin.submit(
    order.id,
    { fruit: "apple" },
    { scheduledAt: new Date(Date.now() + 3_600_000).toISOString() },
  );
  const fleetCentre = await centreWith(open, fleetHome);
  const fleetTask = { configCentre: fleetCentre, mainTask: "gantry inquiry demo1 -e prod" };
  await admin.define("work_order", { name: "fleet", environment, ...fleetTask });
  const fleetState = () => admin.call("GET /fleet/state", { query: { environment } });
  while ((await fleetState()).sources[0]?.at === null) await delay(200);
  Object.assign(ids, { waiting: waiting.id, waitingVersion: waiting.version });
  await prepareApprovals();
});
afterAll(async () => {
  await open?.console.stop();
  fleetHome.remove();
});
/** A fleet of one host, which need not have Docker. */
const fleetHome = gantryHome({ demo1: { DockerImageURL: "registry.example.com/", hosts: "web1" } }, FLEET);

/** Two requests that wait for the administrator's vote, and a delegation of his. */
async function prepareApprovals(): Promise<void> {
  const { admin, environment, configCentre } = open;
  const me = (await admin.call("GET /accounts")).items.find(({ name }) => name === "admin");
  if (me === undefined) throw new Error("there is no administrator");
  const { id: group } = await admin.call("POST /user-groups", { body: { name: "approvers" } });
  await admin.call("PUT /accounts/:id", {
    params: { id: me.id },
    body: { name: me.name, role: me.role, groups: [group], version: me.version },
  });
  const flow = await admin.define("approval_flow", {
    name: "flow",
    levels: [{ name: "only", userGroup: group, quorum: 1 }],
    selfApproval: true,
  });
  const { id } = await admin.define("work_order", {
    name: "approved",
    environment,
    configCentre,
    mainTask: "echo hi",
    approvalFlow: flow.id,
  });
  const asked = await admin.submit(id);
  const edited = await admin.submit(id);
  const delegation = await admin.call("POST /delegations", { body: delegationTo("kept") });
  Object.assign(ids, { asked: asked.id, askedVersion: asked.version, askedHash: asked.hash });
  Object.assign(ids, { edited: edited.id, editedVersion: edited.version, delegation: delegation.id });
}

function delegationTo(delegate: string) {
  return { delegate, from: new Date().toISOString(), until: new Date(Date.now() + 3_600_000).toISOString() };
}

interface ExampleCall {
  params?: Record<string, string | number>;
  query?: Record<string, string | number>;
  body?: unknown;
}
type Example = () => ExampleCall | Promise<ExampleCall>;
const values = { fruit: ["apple"] };

/** A call of each route that succeeds, in the order in which they can follow one another. */
const EXAMPLES: { readonly [N in keyof Routes]: Example } = {
  "GET /session": () => ({}),
  "POST /session": () => ({ body: { name: "admin", password: PASSWORD } }),
  "GET /session/methods": () => ({}),
  "POST /sign-in-methods/verify": () => ({
    body: {
      data: {
        name: "directory",
        kind: "ldap",
        url: "ldap://127.0.0.1:1",
        bindDn: "cn=console",
        bindPassword: "kept",
        userBase: "dc=example",
      },
    },
  }),
  "PUT /session/password": () => ({ body: { current: PASSWORD, next: `${PASSWORD}2` } }),
  "GET /definitions/:kind": () => ({ params: { kind: "category" } }),
  "POST /definitions/:kind": () => ({ params: { kind: "category" }, body: { data: { name: "new" } } }),
  "GET /definitions/:kind/:id": () => ({ params: { kind: "work_order", id: ids.order } }),
  "PUT /definitions/:kind/:id": () => ({
    params: { kind: "category", id: ids.category },
    body: { version: 1, data: { name: "kept", order: 3 } },
  }),
  "DELETE /definitions/:kind/:id": () => ({ params: { kind: "category", id: ids.spare } }),
  "POST /definitions/:kind/:id/copy": () => ({
    params: { kind: "category", id: ids.category },
    body: { name: "copy" },
  }),
  "GET /definitions/:kind/:id/versions": () => ({ params: { kind: "category", id: ids.category } }),
  "POST /variables/verify": () => ({
    body: { data: { name: "x", label: "X", source: { kind: "list", values: ["a"] }, formType: "radio" } },
  }),
  "POST /work-orders/verify": () => ({ body: { data: { name: "x", mainTask: "echo hi" } } }),
  "GET /definition-file": () => ({}),
  "POST /definition-file": () => ({ body: { text: "categories: [{ name: filed }]", dryRun: false } }),
  "POST /notification-channels/test": () => ({
    body: { data: { name: "x", kind: "webhook", url: "http://127.0.0.1:9/" } },
  }),
  "GET /notification-channels": () => ({}),
  "GET /notification-deliveries": () => ({ query: { state: "failed" } }),
  "GET /session/notifications": () => ({}),
  "PUT /session/notifications": () => ({ body: { own: ["failed"], asked: true } }),
  "GET /freezes": () => ({}),
  "POST /freeze-windows/verify": () => ({
    body: { data: { name: "x", reason: "r", when: { kind: "cron", cron: "0 22 * * 5", minutes: 60 } } },
  }),
  "POST /config-centres/verify": () => ({ body: { data: { name: "x", connection: "local" } } }),
  "GET /orders": () => ({}),
  "GET /orders/:id": () => ({ params: { id: ids.order } }),
  "PUT /orders/:id/favourite": () => ({ params: { id: ids.order }, body: { favourite: true } }),
  "POST /orders/:id/options": () => ({ params: { id: ids.order }, body: { variable: "fruit" } }),
  "POST /orders/:id/preview": () => ({ params: { id: ids.order }, body: { values } }),
  "POST /orders/:id/plan": () => ({ params: { id: ids.order }, body: { values } }),
  "PUT /orders/:id/draft": () => ({ params: { id: ids.order }, body: { values } }),
  "GET /orders/:id/draft": () => ({ params: { id: ids.order } }),
  "DELETE /orders/:id/draft": () => ({ params: { id: ids.order } }),
  "POST /requests": () => ({ body: { order: ids.order, orderVersion: 1, values } }),
  "GET /requests": () => ({ query: { state: "succeeded,failed", text: "apple", limit: 10 } }),
  "GET /now": () => ({}),
  "GET /requests/:id": () => ({ params: { id: ids.request } }),
  "GET /requests/:id/values": () => ({ params: { id: ids.request } }),
  "POST /requests/:id/actions": () => ({
    params: { id: ids.waiting },
    body: { action: "revoke", version: ids.waitingVersion },
  }),
  "GET /approvals": () => ({ query: { limit: 10 } }),
  "GET /approvals/count": () => ({}),
  "POST /requests/:id/votes": () => ({
    params: { id: ids.asked },
    body: { decision: "approve", hash: ids.askedHash, version: ids.askedVersion },
  }),
  "PUT /requests/:id": () => ({
    params: { id: ids.edited },
    body: { version: ids.editedVersion, values: {}, note: "other" },
  }),
  "POST /requests/:id/plan": () => ({ params: { id: ids.edited } }),
  "GET /delegations": () => ({}),
  "POST /delegations": () => ({ body: delegationTo("kept") }),
  "DELETE /delegations/:id": () => ({ params: { id: ids.delegation } }),
  "GET /delegations/people": () => ({ query: { text: "ke" } }),
  "GET /runs/:id/log": () => ({ params: { id: ids.run } }),
  "GET /runs/:id/log/lines": () => ({ params: { id: ids.run }, query: { line: -10 } }),
  "GET /runs/:id/log/search": () => ({ params: { id: ids.run }, query: { q: "apple" } }),
  "GET /runs/:id/events": () => ({ params: { id: ids.run } }),
  "GET /accounts": () => ({}),
  "POST /accounts": () => ({ body: { name: "new", role: "submitter", password: "new-password" } }),
  "PUT /accounts/:id": () => ({
    params: { id: ids.account },
    body: { name: "kept", role: "submitter", displayName: "Kept" },
  }),
  "GET /user-groups": () => ({}),
  "POST /user-groups": () => ({ body: { name: "new" } }),
  "PUT /user-groups/:id": () => ({ params: { id: ids.group }, body: { name: "kept", description: "changed" } }),
  "DELETE /user-groups/:id": () => ({ params: { id: ids.spareGroup } }),
  "GET /requests/variables": () => ({ query: { order: ids.order } }),
  "GET /requests/csv": () => ({ query: { columns: "fruit" } }),
  "GET /audit": () => ({ query: { action: "definition-created", limit: 10 } }),
  "POST /audit/check": () => ({ body: {} }),
  "GET /audit/export": () => ({}),
  "GET /statistics": () => ({ query: { bucket: "hour", zone: "Asia/Shanghai" } }),
  "GET /health": () => ({}),
  "GET /roles": () => ({}),
  "POST /roles": () => ({ body: { name: "operator", permissions: ["submit", "fleet"] } }),
  "PUT /roles/:name": () => ({
    params: { name: "operator" },
    body: { version: 1, name: "night shift", permissions: ["submit"] },
  }),
  "DELETE /roles/:name": () => ({ params: { name: "night shift" } }),
  "POST /object-rules": () => ({ body: { userGroup: ids.group, permission: "see", category: ids.category } }),
  "GET /object-rules": () => ({}),
  "DELETE /object-rules/:id": () => ({ params: { id: answered("POST /object-rules").id } }),
  "POST /tokens": () => ({ body: { name: "CI", permissions: ["submit"], days: 30 } }),
  "GET /tokens": () => ({}),
  "DELETE /tokens/:id": () => ({ params: { id: answered("POST /tokens").id } }),
  "GET /accounts/:id/tokens": () => ({ params: { id: 1 } }),
  "DELETE /accounts/:id/tokens/:token": () => ({ params: { id: 1, token: answered("POST /tokens").id } }),
  "GET /accounts/:id/sessions": () => ({ params: { id: ids.account } }),
  "DELETE /accounts/:id/sessions": () => ({ params: { id: ids.account } }),
  "POST /accounts/import": () => ({ body: { csv: "name,role\nnewcomer,submitter\n" } }),
  "POST /session/totp": () => ({}),
  "PUT /session/totp": () => ({
    body: { code: new TOTP({ secret: answered("POST /session/totp").secret }).generate() },
  }),
  "DELETE /session/totp": () => ({ body: { password: `${PASSWORD}2` } }),
  "DELETE /accounts/:id/totp": () => ({ params: { id: ids.account } }),
  "GET /sessions": () => ({}),
  "DELETE /sessions/:id": async () => {
    const other = new ConsoleClient(open.console.url);
    await other.signIn("admin", `${PASSWORD}2`);
    const { items } = await other.call("GET /sessions");
    return { params: { id: items.find(({ current }) => current)?.id ?? 0 } };
  },
  "DELETE /sessions": () => ({}),
  "GET /fleet/environments": () => ({}),
  "GET /fleet": () => ({ query: { environment: open.environment } }),
  "GET /fleet/state": () => ({ query: { environment: open.environment } }),
  "POST /fleet/refresh": () => ({ body: { environment: open.environment } }),
  "GET /fleet/hosts/:name": () => ({ params: { name: "web1" }, query: { environment: open.environment } }),
  "GET /fleet/projects/:name": () => ({ params: { name: "demo1" }, query: { environment: open.environment } }),
  "DELETE /session": () => ({}),
};

const table: Readonly<Record<string, Route>> = ROUTES;
const ajv = new Ajv({ strict: false, validateFormats: false });
const operationOf = (name: string): Operation | undefined => {
  const [method = "", path = ""] = name.split(" ");
  return paths[`/api/v1${path.replaceAll(/:(\w+)/g, "{$1}")}`]?.[method.toLowerCase()];
};

describe("the OpenAPI document", () => {
  it("has every route, and no other one", () => {
    const documented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(
        (method) => `${method.toUpperCase()} ${path.replace("/api/v1", "").replaceAll(/\{(\w+)\}/g, ":$1")}`,
      ),
    );
    expect(documented.toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  });

  it.each(Object.keys(ROUTES))("says of %s what goes in, and who may call", (name) => {
    const route = table[name];
    const operation = operationOf(name);
    const named = (place: string) =>
      operation?.parameters?.filter((parameter) => parameter.in === place).map((parameter) => parameter.name) ?? [];
    expect(operation?.summary).toBe(route?.summary);
    expect(operation?.security !== undefined).toBe(route?.access !== "anyone");
    expect(operation?.requestBody !== undefined).toBe(route?.body !== undefined);
    expect(named("path").toSorted()).toEqual(Object.keys(route?.params?.shape ?? {}).toSorted());
    expect(named("query").toSorted()).toEqual(Object.keys(route?.query?.shape ?? {}).toSorted());
  });
});

describe("every route answers as the document says:", () => {
  it.each(Object.entries(EXAMPLES))("%s", async (name, example) => {
    const response = await open.admin.fetch(name as keyof Routes, await example());
    const documented = operationOf(name)?.responses[String(response.status)];
    const text = await response.text();
    expect(documented, `${response.status} is not documented: ${text}`).toBeDefined();
    expect(response.status, text).toBeLessThan(300);
    if (text !== "" && table[name]?.answer !== "bytes") answers.set(name, JSON.parse(text));
    if (name === "POST /session" || name === "PUT /session/password") open.admin.csrfToken = answered(name).csrfToken;
    if (name === "PUT /session/totp") open.admin.csrfToken = answered(name).session.csrfToken;
    const schema = documented?.content?.["application/json"]?.schema;
    if (table[name]?.answer === undefined || table[name]?.answer === "bytes") return;
    if (schema === undefined) throw new Error(`the answer of ${name} is not documented`);
    const fits = ajv.compile(schema);
    expect(fits(JSON.parse(text)), `${JSON.stringify(fits.errors)} in ${text}`).toBe(true);
  });

  it.each(Object.keys(ROUTES).filter((name) => table[name]?.body !== undefined && table[name]?.access === "anyone"))(
    "%s with a body that is none",
    async (name) => {
      const response = await open.admin.fetch(name as keyof Routes, { body: { unknown: true } });
      expect(response.status).toBe(400);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
      const schema = operationOf(name)?.responses["4XX"]?.content?.["application/json"]?.schema;
      expect(schema).toBeDefined();
      expect(ajv.compile(schema ?? false)(await response.json())).toBe(true);
    },
  );
});
