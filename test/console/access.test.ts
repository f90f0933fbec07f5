import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { ROUTES, type Routes } from "../../src/contract/routes.ts";
import { neededFor, type Route } from "../../src/contract/route.ts";
import { BUILT_IN_ROLES, type Permission } from "../../src/contract/states.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";

let open: OpenConsole;
/** A submitter who may submit the order `mine`, and one who may submit none. */
let member: ConsoleClient;
let outsider: ConsoleClient;
let order: number;
let request: number;
let run: number;

beforeAll(async () => {
  open = await openConsole();
  const { admin, environment, configCentre } = open;
  const group = await admin.call("POST /user-groups", { body: { name: "developers" } });
  const account = (name: string, groups: number[]) =>
    admin.call("POST /accounts", { body: { name, role: "submitter", groups, password: `${name}-password` } });
  await account("wang", [group.id]);
  await account("zhao", []);
  member = new ConsoleClient(open.console.url);
  outsider = new ConsoleClient(open.console.url);
  await member.signIn("wang", "wang-password", PASSWORD);
  await outsider.signIn("zhao", "zhao-password", PASSWORD);
  order = (
    await admin.define("work_order", {
      name: "mine",
      environment,
      configCentre,
      mainTask: "echo hi",
      submitters: [group.id],
    })
  ).id;
  const ended = await admin.until((await admin.submit(order)).id);
  request = ended.id;
  run = ended.run?.id ?? 0;
});
afterAll(async () => void (await open?.console.stop()));

/** Parameters that lead to something that is there. */
const params = () => ({ id: request, kind: "work_order" });
const nobody = (): ConsoleClient => new ConsoleClient(open.console.url);
const names = Object.keys(ROUTES) as (keyof Routes)[];
const table: Readonly<Record<string, Route>> = ROUTES;

describe("every route", () => {
  it.each(names.filter((name) => table[name]?.access !== "anyone"))("%s refuses who is not signed in", async (name) => {
    const answer = await nobody().fetch(name, {
      params: params(),
      body: table[name]?.body === undefined ? undefined : {},
    });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
  });

  it.each(names.filter((name) => !name.startsWith("GET") && table[name]?.access !== "anyone"))(
    "%s refuses a change without the token",
    async (name) => {
      const answer = await member.fetch(
        name,
        { params: params(), body: table[name]?.body === undefined ? undefined : {} },
        { "x-csrf-token": "guessed" },
      );
      expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([403, "csrf-token"]);
    },
  );

  const submitterMay: readonly Permission[] = BUILT_IN_ROLES.submitter;
  const beyond = (name: keyof Routes): boolean => {
    const needed = neededFor(ROUTES[name]);
    return needed !== undefined && !needed.some((permission) => submitterMay.includes(permission));
  };
  it.each(names.filter(beyond))("%s refuses a submitter", async (name) => {
    const answer = await member.fetch(name, {
      params: params(),
      body: table[name]?.body === undefined ? undefined : {},
    });
    expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([403, "not-allowed"]);
  });
});

describe("an order", () => {
  it("is listed for those who may submit it, and for nobody else", async () => {
    const listed = async (client: ConsoleClient) => (await client.call("GET /orders")).items.map(({ name }) => name);
    expect(await listed(member)).toEqual(["mine"]);
    expect(await listed(outsider)).toEqual([]);
  });

  it.each([
    "GET /orders/:id",
    "POST /orders/:id/preview",
    "POST /orders/:id/plan",
    "POST /orders/:id/options",
    "GET /orders/:id/draft",
  ] as const)("is not there for others: %s", async (name) => {
    const body = name.startsWith("POST")
      ? { values: {}, ...(name.endsWith("options") ? { variable: "x" } : {}) }
      : undefined;
    expect((await outsider.fetch(name, { params: { id: order }, body })).status).toBe(404);
  });

  it("cannot be submitted by others", async () => {
    const body = { order, orderVersion: 1, values: {} };
    expect((await outsider.fetch("POST /requests", { body })).status).toBe(404);
    expect((await member.fetch("POST /requests", { body })).status).toBe(201);
  });
});

describe("a request", () => {
  it.each(["GET /requests/:id", "GET /requests/:id/values"] as const)("is not there for others: %s", async (name) => {
    expect((await outsider.fetch(name, { params: { id: request } })).status).toBe(404);
    expect((await member.fetch(name, { params: { id: request } })).status).toBe(200);
  });

  it.each(["GET /runs/:id/log", "GET /runs/:id/log/lines", "GET /runs/:id/events"] as const)(
    "has a log that is not there for others: %s",
    async (name) => {
      expect((await outsider.fetch(name, { params: { id: run } })).status).toBe(404);
      expect((await member.fetch(name, { params: { id: run } })).status).toBe(200);
    },
  );

  it("is not in the lists of others", async () => {
    expect((await outsider.call("GET /requests")).items).toEqual([]);
    expect((await member.call("GET /requests")).items.map(({ id }) => id)).toContain(request);
  });

  it("cannot be stopped by others", async () => {
    const body = { action: "stop", version: 1 };
    expect((await outsider.fetch("POST /requests/:id/actions", { params: { id: request }, body })).status).toBe(404);
  });
});

