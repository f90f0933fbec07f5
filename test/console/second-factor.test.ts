import { setTimeout as delay } from "node:timers/promises";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/server/store/database.ts";
import { openConsoleDatabase } from "./console-database.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";
import { closed, fieldsOf, openLive, person, refused } from "./people.ts";

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

const nobody = (): ConsoleClient => new ConsoleClient(open.console.url);
/** What an authenticator shows, `seconds` from now. */
const codeIn = (secret: string, seconds = 0): string =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + seconds * 1000 });
/** Waits where the present step is about to end: a code of the step before would be two steps old in a moment. */
const earlyInStep = async (): Promise<void> => {
  const left = TOTP.remaining();
  if (left < 10_000) await delay(left + 50);
};
const signIn = (name: string, code?: string, password = PASSWORD) =>
  nobody().fetch("POST /session", { body: { name, password, ...(code === undefined ? {} : { code }) } });
/** As if the codes that were used so far had been used long ago. */
const forgetSteps = () => db.updateTable("totp").set({ last_step: 0 }).execute();

/** Sets an authenticator up. */
async function enrol(client: ConsoleClient) {
  const { secret } = await client.call("POST /session/totp");
  const { recoveryCodes, session } = await client.call("PUT /session/totp", { body: { code: codeIn(secret) } });
  client.csrfToken = session.csrfToken;
  return { secret, recoveryCodes };
}

