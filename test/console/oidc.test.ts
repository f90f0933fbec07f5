import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SignInMethod } from "../../src/contract/sign-in-method.ts";
import { ConsoleClient } from "./console-client.ts";
import { startFalseProvider, type FalseProvider, type Signing } from "./false-provider.ts";
import { freePort } from "./free-port.ts";
import { openConsole, type OpenConsole } from "./open-console.ts";
import { PlainBrowser } from "./plain-browser.ts";
import { CLIENT_ID, CLIENT_SECRET, startProvider, type RealProvider } from "./real-provider.ts";

let open: OpenConsole;
let provider: RealProvider;
let falseProvider: FalseProvider;
let operators: number;
/** Ids of methods. */
let company: number;
let closed: number;
let untrue: number;

beforeAll(async () => {
  open = await openConsole();
  operators = (await open.admin.call("POST /user-groups", { body: { name: "operators" } })).id;
  const port = await freePort();
  falseProvider = await startFalseProvider(CLIENT_ID, CLIENT_SECRET);
  const issuer = `http://127.0.0.1:${port}`;
  company = await define("company", { issuer, groups: [{ external: "ops", userGroup: operators }] });
  closed = await define("closed", { issuer, createAccounts: false });
  untrue = await define("untrue", { issuer: falseProvider.issuer });
  provider = await startProvider(
    port,
    [company, closed].map((id) => `${open.console.url}/auth/oidc/${id}/callback`),
  );
});
afterAll(async () => {
  await open?.console.stop();
  await provider?.stop();
  await falseProvider?.stop();
});

async function define(name: string, data: Partial<SignInMethod>): Promise<number> {
  const client = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
  return (await open.admin.define("sign_in_method", { kind: "oidc", ...client, ...data, name })).id;
}
function person(subject: string, groups: readonly string[] = [], name = subject): void {
  provider.people.set(subject, {
    preferred_username: name,
    name: `${name} in full`,
    email: `${name}@example.org`,
    groups,
  });
  provider.person = subject;
}
/** Signs in as a browser does; where the console leads to in the end. */
async function signIn(browser = new PlainBrowser(), method = company): Promise<string | null> {
  return ledTo(browser, await untilCallback(browser, method));
}
/** Begins in this browser; where the provider would lead it back to, not opened. */
async function untilCallback(browser: PlainBrowser, method = company): Promise<string> {
  return (await browser.open(`${open.console.url}/auth/oidc/${method}`, /\/callback\?/u)).url;
}
/** Opens an address; where it leads to. */
async function ledTo(browser: PlainBrowser, url: string): Promise<string | null> {
  return (await browser.get(url)).headers.get("location");
}
async function whoIs(browser: PlainBrowser) {
  const client = new ConsoleClient(open.console.url);
  client.cookie = `gantry_session=${browser.cookie(open.console.url, "gantry_session") ?? ""}`;
  const answer = await client.fetch("GET /session");
  return answer.ok ? (await client.call("GET /session")).account : undefined;
}
async function accountOf(name: string) {
  const { items } = await open.admin.call("GET /accounts");
  return items.find((account) => account.name === name);
}

