import { createServer, type Server } from "node:net";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SignInMethod } from "../../src/contract/sign-in-method.ts";
import { ConsoleClient } from "./console-client.ts";
import { freePort } from "./free-port.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";
import { ROOT, startSlapd, type Slapd } from "./slapd.ts";

const PEOPLE = `ou=people,${ROOT}`;
const GROUPS = `ou=groups,${ROOT}`;
const BIND_PASSWORD = "bind-password-of-the-console";

let open: OpenConsole;
let slapd: Slapd;
let operators: number;
let dba: number;
/** Ids of methods. */
let directory: number;

beforeAll(async () => {
  [open, slapd] = await Promise.all([openConsole(), startSlapd(LDIF)]);
  const userGroup = async (name: string) => (await open.admin.call("POST /user-groups", { body: { name } })).id;
  [operators, dba] = [await userGroup("operators"), await userGroup("dba")];
  directory = await define("directory", {
    groups: [
      { external: `CN=operators, ${GROUPS}`, userGroup: operators },
      { external: `cn=dba,${GROUPS}`, userGroup: dba },
    ],
  });
});
afterAll(async () => {
  await open?.console.stop();
  await slapd?.remove();
});

function methodData(change: Partial<SignInMethod> = {}): Partial<SignInMethod> {
  return {
    kind: "ldap",
    url: slapd.url,
    startTls: true,
    ca: slapd.ca,
    bindDn: `cn=console,${ROOT}`,
    bindPassword: BIND_PASSWORD,
    userBase: PEOPLE,
    ...change,
  };
}
async function define(name: string, change: Partial<SignInMethod> = {}): Promise<number> {
  return (await open.admin.define("sign_in_method", { ...methodData(change), name })).id;
}

const nobody = (): ConsoleClient => new ConsoleClient(open.console.url);
/** Status and kind of problem of a sign-in; `ok` where it was let in. */
async function attempt(name: string, password: string, method: number): Promise<readonly [number, string]> {
  const answer = await nobody().fetch("POST /session", { body: { name, password, method } });
  return [answer.status, answer.ok ? "ok" : ((await answer.json()) as { type: string }).type];
}
async function signedIn(name: string, password: string, method: number) {
  const client = nobody();
  const session = await client.call("POST /session", { body: { name, password, method } });
  client.csrfToken = session.csrfToken;
  return { client, account: session.account };
}
async function accountOf(name: string) {
  const { items } = await open.admin.call("GET /accounts");
  return items.find((account) => account.name === name);
}
/** A name as nobody has tried it yet, so that no lock-out of another test is in the way. */
const REFUSED = [401, "wrong-sign-in"] as const;

