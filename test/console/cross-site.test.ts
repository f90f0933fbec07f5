import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";
import { closed, openLive, person, refused, type Person } from "./people.ts";

/** What pages of other sites, and whoever plants cookies or addresses, can make a browser do. */
let open: OpenConsole;
let wang: Person;
beforeAll(async () => {
  open = await openConsole();
  wang = await person(open, "wang");
});
afterAll(async () => void (await open?.console.stop()));

const nobody = (): ConsoleClient => new ConsoleClient(open.console.url);
const change = (client: ConsoleClient, headers: Record<string, string>) =>
  client.fetch("PUT /session/notifications", { body: { own: [], asked: true } }, headers);

describe("the token of a change", () => {
  it("that is missing, empty, guessed, another session's or another person's is refused, and nothing changes", async () => {
    const { client } = wang;
    const again = nobody();
    await again.signIn("wang", PASSWORD);
    expect(again.csrfToken).not.toBe(client.csrfToken);
    const tokens = ["", "guessed", again.csrfToken, open.admin.csrfToken, client.csrfToken.toLowerCase()];
    for (const token of tokens)
      expect(await refused(change(client, { "x-csrf-token": token })), token).toBe("403 csrf-token");
    const twice = { "x-csrf-token": `${client.csrfToken}, ${again.csrfToken}` };
    expect(await refused(change(client, twice))).toBe("403 csrf-token");
    expect((await client.call("GET /session/notifications")).asked).toBe(false);
    expect((await change(client, {})).status).toBe(204);
    expect((await client.call("GET /session/notifications")).asked).toBe(true);
  });

  it("is not taken from the address, the body or a cookie", async () => {
    const { client } = wang;
    const token = client.csrfToken;
    const address = `${client.url}/api/v1/session/notifications?x-csrf-token=${token}&_csrf=${token}`;
    const answer = await fetch(address, {
      method: "PUT",
      headers: { cookie: `${client.cookie}; x-csrf-token=${token}`, "content-type": "application/json" },
      body: JSON.stringify({ own: [], asked: true, _csrf: token }),
    });
    expect(answer.status).toBe(403);
  });

  it.each(["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "text/json"])(
    "cannot be done without by a form: %s",
    async (type) => {
      const text = JSON.stringify({ own: [], asked: true });
      const post = (headers: Record<string, string>) =>
        fetch(`${wang.client.url}/api/v1/tokens`, {
          method: "POST",
          headers: { cookie: wang.client.cookie, "content-type": type, ...headers },
          body: text,
        });
      expect((await post({})).status).toBe(403);
      expect((await post({ "x-csrf-token": wang.client.csrfToken })).status).toBeGreaterThanOrEqual(400);
      const signIn = await fetch(`${wang.client.url}/api/v1/session`, {
        method: "POST",
        headers: { "content-type": type },
        body: JSON.stringify({ name: "wang", password: PASSWORD }),
      });
      expect([signIn.status, signIn.headers.getSetCookie()]).toEqual([type === "text/plain" ? 400 : 415, []]);
    },
  );

  it("does not come from elsewhere: no address lets other sites read what is answered", async () => {
    for (const path of ["/api/v1/session", "/api/v1/orders", "/api/docs/json", "/", "/healthz"]) {
      const asked = { origin: "https://evil.example", cookie: wang.client.cookie };
      const answer = await fetch(`${wang.client.url}${path}`, { headers: asked });
      expect(answer.headers.get("access-control-allow-origin"), path).toBeNull();
      const before = await fetch(`${wang.client.url}${path}`, {
        method: "OPTIONS",
        headers: { ...asked, "access-control-request-method": "PUT", "access-control-request-headers": "x-csrf-token" },
      });
      expect(before.headers.get("access-control-allow-origin"), path).toBeNull();
    }
  });
});

describe("pages of other sites", () => {
  const FOREIGN = [
    "https://evil.example",
    "null",
    "http://127.0.0.1:1",
    "http://127.0.0.1.evil.example",
    "file://",
    "x",
  ];

  it.each(FOREIGN)("cannot sign somebody in: %s", async (origin) => {
    const body = { name: "wang", password: PASSWORD };
    const answer = await nobody().fetch("POST /session", { body }, { origin });
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.status).toBe(403);
  });

  it.each([...FOREIGN, ""])("cannot open the WebSocket with somebody's cookie: %s", async (origin) => {
    const { url, cookie } = wang.client;
    expect(await openLive(url, { cookie, ...(origin === "" ? {} : { origin }) })).toBe(403);
  });

  it("cannot pretend to be this one by headers of a proxy that is not trusted", async () => {
    const { url, cookie } = wang.client;
    const pretended = {
      origin: "https://evil.example",
      "x-forwarded-host": "evil.example",
      forwarded: "host=evil.example",
    };
    expect(await openLive(url, { cookie, ...pretended })).toBe(403);
    const body = { name: "wang", password: PASSWORD };
    expect((await nobody().fetch("POST /session", { body }, pretended)).status).toBe(403);
  });
});