describe("signing in by a provider", () => {
  it("makes an account at the first time, with the role, name, e-mail and mapped groups, and finds it again", async () => {
    person("wang", ["ops", "others"]);
    const browser = new PlainBrowser();
    const callback = await untilCallback(browser);
    expect(await ledTo(browser, callback)).toBe("/");
    const account = await whoIs(browser);
    expect(account).toMatchObject({
      name: "wang",
      displayName: "wang in full",
      email: "wang@example.org",
      role: "submitter",
      method: "company",
      mustChangePassword: false,
    });
    expect((await accountOf("wang"))?.groups).toEqual([operators]);
    const again = new PlainBrowser();
    await ledTo(again, await untilCallback(again));
    expect((await whoIs(again))?.id).toBe(account?.id);
  });

  it("asks with PKCE, a state and a nonce, and keeps them where no script and no other site gets them", async () => {
    const browser = new PlainBrowser();
    const first = await browser.get(`${open.console.url}/auth/oidc/${company}`);
    const asked = new URL(first.headers.get("location") ?? "").searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: "code",
      client_id: CLIENT_ID,
      code_challenge_method: "S256",
      redirect_uri: `${open.console.url}/auth/oidc/${company}/callback`,
      scope: "openid profile email",
    });
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked.get(name)?.length).toBeGreaterThan(40);
    const [cookie = ""] = browser.received;
    expect(cookie).toMatch(/^gantry_oidc=/u);
    expect(cookie).toMatch(/HttpOnly/u);
    expect(cookie).toMatch(/SameSite=Lax/u);
    expect(cookie).toMatch(/Max-Age=600/u);
    expect(decodeURIComponent(cookie)).not.toContain(asked.get("state"));
    expect(first.headers.get("cache-control")).toBe("no-store");
  });

  it("goes back to where somebody was", async () => {
    person("back");
    const browser = new PlainBrowser();
    const begin = `${open.console.url}/auth/oidc/${company}?return=${encodeURIComponent("/requests/4?x=1")}`;
    const { url } = await browser.open(begin, /\/callback\?/u);
    expect(await ledTo(browser, url)).toBe("/requests/4?x=1");
  });

  it.each(["https://evil.example/", "//evil.example", String.raw`/\evil.example`, "/\t/evil.example", "/sign-in"])(
    "leads to no other site afterwards: %j",
    async (back) => {
      person("back");
      const browser = new PlainBrowser();
      const begin = `${open.console.url}/auth/oidc/${company}?return=${encodeURIComponent(back)}`;
      expect(await ledTo(browser, (await browser.open(begin, /\/callback\?/u)).url)).toBe("/");
    },
  );

  it("takes over full name and groups at each time, and leaves groups alone that the mapping does not name", async () => {
    person("zhao", ["ops"]);
    await signIn();
    const own = (await open.admin.call("POST /user-groups", { body: { name: "made here" } })).id;
    const there = await accountOf("zhao");
    expect(there?.groups).toEqual([operators]);
    await open.admin.call("PUT /accounts/:id", {
      params: { id: there?.id ?? 0 },
      body: { name: "zhao", email: "zhao@example.org", role: "submitter", groups: [operators, own] },
    });
    person("zhao", []);
    provider.people.set("zhao", { preferred_username: "zhao", name: "Zhao Min", email: "", groups: ["others"] });
    await signIn();
    expect(await accountOf("zhao")).toMatchObject({
      groups: [own],
      displayName: "Zhao Min",
      email: "zhao@example.org",
    });
  });

  it("knows somebody again whose name has changed there, and keeps the name here", async () => {
    person("subject-7", [], "maiden");
    await signIn();
    person("subject-7", [], "married");
    const browser = new PlainBrowser();
    await ledTo(browser, await untilCallback(browser));
    expect((await whoIs(browser))?.name).toBe("maiden");
    expect(await accountOf("married")).toBeUndefined();
  });

  it("is written down in the audit with the method's name", async () => {
    const { items } = await open.admin.call("GET /audit", { query: { limit: 200 } });
    const of = items.filter(({ actor }) => actor.name === "wang");
    expect(of.find(({ action }) => action === "signed-in")).toMatchObject({ data: { by: "company" } });
    expect(of.find(({ action }) => action === "account-created")).toMatchObject({ actor: { via: "sign-in" } });
  });
});