describe("signing in by a directory", () => {
  it("is offered to those who are not signed in, without anything of its settings", async () => {
    const answer = await nobody().fetch("GET /session/methods");
    expect(await answer.json()).toEqual({ items: [{ id: directory, name: "directory", kind: "ldap" }] });
  });

  it("makes an account at the first time, with the role, name, e-mail and mapped groups, and finds it again", async () => {
    const { account } = await signedIn("WANG", "wang-password", directory);
    expect(account).toMatchObject({
      name: "wang",
      displayName: "王芳",
      email: "wang@example.org",
      role: "submitter",
      method: "directory",
      mustChangePassword: false,
    });
    expect((await accountOf("wang"))?.groups).toEqual([operators]);
    expect((await signedIn("wang", "wang-password", directory)).account.id).toBe(account.id);
  });

  it.each([
    ["a wrong password", "zhou", "wrong"],
    ["a name that nobody has", "nobody-at-all", "wrong"],
    ["a name that would find everybody", "*", "wang-password"],
    ["a name that would widen the filter", "*)(uid=*", "wang-password"],
    ["a name that would add a branch", "x)(|(objectClass=*)", "wang-password"],
    ["a distinguished name", `uid=wang,${PEOPLE}`, "wang-password"],
  ])("refuses %s with the same words", async (_what, name, password) => {
    expect(await attempt(name, password, directory)).toEqual(REFUSED);
  });

  it("refuses an empty password, which the directory would let pass as anonymous", async () => {
    expect(await attempt("wang", "", directory)).toEqual([400, "invalid"]);
  });

  it("refuses a name that fits two entries, whichever password it is", async () => {
    const byMail = await define("by mail", { userFilter: "(|(uid={name})(mail={name}))" });
    expect(await attempt("twins@example.org", "twin1-password", byMail)).toEqual(REFUSED);
    expect((await signedIn("twin1", "twin1-password", byMail)).account.name).toBe("twin1");
  });

  it("takes over full name and groups at each time, and leaves groups alone that the mapping does not name", async () => {
    const own = (await open.admin.call("POST /user-groups", { body: { name: "made here" } })).id;
    const { account } = await signedIn("zhao", "zhao-password", directory);
    const there = await accountOf("zhao");
    expect(there?.groups).toEqual([dba]);
    await open.admin.call("PUT /accounts/:id", {
      params: { id: account.id },
      body: { name: "zhao", role: "submitter", groups: [dba, own] },
    });
    slapd.change(`dn: cn=dba,${GROUPS}\nchangetype: modify\nreplace: member\nmember: uid=wang,${PEOPLE}\n
dn: cn=operators,${GROUPS}\nchangetype: modify\nadd: member\nmember: uid=zhao,${PEOPLE}\n
dn: uid=zhao,${PEOPLE}\nchangetype: modify\nreplace: cn\ncn: Zhao Min\n`);
    expect((await signedIn("zhao", "zhao-password", directory)).account.displayName).toBe("Zhao Min");
    expect(new Set((await accountOf("zhao"))?.groups)).toEqual(new Set([operators, own]));
  });

  it("knows somebody again whose name has changed there", async () => {
    const { account } = await signedIn("renamed", "renamed-password", directory);
    slapd.change(`dn: uid=renamed,${PEOPLE}\nchangetype: modrdn\nnewrdn: uid=married\ndeleteoldrdn: 1\n`);
    expect((await signedIn("married", "renamed-password", directory)).account.id).toBe(account.id);
  });

  it("does not hand an account to a newcomer who has got the name of somebody before", async () => {
    await signedIn("leaver", "leaver-password", directory);
    slapd.change(`dn: uid=leaver,${PEOPLE}\nchangetype: delete\n\n${person("leaver", "Somebody else")}`);
    expect(await attempt("leaver", "leaver-password", directory)).toEqual([403, "name-taken"]);
  });

  it("never takes over the console's own account of the same name", async () => {
    expect(await attempt("admin", "admin-password", directory)).toEqual([403, "name-taken"]);
    expect((await accountOf("admin"))?.method).toBeNull();
  });

  it("makes no account where the method does not say so", async () => {
    const closed = await define("closed", { createAccounts: false });
    expect(await attempt("closed", "closed-password", closed)).toEqual([403, "no-account"]);
    expect(await accountOf("closed")).toBeUndefined();
  });

  it("refuses an account that was made inactive here", async () => {
    const { account, client } = await signedIn("inactive", "inactive-password", directory);
    await open.admin.call("PUT /accounts/:id", {
      params: { id: account.id },
      body: { name: "inactive", role: "submitter", active: false },
    });
    expect(await attempt("inactive", "inactive-password", directory)).toEqual([403, "inactive"]);
    expect((await client.fetch("GET /session")).status).toBe(401);
  });

  it("leaves no password here: neither signs it in without the directory, nor can it be changed", async () => {
    const { client } = await signedIn("local", "local-password", directory);
    const without = await nobody().fetch("POST /session", { body: { name: "local", password: "local-password" } });
    expect(without.status).toBe(401);
    const answer = await client.fetch("PUT /session/password", {
      body: { current: "local-password", next: "another-password" },
    });
    expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([409, "password-elsewhere"]);
  });

  it("locks a name after five wrong passwords, the right one included", async () => {
    for (let tries = 0; tries < 5; tries += 1) expect(await attempt("locked", "wrong", directory)).toEqual(REFUSED);
    expect(await attempt("locked", "locked-password", directory)).toEqual([429, "locked-out"]);
  });

  it("asks for the code of an authenticator that was set up here, after the password", async () => {
    const { client } = await signedIn("zhou", "zhou-password", directory);
    const { secret } = await client.call("POST /session/totp");
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    const { recoveryCodes } = await client.call("PUT /session/totp", { body: { code } });
    expect(await attempt("zhou", "zhou-password", directory)).toEqual([401, "code-needed"]);
    expect(await attempt("zhou", "wrong", directory)).toEqual(REFUSED);
    const body = { name: "zhou", password: "zhou-password", method: directory, code: recoveryCodes[0] };
    expect((await nobody().call("POST /session", { body })).account).toMatchObject({ name: "zhou", totp: true });
  });

  it("is written down in the audit with the method's name, and so is who was not let in", async () => {
    await signedIn("audited", "audited-password", directory);
    const { items } = await open.admin.call("GET /audit", { query: { limit: 200 } });
    const of = (name: string) => items.filter(({ actor }) => actor.name === name);
    expect(of("audited").map(({ action }) => action)).toEqual(
      expect.arrayContaining(["account-created", "signed-in"]) as string[],
    );
    expect(of("audited").find(({ action }) => action === "signed-in")).toMatchObject({
      actor: { via: "sign-in" },
      data: { by: "directory" },
    });
    expect(of("admin").find(({ data }) => data["problem"] === "name-taken")).toMatchObject({
      action: "sign-in-failed",
      object: { kind: "sign_in_method" },
    });
    expect(JSON.stringify(items)).not.toMatch(/(audited|admin|wang)-password|bind-password/u);
  });
});