describe("an authenticator", () => {
  it("is set up with a code of it, which ends the other sessions and begins a new one here", async () => {
    const { client } = await person(open, "wang");
    const other = nobody();
    await other.signIn("wang", PASSWORD);
    const live = await openLive(open.console.url, { origin: open.console.url, cookie: other.cookie });
    const ending = closed(live);

    const begun = await client.call("POST /session/totp");
    const uri = new URL(begun.uri);
    expect(uri.protocol).toBe("otpauth:");
    expect(uri.searchParams.get("secret")).toBe(begun.secret);
    expect(begun.qr.path).toMatch(/^(M\d+ \d+h\d+v1h-\d+z)+$/);
    expect((await client.call("GET /session")).account.totp).toBe(false);
    expect((await signIn("wang")).status).toBe(201);

    const wrong = client.fetch("PUT /session/totp", { body: { code: codeIn(begun.secret, 3600) } });
    expect(await fieldsOf(wrong)).toEqual(["code wrong-code"]);
    const before = client.cookie;
    const confirmed = await client.call("PUT /session/totp", { body: { code: codeIn(begun.secret) } });
    expect(confirmed.recoveryCodes).toHaveLength(10);
    expect(new Set(confirmed.recoveryCodes).size).toBe(10);
    expect(confirmed.session.account.totp).toBe(true);
    expect(client.cookie).not.toBe(before);
    expect((await client.fetch("GET /session")).status).toBe(200);
    expect((await other.fetch("GET /session")).status).toBe(401);
    client.csrfToken = confirmed.session.csrfToken;
    expect(await refused(client.fetch("POST /session/totp"))).toBe("409 totp-enrolled");
    expect(await refused(client.fetch("PUT /session/totp", { body: { code: "123456" } }))).toBe("409 totp-enrolled");
    expect(await ending).toBe(4401);
    const { secret } = await db.selectFrom("totp").select("secret").executeTakeFirstOrThrow();
    expect(secret).not.toContain(begun.secret);
  });

  it("is asked for at sign-in: a step either way, each code once, and none older than one that was used", async () => {
    const { client, account } = await person(open, "li");
    const { secret } = await enrol(client);
    expect(await refused(signIn("li"))).toBe("401 code-needed");
    expect(await refused(signIn("li", ""))).toBe("401 code-needed");
    expect(await refused(signIn("li", codeIn(secret), "wrong-password"))).toBe("401 wrong-sign-in");
    await forgetSteps();
    await earlyInStep();
    const [early, now, late] = [codeIn(secret, -30), codeIn(secret), codeIn(secret, 30)];
    expect((await signIn("li", early)).status).toBe(201);
    expect(await refused(signIn("li", early))).toBe("401 wrong-code");
    // Two at once with the same code: one of them.
    const both = await Promise.all([signIn("li", now), signIn("li", now)]);
    expect(both.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await signIn("li", `${late.slice(0, 3)} ${late.slice(3)}`)).status).toBe(201);
    expect(await refused(signIn("li", now))).toBe("401 wrong-code");
    await forgetSteps();
    expect(await refused(signIn("li", codeIn(secret, 90)))).toBe("401 wrong-code");
    expect(await refused(signIn("li", codeIn(secret, -90)))).toBe("401 wrong-code");
    const listed = (await open.admin.call("GET /accounts")).items.find(({ id }) => id === account.id);
    expect(listed?.totp).toBe(true);
  });

  it("locks the name after five wrong codes, though the password was right; asking for the code counts as none", async () => {
    const { client } = await person(open, "zhao");
    const { secret } = await enrol(client);
    for (let tries = 0; tries < 7; tries += 1) expect(await refused(signIn("zhao"))).toBe("401 code-needed");
    for (let tries = 0; tries < 5; tries += 1)
      expect(await refused(signIn("zhao", codeIn(secret, 3600)))).toBe("401 wrong-code");
    await forgetSteps();
    expect(await refused(signIn("zhao", codeIn(secret)))).toBe("429 locked-out");
  });

  it("does not give more tries to who tries many at once", async () => {
    const { client } = await person(open, "qian");
    const { secret } = await enrol(client);
    const tries = Array.from({ length: 30 }, (_, each) => signIn("qian", codeIn(secret, 3600 + 30 * each)));
    const answers = (await Promise.all(tries)).map(({ status }) => status);
    expect(answers.filter((status) => status === 401)).toHaveLength(5);
    expect(answers.filter((status) => status === 429)).toHaveLength(25);
  });

  it("can be lost: a recovery code signs in once, however it is typed, and none of another account's does", async () => {
    const { client } = await person(open, "sun");
    const { recoveryCodes } = await enrol(client);
    const other = await enrol((await person(open, "zhou")).client);
    const [first = "", second = ""] = recoveryCodes;
    expect((await signIn("sun", first)).status).toBe(201);
    expect(await refused(signIn("sun", first))).toBe("401 wrong-code");
    expect((await signIn("sun", second.toUpperCase().replaceAll("-", " "))).status).toBe(201);
    expect(await refused(signIn("sun", other.recoveryCodes[0]))).toBe("401 wrong-code");
    const kept = await db.selectFrom("recovery_code").select("code_hash").execute();
    expect(kept.every(({ code_hash }) => code_hash.length === 32)).toBe(true);
  });

  it("is removed with the own password, and by an administrator from whom has lost it", async () => {
    const { client, account } = await person(open, "wu");
    expect(await refused(client.fetch("DELETE /session/totp", { body: { password: PASSWORD } }))).toBe("409 no-totp");
    const { recoveryCodes } = await enrol(client);
    const wrong = client.fetch("DELETE /session/totp", { body: { password: "wrong-password" } });
    expect(await fieldsOf(wrong)).toEqual(["password wrong-password"]);
    await client.call("DELETE /session/totp", { body: { password: PASSWORD } });
    expect((await signIn("wu")).status).toBe(201);
    const again = await enrol(client);
    expect(again.recoveryCodes).not.toContain(recoveryCodes[0]);
    expect(await refused(signIn("wu", recoveryCodes[0]))).toBe("401 wrong-code");
    await open.admin.call("DELETE /accounts/:id/totp", { params: { id: account.id } });
    expect((await signIn("wu")).status).toBe(201);
  });

  it("that nobody has confirmed in time has to be begun again", async () => {
    const { client } = await person(open, "zheng");
    const { secret } = await client.call("POST /session/totp");
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await db.updateTable("totp").set({ created_at: anHourAgo }).where("confirmed_at", "is", null).execute();
    const body = { code: codeIn(secret) };
    expect(await refused(client.fetch("PUT /session/totp", { body }))).toBe("409 totp-not-begun");
    await enrol(client);
  });

  it("where the role asks for one, nothing else can be done before it is set up, nor with a token", async () => {
    const { admin } = open;
    await admin.call("POST /roles", { body: { name: "careful", permissions: ["submit", "fleet"] } });
    const { client } = await person(open, "feng", "careful");
    const token = await client.call("POST /tokens", { body: { name: "CI", permissions: ["submit"], days: 1 } });
    const body = { name: "careful", permissions: ["submit"], requireTotp: true, version: 1 };
    await admin.call("PUT /roles/:name", { params: { name: "careful" }, body });
    expect((await client.call("GET /session")).account).toMatchObject({ mustEnrolTotp: true, totp: false });
    for (const name of ["GET /orders", "GET /requests", "GET /sessions", "GET /tokens", "POST /tokens"] as const)
      expect(await refused(client.fetch(name, { body: name.startsWith("POST") ? {} : undefined }))).toBe(
        "403 enrol-totp",
      );
    const headers = { authorization: `Bearer ${token.token}` };
    expect(await refused(nobody().fetch("GET /orders", {}, headers))).toBe("403 enrol-totp");
    expect(await openLive(open.console.url, { origin: open.console.url, cookie: client.cookie })).toBe(403);
    const { secret } = await enrol(client);
    expect((await client.call("GET /session")).account).toMatchObject({ mustEnrolTotp: false, totp: true });
    expect((await client.fetch("GET /orders")).status).toBe(200);
    expect((await nobody().fetch("GET /orders", {}, headers)).status).toBe(200);
    await forgetSteps();
    expect((await signIn("feng", codeIn(secret))).status).toBe(201);
    await client.call("DELETE /session/totp", { body: { password: PASSWORD } });
    expect(await refused(client.fetch("GET /orders"))).toBe("403 enrol-totp");
  });
});