describe("a session", () => {
  const cookieOf = async (headers: Record<string, string> = {}): Promise<string> => {
    const body = { name: "wang", password: PASSWORD };
    const answer = await nobody().fetch("POST /session", { body }, headers);
    return answer.headers.getSetCookie().find((one) => one.startsWith("gantry_session=")) ?? "";
  };

  it("is in a cookie that no script and no other site gets, and that is random", async () => {
    const [one, other] = [await cookieOf(), await cookieOf()];
    for (const cookie of [one, other]) {
      expect(cookie).toMatch(/^gantry_session=[\w-]{43};/);
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Lax/);
      expect(cookie).toMatch(/; Path=\//);
      expect(cookie).not.toMatch(/Domain=/i);
      expect(Number(/Max-Age=(\d+)/.exec(cookie)?.[1])).toBe(12 * 3600);
    }
    expect(one.split(";")[0]).not.toBe(other.split(";")[0]);
    // Without TLS, and whatever an untrusted proxy says.
    expect(await cookieOf({ "x-forwarded-proto": "https" })).not.toMatch(/Secure/);
  });

  it("that somebody else has begun is ended by signing in over it", async () => {
    const planted = nobody();
    await planted.signIn("wang", PASSWORD);
    const victim = nobody();
    victim.cookie = planted.cookie;
    await victim.call("POST /session", { body: { name: "admin", password: PASSWORD } });
    expect(victim.cookie).not.toBe(planted.cookie);
    expect((await planted.fetch("GET /session")).status).toBe(401);
  });

  it("is not found by a token in the address, a second cookie or another scheme", async () => {
    const { token } = await wang.client.call("POST /tokens", { body: { name: "x", permissions: ["submit"], days: 1 } });
    const secret = wang.client.cookie.split("=")[1] ?? "";
    for (const query of [
      `token=${token}`,
      `access_token=${token}`,
      `authorization=Bearer%20${token}`,
      `gantry_session=${secret}`,
    ])
      expect((await fetch(`${open.console.url}/api/v1/orders?${query}`)).status, query.split("=")[0]).toBe(401);
    for (const headers of [
      { authorization: token },
      { authorization: `Basic ${Buffer.from(`x:${token}`).toString("base64")}` },
      { authorization: `Bearer ${secret}` },
      { cookie: `gantry_session=${token}` },
      { "x-api-key": token },
    ])
      expect((await fetch(`${open.console.url}/api/v1/orders`, { headers })).status).toBe(401);
    expect(await openLive(open.console.url, { origin: open.console.url, cookie: `gantry_session=${token}` })).toBe(401);
  });

  it("given by a token listens no longer once its owner has a one-time password", async () => {
    const { client, account } = await person(open, "leaver");
    const { token } = await client.call("POST /tokens", { body: { name: "x", permissions: ["submit"], days: 1 } });
    const socket = await openLive(open.console.url, { authorization: `Bearer ${token}` });
    const body = { name: "leaver", role: "submitter", password: "one-time-password" };
    await open.admin.call("PUT /accounts/:id", { params: { id: account.id }, body });
    expect(await closed(socket)).toBe(4401);
  });

  it("is not prolonged by a wrong API token beside the cookie: the token alone counts", async () => {
    const headers = { authorization: `Bearer gantry_${"x".repeat(43)}` };
    expect((await wang.client.fetch("GET /orders", {}, headers)).status).toBe(401);
  });
});

describe("addresses to go back to", () => {
  it.each(["https://evil.example", "//evil.example", String.raw`\\evil.example`, "javascript:alert(1)", "/a\r\nx: y"])(
    "lead to this console only: %s",
    async (back) => {
      const answer = await fetch(`${open.console.url}/auth/oidc/4711?return=${encodeURIComponent(back)}`, {
        redirect: "manual",
      });
      expect(answer.status).toBe(303);
      expect(answer.headers.get("location")).toMatch(/^\/sign-in\?problem=no-method(&return=%2F\w*(%\w\w|\w|\+)*)?$/);
      expect(answer.headers.get("location")).not.toContain("evil.example");
      expect(answer.headers.get("x")).toBeNull();
    },
  );

  it.each(["//evil.example/%2e%2e", "/\\evil.example", "//evil.example/..", "/assets/..%2f..%2f..%2fetc%2fpasswd"])(
    "and no address of this console leads elsewhere, or out of its folder: %s",
    async (path) => {
      const { status, location, text } = await raw(path);
      expect(status).toBeLessThan(500);
      expect(location).toBeUndefined();
      expect(text).not.toContain("root:");
    },
  );
});

/** As the address stands: `fetch` would tidy it up. */
function raw(path: string): Promise<{ status: number; location: string | undefined; text: string }> {
  const { hostname, port } = new URL(open.console.url);
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ hostname, port, path, timeout: 20_000 }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location, text }),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}