describe("other ways to reach a directory", () => {
  it("encrypts from the beginning with ldaps", async () => {
    const secure = await define("ldaps", { url: slapd.secureUrl, startTls: false });
    expect((await signedIn("ldaps", "ldaps-password", secure)).account.name).toBe("ldaps");
  });

  it("has people bind themselves where the bind DN says so, with names that cannot leave their place", async () => {
    const direct = await define("direct", { bindDn: `uid={name},${PEOPLE}`, bindPassword: "" });
    expect((await signedIn("direct", "direct-password", direct)).account.name).toBe("direct");
    expect(await attempt("direct", "wrong", direct)).toEqual(REFUSED);
    expect(await attempt(`direct,${PEOPLE}+x`, "direct-password", direct)).toEqual(REFUSED);
  });

  it("searches groups where entries do not name theirs", async () => {
    const searching = await define("searching", {
      groupAttribute: "",
      groupBase: GROUPS,
      groups: [{ external: `cn=searched,${GROUPS}`, userGroup: operators }],
    });
    await signedIn("searched", "searched-password", searching);
    expect((await accountOf("searched"))?.groups).toEqual([operators]);
  });
});

describe("a directory that is at fault", () => {
  const unavailable = [503, "method-unavailable"] as const;

  it.each(["startTls", "ldaps"])("is not believed with a certificate of another authority: %s", async (how) => {
    const secure = how === "ldaps";
    const change = { url: secure ? slapd.secureUrl : slapd.url, startTls: !secure, ca: slapd.otherCa };
    const wrongCa = await define(`wrong authority ${how}`, change);
    expect(await attempt("certificate", "certificate-password", wrongCa)).toEqual(unavailable);
  });

  it.each(["startTls", "ldaps"])("is not believed under a name that its certificate does not have: %s", async (how) => {
    const secure = how === "ldaps";
    const url = (secure ? slapd.secureUrl : slapd.url).replace("127.0.0.1", "localhost");
    const other = await define(`other name ${how}`, { url, startTls: !secure });
    expect(await attempt("certificate", "certificate-password", other)).toEqual(unavailable);
    expect(open.console.output()).toContain("does not match certificate's altnames");
  });

  it("says so when it is down, which does not count as a wrong password", async () => {
    const down = await define("down", { url: `ldap://127.0.0.1:${await freePort()}` });
    for (let tries = 0; tries < 6; tries += 1)
      expect(await attempt("patient", "patient-password", down)).toEqual(unavailable);
    expect((await signedIn("patient", "patient-password", directory)).account.name).toBe("patient");
  });

  it("is given up after 10 s when it takes connections and says nothing", async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => void silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as { port: number };
    const method = await define("silent", { url: `ldap://127.0.0.1:${port}` });
    const began = Date.now();
    expect(await attempt("patient", "patient-password", method)).toEqual(unavailable);
    expect(Date.now() - began).toBeLessThan(20_000);
    silent.close();
  });

  it("tells a wrong password of its own from those of people", async () => {
    const method = await define("wrong bind", { bindPassword: "wrong" });
    expect(await attempt("patient", "patient-password", method)).toEqual([503, "method-set-up"]);
  });

  it("is not asked any more once the method is inactive or deleted", async () => {
    const method = await define("inactive method", { active: false });
    expect(await attempt("wang", "wang-password", method)).toEqual([400, "no-method"]);
    expect(await attempt("wang", "wang-password", 999_999)).toEqual([400, "no-method"]);
  });
});

