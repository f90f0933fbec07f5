import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openConsoleDatabase } from "./console-database.ts";
import { ConsoleClient } from "./console-client.ts";
import { newDataFolder, startConsole } from "./console-process.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";
import { person, refused } from "./people.ts";

let open: OpenConsole;
beforeAll(async () => {
  open = await openConsole();
});
afterAll(async () => void (await open?.console.stop()));

/** `gantry console reset-password`, as somebody on the console's machine gives it. */
function reset(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const gantry = join(import.meta.dirname, "../../bin/gantry");
  const { status, stdout, stderr } = spawnSync(gantry, ["console", "reset-password", ...args], {
    env: { ...process.env, GANTRY_LANG: "en", ...env },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, stdout, stderr, password: /password {2}(\S+)/.exec(stdout)?.[1] ?? "" };
}
const here = (): string[] => ["--data", open.console.data];
const signIn = (name: string, password: string, url = open.console.url) =>
  new ConsoleClient(url).fetch("POST /session", { body: { name, password } });

describe("reset-password", () => {
  it("while the console runs: a one-time password, no session left, no lock-out", async () => {
    const { client } = await person(open, "wang");
    for (let tries = 0; tries < 5; tries += 1) await signIn("wang", "wrong");
    expect((await signIn("wang", PASSWORD)).status).toBe(429);
    const { status, stdout, password } = reset(["Wang", ...here()]);
    expect([status, stdout]).toEqual([0, expect.stringContaining("name      wang")]);
    expect((await client.fetch("GET /session")).status).toBe(401);
    expect((await signIn("wang", PASSWORD)).status).toBe(401);
    const again = new ConsoleClient(open.console.url);
    await again.signIn("wang", password);
    expect(await refused(again.fetch("GET /orders"))).toBe("403 change-password");
    await new ConsoleClient(open.console.url).signIn("wang", password, PASSWORD);
  });

  it("leaves authenticator and inactive accounts as they are, says so, and changes them when it is told to", async () => {
    const { client, account } = await person(open, "li");
    const { secret } = await client.call("POST /session/totp");
    await client.call("PUT /session/totp", { body: { code: new TOTP({ secret }).generate() } });
    const off = { name: "li", role: "submitter", active: false };
    await open.admin.call("PUT /accounts/:id", { params: { id: account.id }, body: off });
    const first = reset(["li", ...here()]);
    expect(first.stdout).toContain("--activate");
    expect(first.stdout).toContain("--totp");
    expect((await signIn("li", first.password)).status).toBe(401);
    const second = reset(["li", "--activate", ...here()]);
    expect(await refused(signIn("li", second.password))).toBe("401 code-needed");
    const third = reset(["--totp", "--activate", ...here(), "li"]);
    expect(third.stdout).toContain("authenticator was removed");
    expect((await signIn("li", third.password)).status).toBe(201);
  });

  it("names the accounts that were likely meant, in the language that is asked for", async () => {
    const unknown = reset(["wnag", ...here()]);
    expect([unknown.status, unknown.stdout]).toEqual([1, ""]);
    expect(unknown.stderr).toMatch(/no account wnag.*wang/);
    expect(reset(["wnag", ...here(), "--lang", "zh"]).stderr).toContain("没有账号 wnag");
    expect(reset(here()).status).not.toBe(0);
  });

  it("makes no database where there is none", () => {
    const empty = reset(["admin", "--data", newDataFolder()]);
    expect([empty.status, empty.stdout]).toEqual([1, ""]);
    expect(empty.stderr).toContain("no console's database");
  });

  it("is in the audit, without the password", async () => {
    const { password } = reset(["li", "--totp", ...here()]);
    const db = openConsoleDatabase(open.console.data);
    const events = await db
      .selectFrom("audit_event")
      .select(["actor", "body"])
      .where("action", "=", "password-reset")
      .where("object_name", "=", "li")
      .execute();
    await db.destroy();
    expect(events.map(({ actor }) => actor)).toEqual(Array.from({ length: events.length }, () => "console"));
    expect(events.length).toBeGreaterThan(3);
    expect(events.map(({ body }) => body).join("\n")).not.toContain(password);
  });

  it("works with DATABASE_URL, and tells nothing of its password where it cannot be reached", async () => {
    const printed = execFileSync(process.execPath, [join(import.meta.dirname, "connection.ts"), open.console.data], {
      encoding: "utf8",
      timeout: 30_000,
    });
    const { host, user, database } = JSON.parse(printed) as Readonly<Record<string, string>>;
    const url = `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host ?? "")}`;
    const { status, stderr, password } = reset(["wang", "--data", newDataFolder()], { DATABASE_URL: url });
    expect([status, stderr]).toEqual([0, ""]);
    expect((await signIn("wang", password)).status).toBe(201);
    const away = reset(["wang"], { DATABASE_URL: "postgres://x:very-secret@127.0.0.1:1/x" });
    expect(away.status).toBe(1);
    expect(away.stderr).not.toContain("very-secret");
  });

  it("while the console does not run: the database is started for it, and ended", async () => {
    const { data } = open.console;
    await open.console.stop();
    const { status, password } = reset(["admin", "--data", data]);
    expect(status).toBe(0);
    // A server that runs has its socket there.
    expect(readdirSync(join(data, "postgres/run"))).toEqual([]);
    const restarted = await startConsole({ data });
    try {
      expect((await signIn("admin", PASSWORD, restarted.url)).status).toBe(401);
      expect((await signIn("admin", password, restarted.url)).status).toBe(201);
    } finally {
      await restarted.stop();
    }
  });
});