describe("where one is signed in", () => {
  it("is listed, and ended one by one, all others at once, and by an administrator; a WebSocket ends with it", async () => {
    const { client, account } = await person(open, "chen");
    const others = [nobody(), nobody(), nobody(), nobody()] as const;
    for (const other of others) await other.signIn("chen", PASSWORD);
    const listed = (await client.call("GET /sessions")).items;
    expect(listed).toHaveLength(5);
    expect(listed.filter(({ current }) => current)).toHaveLength(1);
    expect(listed[0]).toMatchObject({ address: "127.0.0.1" });
    const [second] = (await others[0].call("GET /sessions")).items.filter(({ current }) => current);
    const ending = closed(await openLive(open.console.url, { origin: open.console.url, cookie: others[0].cookie }));
    await client.call("DELETE /sessions/:id", { params: { id: second?.id ?? 0 } });
    expect((await others[0].fetch("GET /session")).status).toBe(401);
    expect((await others[1].fetch("GET /session")).status).toBe(200);
    const stranger = await person(open, "chu");
    const [foreign] = (await stranger.client.call("GET /sessions")).items;
    const params = { id: foreign?.id ?? 0 };
    expect(await refused(client.fetch("DELETE /sessions/:id", { params }))).toBe("404 not-found");
    await client.call("DELETE /sessions");
    expect((await others[1].fetch("GET /session")).status).toBe(401);
    expect((await client.fetch("GET /session")).status).toBe(200);

    const { admin } = open;
    expect((await admin.call("GET /accounts/:id/sessions", { params: { id: account.id } })).items).toHaveLength(1);
    await admin.call("DELETE /accounts/:id/sessions", { params: { id: account.id } });
    expect((await client.fetch("GET /session")).status).toBe(401);
    expect(await refused(admin.fetch("GET /accounts/:id/sessions", { params: { id: 9999 } }))).toBe("404 not-found");
    const { account: own } = await admin.call("GET /session");
    await admin.call("DELETE /accounts/:id/sessions", { params: { id: own.id } });
    expect((await admin.fetch("GET /session")).status).toBe(200);
    expect(await ending).toBe(4401);
  });
});

it("signing in and out, and what went wrong, is in the audit, with names and no secrets", async () => {
  const body = { name: "no-such-account", password: "secret-that-was-typed" };
  for (let tries = 0; tries < 5; tries += 1) await nobody().fetch("POST /session", { body });
  const { client } = await person(open, "leaver");
  await client.call("DELETE /session");
  const events = await db.selectFrom("audit_event").select(["action", "actor", "object_name", "body"]).execute();
  const told = events.map(({ action, actor, object_name }) => `${actor} ${action} ${object_name}`);
  for (const each of [
    "wang totp-enrolled wang",
    "wu totp-removed wu",
    "admin totp-removed wu",
    "zhao sign-in-failed zhao",
    "zhao locked-out zhao",
    "no-such-account sign-in-failed no-such-account",
    "no-such-account locked-out no-such-account",
    "leaver signed-in leaver",
    "leaver signed-out leaver",
    "chen session-ended chen",
    "chen sessions-ended chen",
    "admin sessions-ended chen",
    "feng token-created CI",
  ])
    expect(told).toContain(each);
  expect(told.filter((each) => each === "no-such-account locked-out no-such-account")).toHaveLength(1);
  const text = events.map((event) => event.body).join("\n");
  expect(text).not.toContain("secret-that-was-typed");
  expect(text).not.toContain(PASSWORD);
  expect(text).toContain('"factor":"recovery code"');
});