describe("verify", () => {
  const verify = (change: Partial<SignInMethod>, name = "", id: number | null = null) =>
    open.admin.call("POST /sign-in-methods/verify", {
      body: { id, name, data: { ...methodData(change), name: "tried" } },
    });

  it("connects, binds and looks at the search base, with the kept password too", async () => {
    expect(await verify({})).toMatchObject({ problem: null, unencrypted: false, person: null });
    expect(await verify({ bindPassword: "••••••••" }, "", directory)).toMatchObject({ problem: null });
    expect(await verify({ startTls: false })).toMatchObject({ problem: null, unencrypted: true });
  });

  it.each([
    ["bind-refused", { bindPassword: "not-the-right-one" }],
    ["no-base", { userBase: `ou=nowhere,${ROOT}` }],
    ["bad-filter", { userFilter: "(uid{name})" }],
    ["certificate", { ca: "other" }],
    ["unreachable", { url: "ldap://127.0.0.1:1" }],
  ] as const)("says %s, and nothing of passwords", async (reason, change) => {
    const data = "ca" in change ? { ca: slapd.otherCa } : change;
    const report = await verify(data);
    expect(report.problem?.reason).toBe(reason);
    expect(JSON.stringify(report)).not.toMatch(/not-the-right-one|bind-password/u);
  });

  it("shows whom a name would find, and what would come of it", async () => {
    const found = await verify(
      { groups: [{ external: `cn=operators,${GROUPS}`, userGroup: operators }] },
      "wang",
      directory,
    );
    expect(found.person).toMatchObject({
      dn: `uid=wang,${PEOPLE}`,
      name: "wang",
      displayName: "王芳",
      userGroups: [operators],
      outcome: "known",
    });
    expect((await verify({}, "admin", directory)).person?.outcome).toBe("name-taken");
    expect((await verify({}, "verified", directory)).person?.outcome).toBe("made");
    expect(await accountOf("verified")).toBeUndefined();
    expect((await verify({}, "no-such-name", directory)).problem?.reason).toBe("nobody");
  });

  it("names the field where a method cannot work", async () => {
    const refused = async (change: Partial<SignInMethod>) => {
      const body = { data: { ...methodData(change), name: "refused" } };
      const answer = await open.admin.fetch("POST /definitions/:kind", { params: { kind: "sign_in_method" }, body });
      const { fields } = (await answer.json()) as { fields?: { field: string; rule: string }[] };
      return fields?.map(({ field, rule }) => `${field} ${rule}`);
    };
    expect(await refused({ url: "http://x" })).toEqual(["url ldap-url"]);
    expect(await refused({ url: "ldaps://x" })).toEqual(["startTls does-not-fit"]);
    expect(await refused({ ca: "no certificate" })).toEqual(["ca format"]);
    expect(await refused({ userFilter: "(uid=*)" })).toEqual(["userFilter name"]);
    expect(await refused({ bindPassword: "" })).toEqual(["bindPassword required"]);
    expect(await refused({ bindDn: "EXTERNAL" })).toEqual(["bindDn format"]);
    expect(await refused({ role: "no such role" })).toEqual(["role unknown"]);
    expect(await refused({ groups: [{ external: "x", userGroup: 9999 }] })).toEqual(["groups unknown"]);
  });

  it("never shows the bind password", async () => {
    const shown = await open.admin.call("GET /definitions/:kind", { params: { kind: "sign_in_method" } });
    expect(JSON.stringify(shown)).not.toContain(BIND_PASSWORD);
    expect(open.console.output()).not.toContain(BIND_PASSWORD);
    expect(open.console.output()).not.toMatch(/(wang|patient|locked)-password/u);
  });
});