describe("somebody who is known there is not let in here", () => {
  const refusedWith = async (method = company): Promise<string> => {
    const browser = new PlainBrowser();
    const led = await ledTo(browser, await untilCallback(browser, method));
    expect(await whoIs(browser)).toBeUndefined();
    return led ?? "";
  };

  it("when the console has another account of that name, which is never taken over", async () => {
    person("subject-of-a-namesake", [], "Admin");
    expect(await refusedWith()).toBe("/sign-in?problem=name-taken");
    expect((await accountOf("admin"))?.method).toBeNull();
  });

  it("when the name cannot be an account's", async () => {
    person("subject-8", [], "../../etc");
    expect(await refusedWith()).toBe("/sign-in?problem=no-name");
  });

  it("when the method makes no accounts", async () => {
    person("stranger");
    expect(await refusedWith(closed)).toBe("/sign-in?problem=no-account");
  });

  it("when the account was made inactive", async () => {
    person("leaver");
    await signIn();
    await open.admin.call("PUT /accounts/:id", {
      params: { id: (await accountOf("leaver"))?.id ?? 0 },
      body: { name: "leaver", role: "submitter", active: false },
    });
    expect(await refusedWith()).toBe("/sign-in?problem=inactive");
  });

  it("when the provider, or the person there, refuses", async () => {
    provider.person = undefined;
    expect(await refusedWith()).toBe("/sign-in?problem=refused");
  });

  it("when the method is none, not active, or of another kind", async () => {
    const inactive = await define("inactive", { issuer: falseProvider.issuer, active: false });
    for (const id of [inactive, 999_999, "x", "9999999999999"])
      expect(await ledTo(new PlainBrowser(), `${open.console.url}/auth/oidc/${id}`)).toBe("/sign-in?problem=no-method");
  });
});

describe("a callback", () => {
  const expired = "/sign-in?problem=expired";

  it("is worth nothing in another browser, so that nobody is signed in as somebody else unawares", async () => {
    person("attacker");
    const callback = await untilCallback(new PlainBrowser());
    const victim = new PlainBrowser();
    expect(await ledTo(victim, callback)).toBe(expired);
    // Not even in one that has begun a sign-in of its own.
    const busy = new PlainBrowser();
    await untilCallback(busy);
    expect(await ledTo(busy, callback)).toBe(expired);
    expect(await whoIs(busy)).toBeUndefined();
  });

  it("signs in once", async () => {
    person("once");
    const browser = new PlainBrowser();
    const callback = await untilCallback(browser);
    const sealed = browser.cookie(open.console.url, "gantry_oidc") ?? "";
    expect(await ledTo(browser, callback)).toBe("/");
    expect(browser.cookie(open.console.url, "gantry_oidc")).toBeUndefined();
    expect(await ledTo(new PlainBrowser(), callback)).toBe(expired);
    // Even with a copy of the cookie: the provider takes a code once.
    const copy = new PlainBrowser();
    copy.setCookie(open.console.url, "gantry_oidc", sealed);
    expect(await ledTo(copy, callback)).toBe("/sign-in?problem=not-trusted");
    expect(await whoIs(copy)).toBeUndefined();
  });

  it.each([
    ["another state", (url: URL) => url.searchParams.set("state", "guessed")],
    ["no state", (url: URL) => url.searchParams.delete("state")],
    ["two states", (url: URL) => url.searchParams.append("state", "second")],
  ])("with %s is refused", async (_what, change) => {
    person("state");
    const browser = new PlainBrowser();
    const url = new URL(await untilCallback(browser));
    change(url);
    expect(await ledTo(browser, url.href)).toBe(expired);
    expect(await whoIs(browser)).toBeUndefined();
  });

  it("of another method is refused", async () => {
    person("mixed-up");
    const browser = new PlainBrowser();
    const callback = await untilCallback(browser);
    expect(await ledTo(browser, callback.replace(`/oidc/${company}/`, `/oidc/${closed}/`))).toBe(expired);
  });

  it.each(["code", "iss"])("with another %s is refused", async (name) => {
    person("mixed-up");
    const browser = new PlainBrowser();
    const url = new URL(await untilCallback(browser));
    url.searchParams.set(name, name === "iss" ? falseProvider.issuer : "guessed");
    expect(await ledTo(browser, url.href)).toBe("/sign-in?problem=not-trusted");
    expect(await whoIs(browser)).toBeUndefined();
  });

  it("with a cookie that was changed, or that was sealed for something else, is refused", async () => {
    person("cookie");
    const browser = new PlainBrowser();
    const callback = await untilCallback(browser);
    const sealed = browser.cookie(open.console.url, "gantry_oidc") ?? "";
    for (const changed of [`${sealed.slice(0, -2)}AA`, "v1.a.b.c", ""]) {
      browser.setCookie(open.console.url, "gantry_oidc", changed);
      expect(await ledTo(browser, callback)).toBe(expired);
    }
  });

  it("begins a new session, so that one planted before is worth nothing", async () => {
    person("fixation");
    const browser = new PlainBrowser();
    browser.setCookie(open.console.url, "gantry_session", "planted");
    await ledTo(browser, await untilCallback(browser));
    expect(browser.cookie(open.console.url, "gantry_session")).not.toBe("planted");
    expect((await whoIs(browser))?.name).toBe("fixation");
  });
});