describe("the WebSocket", () => {
  const opened = (headers: Readonly<Record<string, string>>): Promise<WebSocket | number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${open.console.url.replace("http", "ws")}/api/v1/live`, { headers });
      socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
      socket.on("open", () => resolve(socket));
      socket.on("error", () => undefined);
    });
  const origin = (): string => open.console.url;

  it("refuses who is not signed in, and pages of other sites", async () => {
    expect(await opened({ origin: origin() })).toBe(401);
    expect(await opened({ origin: "https://evil.example", cookie: member.cookie })).toBe(403);
  });

  it("shows a request to those who may see it only", async () => {
    for (const [client, type] of [
      [member, "request"],
      [outsider, "refused"],
    ] as const) {
      const socket = await opened({ origin: origin(), cookie: client.cookie });
      if (typeof socket === "number") throw new Error(`refused with ${socket}`);
      const heard = new Promise<string>((resolve) =>
        socket.on("message", (data: Buffer, isBinary: boolean) => {
          const message = isBinary ? { type: "log" } : (JSON.parse(data.toString("utf8")) as { type: string });
          if (message.type === "request" || message.type === "refused") resolve(message.type);
        }),
      );
      socket.send(JSON.stringify({ watch: "request", request }));
      expect(await heard).toBe(type);
      socket.close();
    }
  });
});

describe("signing in", () => {
  it("tells nobody whether an account exists", async () => {
    for (const name of ["wang", "no-such-account"]) {
      const answer = await nobody().fetch("POST /session", { body: { name, password: "wrong" } });
      expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
        401,
        "Name or password is wrong.",
      ]);
    }
  });

  it("is refused from pages of other sites", async () => {
    const answer = await nobody().fetch(
      "POST /session",
      { body: { name: "wang", password: PASSWORD } },
      { origin: "https://evil.example" },
    );
    expect(answer.status).toBe(403);
  });

  it("locks an account after five wrong passwords, the right one included, until an administrator frees it", async () => {
    const { admin } = open;
    const account = await admin.call("POST /accounts", {
      body: { name: "locked", role: "submitter", password: "locked-password" },
    });
    for (let tries = 0; tries < 5; tries += 1)
      expect((await nobody().fetch("POST /session", { body: { name: "locked", password: "wrong" } })).status).toBe(401);
    const right = { body: { name: "locked", password: "locked-password" } };
    const answer = await nobody().fetch("POST /session", right);
    expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([429, "locked-out"]);
    await admin.call("PUT /accounts/:id", { params: { id: account.id }, body: { name: "locked", role: "submitter" } });
    expect((await nobody().fetch("POST /session", right)).status).toBe(201);
  });

  it("begins a new session, so that one planted before is worth nothing", async () => {
    const client = nobody();
    client.cookie = "gantry_session=planted";
    await client.signIn("wang", PASSWORD);
    expect(client.cookie).not.toContain("planted");
    const planted = nobody();
    planted.cookie = "gantry_session=planted";
    expect((await planted.fetch("GET /session")).status).toBe(401);
  });

  it("with a one-time password allows nothing but replacing it", async () => {
    await open.admin.call("POST /accounts", {
      body: { name: "fresh", role: "administrator", password: "fresh-password" },
    });
    const fresh = nobody();
    await fresh.signIn("fresh", "fresh-password");
    const answer = await fresh.fetch("GET /orders");
    expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([403, "change-password"]);
    await fresh.call("PUT /session/password", { body: { current: "fresh-password", next: "another-password" } });
    expect((await fresh.fetch("GET /orders")).status).toBe(200);
  });

  it("ends with signing out, with a new password, and when the account is switched off", async () => {
    const { admin } = open;
    const account = await admin.call("POST /accounts", {
      body: { name: "leaver", role: "submitter", password: "leaver-password" },
    });
    const first = nobody();
    await first.signIn("leaver", "leaver-password", "leaver-password-2");
    const second = nobody();
    await second.signIn("leaver", "leaver-password-2");
    await second.call("PUT /session/password", { body: { current: "leaver-password-2", next: "leaver-password-3" } });
    expect((await first.fetch("GET /session")).status).toBe(401);
    expect((await second.fetch("GET /session")).status).toBe(200);
    await admin.call("PUT /accounts/:id", {
      params: { id: account.id },
      body: { name: "leaver", role: "submitter", active: false },
    });
    expect((await second.fetch("GET /session")).status).toBe(401);
    expect(
      (await nobody().fetch("POST /session", { body: { name: "leaver", password: "leaver-password-3" } })).status,
    ).toBe(401);
  });

  it("keeps the last administrator from locking himself out", async () => {
    const { admin } = open;
    const { account } = await admin.call("GET /session");
    const answer = await admin.fetch("PUT /accounts/:id", {
      params: { id: account.id },
      body: { name: "admin", role: "submitter" },
    });
    expect(answer.status).toBe(409);
  });
});

it("sends strict headers with pages and answers", async () => {
  const page = await fetch(`${open.console.url}/`);
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  const answer = await member.fetch("GET /session");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const cookie =
    (await nobody().fetch("POST /session", { body: { name: "wang", password: PASSWORD } })).headers.get("set-cookie") ??
    "";
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
});
