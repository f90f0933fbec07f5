import { TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";
import { person, refused } from "./people.ts";
import { ROOT, startSlapd, type Slapd } from "./slapd.ts";

/** Ways round the five tries that a name has. */
let open: OpenConsole;
let slapd: Slapd;
let directory: number;
const PEOPLE = `ou=people,${ROOT}`;
const BIND_PASSWORD = "bind-password-of-the-console";
const LDIF = `dn: ${ROOT}
changetype: add
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ${PEOPLE}
changetype: add
objectClass: organizationalUnit
ou: people

dn: cn=console,${ROOT}
changetype: add
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: console
userPassword: ${BIND_PASSWORD}

dn: uid=wu,${PEOPLE}
changetype: add
objectClass: inetOrgPerson
uid: wu
cn: Wu
sn: Wu
userPassword: wu-password
`;

beforeAll(async () => {
  [open, slapd] = await Promise.all([openConsole(), startSlapd(LDIF)]);
  const data = { kind: "ldap", url: slapd.url, startTls: true, ca: slapd.ca, userBase: PEOPLE } as const;
  const bind = { bindDn: `cn=console,${ROOT}`, bindPassword: BIND_PASSWORD };
  directory = (await open.admin.define("sign_in_method", { name: "directory", ...data, ...bind })).id;
});
afterAll(async () => {
  await open?.console.stop();
  await slapd?.remove();
});

const nobody = (): ConsoleClient => new ConsoleClient(open.console.url);
const signIn = (body: { name: string; password: string; method?: number; code?: string }) =>
  nobody().fetch("POST /session", { body });
const LOCKED = "429 locked-out";

describe("five wrong passwords lock a name", () => {
  it("however it is written, and say for how long", async () => {
    await person(open, "qian");
    for (const name of ["qian", "QIAN", " qian ", "Qian", "qIAN"])
      expect(await refused(signIn({ name, password: "wrong" }))).toBe("401 wrong-sign-in");
    const answer = await signIn({ name: "qian", password: PASSWORD });
    const { retryAfter } = (await answer.json()) as { retryAfter: number };
    expect([answer.status, retryAfter]).toEqual([429, 300]);
    for (const name of ["QIAN", " qian"]) expect(await refused(signIn({ name, password: PASSWORD }))).toBe(LOCKED);
  });

  it("and asking for a method that is none, a directory, or a code does not free it meanwhile", async () => {
    await person(open, "zhao");
    for (let tries = 0; tries < 4; tries += 1) {
      expect(await refused(signIn({ name: "zhao", password: "wrong" }))).toBe("401 wrong-sign-in");
      expect(await refused(signIn({ name: "zhao", password: "wrong", method: 4711 }))).toBe("400 no-method");
    }
    expect(await refused(signIn({ name: "zhao", password: "wrong", method: directory }))).toBe("401 wrong-sign-in");
    for (const more of [{}, { method: 4711 }, { method: directory }, { code: "123456" }])
      expect(await refused(signIn({ name: "zhao", password: PASSWORD, ...more }))).toBe(LOCKED);
  });

  it("also where many are tried at once, beside such that count for nothing", async () => {
    await person(open, "sun");
    const tries = Array.from({ length: 24 }, (_, index) =>
      signIn({ name: "sun", password: `wrong${index}`, ...(index % 2 === 0 ? {} : { method: 4711 }) }),
    );
    const answers = await Promise.all(
      (await Promise.all(tries)).map(async (answer) => (await answer.json()) as { type: string }),
    );
    expect(answers.filter(({ type }) => type === "wrong-sign-in").length).toBeLessThanOrEqual(5);
  });

  it("in a directory, which takes many spellings for one name", async () => {
    const spellings = ["wu", "WU", "ｗｕ", "w\u00ADu", "ｗu"];
    for (const name of spellings)
      expect(await refused(signIn({ name, password: "wrong", method: directory })), name).toBe("401 wrong-sign-in");
    for (const name of [...spellings, "wｕ"])
      expect(await refused(signIn({ name, password: "wu-password", method: directory })), name).toBe(LOCKED);
  });

  it("together with wrong codes of an authenticator, whose right password frees nothing", async () => {
    const { client } = await person(open, "li");
    const { secret } = await client.call("POST /session/totp");
    await client.call("PUT /session/totp", { body: { code: new TOTP({ secret }).generate() } });
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await refused(signIn({ name: "li", password: PASSWORD }))).toBe("401 code-needed");
      const wrong = tries % 2 === 0 ? { password: "wrong" } : { password: PASSWORD, code: "000000" };
      const answer = await refused(signIn({ name: "li", ...wrong }));
      expect(answer).toBe(tries % 2 === 0 ? "401 wrong-sign-in" : "401 wrong-code");
    }
    expect(await refused(signIn({ name: "li", password: PASSWORD }))).toBe(LOCKED);
  });

  it("also where they are given by somebody who has taken over a session", async () => {
    const { client } = await person(open, "zhou");
    const body = { current: "wrong", next: "another-password" };
    for (let tries = 0; tries < 5; tries += 1)
      expect((await client.fetch("PUT /session/password", { body })).status).toBe(400);
    expect(await refused(client.fetch("PUT /session/password", { body: { ...body, current: PASSWORD } }))).toBe(LOCKED);
    expect(await refused(signIn({ name: "zhou", password: PASSWORD }))).toBe(LOCKED);
  });
});

// The last one: nobody at this address signs in for a minute.
describe("an address that tries too often", () => {
  it("is refused for a while, however it writes the address it asks", { timeout: 120_000 }, async () => {
    const post = async (path: string): Promise<number> => {
      const answer = await fetch(`${open.console.url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      });
      await answer.arrayBuffer();
      return answer.status;
    };
    const statuses = new Map<number, number>();
    for (let sent = 0; sent < 1300; sent += 50)
      for (const status of await Promise.all(Array.from({ length: 50 }, () => post("/api/v1/%73ession"))))
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
    expect(statuses.get(400)).toBeLessThanOrEqual(1200);
    expect(statuses.get(429)).toBeGreaterThanOrEqual(100);
    for (const path of ["/api/v1/session", "/api/v1/%73ession", "/api/v1/session?x=1"])
      expect(await post(path), path).toBe(429);
    const refusal = await nobody().fetch("POST /session", { body: { name: "admin", password: PASSWORD } });
    expect([refusal.status, ((await refusal.json()) as { type: string }).type]).toEqual([429, "too-many-requests"]);
    expect(Number(refusal.headers.get("retry-after"))).toBeGreaterThan(0);
    // Whoever is signed in goes on.
    expect((await open.admin.fetch("GET /orders")).status).toBe(200);
  });
});