describe("a provider that is not to be trusted", () => {
  beforeEach(() => {
    Object.assign(falseProvider, { token: undefined, claims: {}, signing: "own", keys: "own", discovery: {} });
  });
  /** Begins, and comes back with a code that the false provider answers as it is told. */
  const comeBack = async (nonce?: (asked: string) => string): Promise<readonly [string | null, string | undefined]> => {
    const browser = new PlainBrowser();
    const asked = new URL((await ledTo(browser, `${open.console.url}/auth/oidc/${untrue}`)) ?? "").searchParams;
    const right = asked.get("nonce") ?? "";
    falseProvider.nonce = nonce === undefined ? right : nonce(right);
    const callback = `${open.console.url}/auth/oidc/${untrue}/callback?code=x&state=${asked.get("state") ?? ""}`;
    return [await ledTo(browser, callback), (await whoIs(browser))?.name];
  };
  const refused = ["/sign-in?problem=not-trusted", undefined];

  it("is trusted as long as everything is right", async () => {
    expect(await comeBack()).toEqual(["/", "false-person"]);
    expect(falseProvider.asked.at(-1)?.get("code_verifier")?.length).toBeGreaterThan(40);
  });

  it.each(["other", "none", "secret"] satisfies Signing[])(
    "is refused with an ID token signed by: %s",
    async (signing) => {
      falseProvider.signing = signing;
      expect(await comeBack()).toEqual(refused);
    },
  );

  it("is refused with another nonce, or none", async () => {
    expect(await comeBack(() => "another")).toEqual(refused);
    falseProvider.claims = { nonce: undefined };
    expect(await comeBack()).toEqual(refused);
  });

  it.each([
    ["for another client", { aud: "somebody-else" }],
    ["of another issuer", { iss: "https://evil.example" }],
    ["that has expired", { exp: 1_000_000_000 }],
    ["without a subject", { sub: undefined }],
    ["of which the subject is no text", { sub: 42 }],
  ])("is refused with an ID token %s", async (_what, claims) => {
    falseProvider.claims = claims;
    expect(await comeBack()).toEqual(refused);
  });

  it.each([
    ["an error", 400, "application/json", '{"error":"invalid_grant"}'],
    ["a page", 200, "text/html", "<html>"],
    ["no JSON", 200, "application/json", "{"],
    ["no ID token", 200, "application/json", '{"access_token":"a","token_type":"Bearer"}'],
    ["another type than JSON's object", 200, "application/json", "[]"],
  ])("is refused when it answers with %s", async (_what, status, type, body) => {
    falseProvider.token = { status, type, body };
    expect(await comeBack()).toEqual(refused);
  });

  it("is refused without its keys", async () => {
    const keyless = await startFalseProvider(CLIENT_ID, CLIENT_SECRET);
    keyless.keys = "none";
    const method = await define("keyless", { issuer: keyless.issuer });
    const browser = new PlainBrowser();
    const asked = new URL((await ledTo(browser, `${open.console.url}/auth/oidc/${method}`)) ?? "").searchParams;
    keyless.nonce = asked.get("nonce") ?? "";
    const callback = `${open.console.url}/auth/oidc/${method}/callback?code=x&state=${asked.get("state") ?? ""}`;
    expect(await ledTo(browser, callback)).toBe("/sign-in?problem=not-trusted");
    await keyless.stop();
  });

  it.each([
    ["not-trusted", "html"],
    ["not-trusted", "error"],
    ["set-up", { issuer: "https://evil.example" }],
    ["not-trusted", { authorization_endpoint: undefined }],
  ] as const)("leads back with %s when its discovery document is: %j", async (problem, discovery) => {
    const odd = await startFalseProvider(CLIENT_ID, CLIENT_SECRET);
    odd.discovery = discovery;
    const method = await define(`odd ${JSON.stringify(discovery)}`, { issuer: odd.issuer });
    const begin = `${open.console.url}/auth/oidc/${method}?return=%2Forders`;
    expect(await ledTo(new PlainBrowser(), begin)).toBe(`/sign-in?problem=${problem}&return=%2Forders`);
    await odd.stop();
  });

  it("leads back when it does not answer", async () => {
    const method = await define("down", { issuer: `http://127.0.0.1:${await freePort()}` });
    expect(await ledTo(new PlainBrowser(), `${open.console.url}/auth/oidc/${method}`)).toBe(
      "/sign-in?problem=unreachable",
    );
  });

  it("never shows the client's secret", async () => {
    const shown = await open.admin.call("GET /definitions/:kind", { params: { kind: "sign_in_method" } });
    expect(JSON.stringify(shown)).not.toContain(CLIENT_SECRET);
    expect(open.console.output()).not.toContain(CLIENT_SECRET);
  });
});