it("an account of the console's own signs in as before", async () => {
  const client = nobody();
  await client.signIn("admin", PASSWORD);
  expect((await client.call("GET /session")).account.method).toBeNull();
});

it("a method is not deleted while active accounts sign in by it", async () => {
  const method = await define("to-be-deleted");
  const { account } = await signedIn("kept", "kept-password", method);
  const remove = () =>
    open.admin.fetch("DELETE /definitions/:kind/:id", { params: { kind: "sign_in_method", id: method } });
  const refused = await remove();
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({
    type: "in-use",
    detail: expect.stringContaining(account.name) as string,
    usedBy: [{ kind: "account", id: account.id, name: account.name }],
  });
  const { name, role } = account;
  await open.admin.call("PUT /accounts/:id", { params: { id: account.id }, body: { name, role, active: false } });
  expect((await remove()).status).toBe(204);
});

function person(uid: string, cn = uid, mail = `${uid}@example.org`): string {
  return `dn: uid=${uid},${PEOPLE}
changetype: add
objectClass: inetOrgPerson
uid: ${uid}
cn: ${cn}
sn: ${cn}
mail: ${mail}
userPassword: ${uid}-password
`;
}

function group(cn: string, member: string): string {
  return `dn: cn=${cn},${GROUPS}
changetype: add
objectClass: groupOfNames
cn: ${cn}
member: uid=${member},${PEOPLE}
`;
}

const NAMES = [
  "zhou",
  "zhao",
  "renamed",
  "leaver",
  "admin",
  "closed",
  "inactive",
  "local",
  "locked",
  "audited",
  "kept",
];
const MORE_NAMES = ["ldaps", "direct", "searched", "certificate", "patient", "verified"];

const LDIF = [
  `dn: ${ROOT}\nchangetype: add\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Example\n`,
  ...["people", "groups"].map(
    (ou) => `dn: ou=${ou},${ROOT}\nchangetype: add\nobjectClass: organizationalUnit\nou: ${ou}\n`,
  ),
  `dn: cn=console,${ROOT}
changetype: add
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: console
userPassword: ${BIND_PASSWORD}
`,
  person("wang", "王芳"),
  ...[...NAMES, ...MORE_NAMES].map((name) => person(name)),
  person("twin1", "Twin 1", "twins@example.org"),
  person("twin2", "Twin 2", "twins@example.org"),
  group("operators", "wang"),
  group("dba", "zhao"),
  group("searched", "searched"),
].join("\n");
