import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Routes } from "../../src/contract/routes.ts";
import type { Permission } from "../../src/contract/states.ts";
import type { Database } from "../../src/server/store/database.ts";
import { openConsoleDatabase } from "./console-database.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, type OpenConsole } from "./open-console.ts";
import { closed, fieldsOf, openLive, person, refused, type Person } from "./people.ts";

let open: OpenConsole;
let db: Database;
let wang: Person;
let order: number;
beforeAll(async () => {
  open = await openConsole();
  db = openConsoleDatabase(open.console.data);
  wang = await person(open, "wang", "maintainer");
  const { environment, configCentre, admin } = open;
  const group = await admin.call("POST /user-groups", { body: { name: "developers" } });
  const body = { name: "wang", role: "maintainer", groups: [group.id] };
  await admin.call("PUT /accounts/:id", { params: { id: wang.account.id }, body });
  const submitters = [group.id];
  order = (
    await admin.define("work_order", { name: "mine", environment, configCentre, mainTask: "echo hi", submitters })
  ).id;
});
afterAll(async () => {
  await db?.destroy();
  await open?.console.stop();
});

const make = (permissions: Permission[], client = wang.client, days = 30) =>
  client.call("POST /tokens", { body: { name: permissions.join(" "), permissions, days } });
/** A program that has nothing but the token. */
const by =
  (token: string) =>
  (name: keyof Routes, input: Parameters<ConsoleClient["fetch"]>[1] = {}) =>
    new ConsoleClient(open.console.url).fetch(name, input, { authorization: `Bearer ${token}` });