describe("verify", () => {
  const verify = (data: Partial<SignInMethod>, id: number | null = null) =>
    open.admin.call("POST /sign-in-methods/verify", {
      body: { id, data: { kind: "oidc", name: "tried", clientId: CLIENT_ID, ...data } },
    });

  it("reads the discovery document, and shows the address to be registered at the provider", async () => {
    const issuer = falseProvider.issuer;
    Object.assign(falseProvider, { discovery: {} });
    expect(await verify({ issuer, clientSecret: "••••••••" }, untrue)).toMatchObject({
      problem: null,
      authorizationEndpoint: `${issuer}/authorize`,
      redirectUri: `${open.console.url}/auth/oidc/${untrue}/callback`,
    });
    expect((await verify({ issuer })).redirectUri).toBeNull();
    Object.assign(falseProvider, { discovery: { issuer: "https://evil.example" } });
    expect((await verify({ issuer })).problem?.reason).toBe("other-issuer");
    expect((await verify({ issuer: "http://127.0.0.1:1" })).problem?.reason).toBe("unreachable");
  });

  it("names the field where a method cannot work", async () => {
    const refused = async (data: Partial<SignInMethod>) => {
      const whole = { kind: "oidc", name: "refused", clientId: "x", issuer: "https://x.example", ...data };
      const answer = await open.admin.fetch("POST /definitions/:kind", {
        params: { kind: "sign_in_method" },
        body: { data: whole },
      });
      const { fields } = (await answer.json()) as { fields?: { field: string; rule: string }[] };
      return fields?.map(({ field, rule }) => `${field} ${rule}`);
    };
    expect(await refused({ issuer: "http://provider.example" })).toEqual(["issuer format"]);
    expect(await refused({ issuer: "https://x.example/?a=1" })).toEqual(["issuer format"]);
    expect(await refused({ issuer: "" })).toEqual(["issuer required"]);
    expect(await refused({ clientId: "" })).toEqual(["clientId required"]);
    expect(await refused({ scopes: "profile" })).toEqual(["scopes openid"]);
  });
});

it("an address that begins too often is slowed down", async () => {
  const begin = `${open.console.url}/auth/oidc/999999`;
  const led = new Set<string | null>();
  for (let tries = 0; tries < 320; tries += 1) led.add(await ledTo(new PlainBrowser(), begin));
  expect([...led]).toEqual(["/sign-in?problem=no-method", "/sign-in?problem=too-many"]);
});