describe("an API token", () => {
  it("is shown once, and kept as a hash with the characters that it is known by", async () => {
    const made = await make(["submit"]);
    expect(made.token).toMatch(/^gantry_[\w-]{43}$/);
    expect(made.token.startsWith(made.prefix)).toBe(true);
    const listed = JSON.stringify(await wang.client.call("GET /tokens"));
    expect(listed).toContain(made.prefix);
    expect(listed).not.toContain(made.token);
    const rows = await db.selectFrom("api_token").selectAll().where("id", "=", made.id).execute();
    expect(JSON.stringify(rows)).not.toContain(made.token);
    expect(rows[0]?.token_hash).toHaveLength(32);
    const left = Date.parse(made.expiresAt) - Date.now();
    expect(left / 86_400_000).toBeCloseTo(30, 1);
  });

  it("allows what it names and nothing else, without the header that cookies need", async () => {
    const call = by((await make(["submit"])).token);
    expect((await call("GET /orders")).status).toBe(200);
    const body = { order, orderVersion: 1, values: {} };
    expect((await call("POST /requests", { body })).status).toBe(201);
    expect((await call("GET /requests")).status).toBe(200);
    const beyond: [keyof Routes, object | undefined][] = [
      ["GET /accounts", undefined],
      ["POST /accounts", {}],
      ["POST /accounts/import", {}],
      ["GET /roles", undefined],
      ["GET /health", undefined],
      ["GET /user-groups", undefined],
      ["POST /variables/verify", {}],
    ];
    for (const [name, given] of beyond) expect(await refused(call(name, { body: given }))).toBe("403 not-allowed");
    const kind = { kind: "environment" };
    const define = { params: kind, body: { data: { name: "new" } } };
    expect(await refused(call("POST /definitions/:kind", define))).toBe("403 not-allowed");
    const configure = by((await make(["configure"])).token);
    expect((await configure("POST /definitions/:kind", define)).status).toBe(201);
    expect(await refused(configure("POST /requests", { body }))).toBe("403 not-allowed");
  });

  it("never reaches what changes how one signs in", async () => {
    const { token, id } = await make(["submit", "configure", "see"]);
    const call = by(token);
    const sessionRoutes: [keyof Routes, object?][] = [
      ["GET /session"],
      ["DELETE /session"],
      ["PUT /session/password", { current: "x", next: "y" }],
      ["POST /session/totp"],
      ["PUT /session/totp", { code: "123456" }],
      ["DELETE /session/totp", {}],
      ["GET /sessions"],
      ["DELETE /sessions"],
      ["POST /tokens", { name: "more", permissions: ["submit"], days: 1 }],
    ];
    for (const [name, body] of sessionRoutes) expect(await refused(call(name, { body }))).toBe("403 not-by-token");
    for (const name of ["DELETE /tokens/:id", "DELETE /sessions/:id"] as const)
      expect(await refused(call(name, { params: { id } }))).toBe("403 not-by-token");
  });

  it("has no more permissions than its owner, when it is made and later", async () => {
    expect(await fieldsOf(wang.client.fetch("POST /tokens", { body: tokenBody({ permissions: ["audit"] }) }))).toEqual([
      "permissions not-yours",
    ]);
    for (const wrong of [{ permissions: [] }, { days: 0 }, { days: 367 }, { name: " " }])
      expect((await wang.client.fetch("POST /tokens", { body: tokenBody(wrong) })).status).toBe(400);
    const { client, account } = await person(open, "li", "maintainer");
    const call = by((await make(["configure", "submit"], client)).token);
    expect((await call("GET /user-groups")).status).toBe(200);
    const body = { name: "li", role: "submitter" };
    await open.admin.call("PUT /accounts/:id", { params: { id: account.id }, body });
    expect(await refused(call("GET /user-groups"))).toBe("403 not-allowed");
    expect((await call("GET /orders")).status).toBe(200);
    await open.admin.call("PUT /accounts/:id", { params: { id: account.id }, body: { ...body, active: false } });
    expect((await call("GET /orders")).status).toBe(401);
  });

  it("ends when it expires, when it is revoked, and is nothing when it is not whole", async () => {
    const made = await make(["submit"]);
    const call = by(made.token);
    expect((await call("GET /orders")).status).toBe(200);
    const used = (await wang.client.call("GET /tokens")).items.find(({ id }) => id === made.id);
    expect(used).toMatchObject({ usedFrom: "127.0.0.1", revokedAt: null });
    for (const other of [made.token.slice(0, -1), `${made.token}x`, made.token.toUpperCase(), "gantry_", "x"])
      expect((await by(other)("GET /orders")).status).toBe(401);
    const past = new Date(Date.now() - 1000);
    await db.updateTable("api_token").set({ expires_at: past }).where("id", "=", made.id).execute();
    expect((await call("GET /orders")).status).toBe(401);

    const another = await make(["submit"]);
    const stranger = await person(open, "zhao");
    const params = { id: another.id };
    expect(await refused(stranger.client.fetch("DELETE /tokens/:id", { params }))).toBe("404 not-found");
    await wang.client.call("DELETE /tokens/:id", { params });
    expect((await by(another.token)("GET /orders")).status).toBe(401);
  });

  it("of anybody is seen and revoked by administrators, and by nobody else", async () => {
    const made = await make(["submit"]);
    const params = { id: wang.account.id, token: made.id };
    const { admin } = open;
    const listed = await admin.call("GET /accounts/:id/tokens", { params: { id: wang.account.id } });
    expect(listed.items.map(({ id }) => id)).toContain(made.id);
    expect(await refused(wang.client.fetch("GET /accounts/:id/tokens", { params }))).toBe("403 not-allowed");
    const elsewhere = { id: 1, token: made.id };
    expect(await refused(admin.fetch("DELETE /accounts/:id/tokens/:token", { params: elsewhere }))).toBe(
      "404 not-found",
    );
    await admin.call("DELETE /accounts/:id/tokens/:token", { params });
    expect((await by(made.token)("GET /orders")).status).toBe(401);
    const told = await db
      .selectFrom("audit_event")
      .select(["actor", "body"])
      .where("action", "=", "token-revoked")
      .where("object_id", "=", String(made.id))
      .execute();
    expect(told.map(({ actor }) => actor)).toEqual(["admin"]);
    expect(JSON.parse(told[0]?.body ?? "")).toMatchObject({ data: { of: "wang", prefix: made.prefix } });
  });

  it("opens the WebSocket without naming a page, until it is revoked; a cookie does not", async () => {
    const made = await make(["submit"]);
    const authorization = `Bearer ${made.token}`;
    const socket = await openLive(open.console.url, { authorization });
    const ending = closed(socket);
    expect(await openLive(open.console.url, { authorization: `${authorization}x` })).toBe(401);
    expect(await openLive(open.console.url, { cookie: wang.client.cookie })).toBe(403);
    await wang.client.call("DELETE /tokens/:id", { params: { id: made.id } });
    await delay(10);
    expect(await ending).toBe(4401);
  });
});

function tokenBody(more: object) {
  return { name: "CI", permissions: ["submit"], days: 30, ...more };
}
