import { TOTP } from "otpauth";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { qrPath, totpUri } from "../../src/server/accounts/totp-code.ts";
import { paths } from "../../src/web/paths.ts";
import { freePort } from "../console/free-port.ts";
import { openConsole, PASSWORD, type OpenConsole } from "../console/open-console.ts";
import { person } from "../console/people.ts";
import { CLIENT_ID, CLIENT_SECRET, startProvider, type RealProvider } from "../console/real-provider.ts";
import { ROOT, startSlapd, type Slapd } from "../console/slapd.ts";
import { Person } from "../e2e/console-person.ts";
import { closeConsole } from "../e2e/console-site.ts";
import { launchBrowser } from "../web/visitor.ts";
import { LOOKS, picture } from "./seats.ts";

let browser: Browser;
let open: OpenConsole;
let provider: RealProvider;
let slapd: Slapd;

beforeAll(async () => {
  [browser, open, slapd] = await Promise.all([launchBrowser(), openConsole(), startSlapd(DIRECTORY)]);
  const { admin, console } = open;
  const { id: operators } = await admin.call("POST /user-groups", { body: { name: "operators" } });
  const port = await freePort();
  const company = await admin.define("sign_in_method", {
    name: "company",
    kind: "oidc",
    issuer: `http://127.0.0.1:${port}`,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    groups: [{ external: "ops", userGroup: operators }],
  });
  provider = await startProvider(port, [`${console.url}/auth/oidc/${company.id}/callback`]);
  await admin.define("sign_in_method", {
    name: "directory",
    kind: "ldap",
    url: slapd.url,
    startTls: true,
    ca: slapd.ca,
    bindDn: `cn=console,${ROOT}`,
    bindPassword: "bind-password-of-the-console",
    userBase: `ou=people,${ROOT}`,
    groups: [{ external: `cn=operators,ou=groups,${ROOT}`, userGroup: operators }],
  });
});
afterAll(async () => {
  await browser?.close();
  await closeConsole(open?.console);
  await provider?.stop();
  await slapd?.remove();
});

/** What the own page says of an account, by its words. */
async function fact({ page }: Person, name: string): Promise<string> {
  const shown = page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });
  return (await shown.locator("dd").innerText()).trim();
}
/** Leaves by the account's menu. */
async function signOut(who: Person, name: string): Promise<void> {
  const { user } = who.text.frame;
  await who.press(user.menu(name));
  await who.page.getByRole("menuitem", { name: user.signOut }).click();
  await who.heading(who.text.signIn.title).waitFor();
}

describe.each(LOOKS)("signing in, in $language at $width px", (look) => {
  const arrive = (): Promise<Person> => Person.arrive(browser, open.console.url, look);
  const named = (name: string): string => `${name}-${look.language}`;

  it("by a provider makes the account with its group at the first time", async () => {
    const name = named("wang");
    provider.people.set(name, {
      preferred_username: name,
      name: "Wang Fang",
      email: `${name}@example.org`,
      groups: ["ops"],
    });
    provider.person = name;
    await using wang = await arrive();
    const { signIn, now, account } = wang.text;
    await wang.heading(signIn.title).waitFor();
    await wang.page.getByRole("link", { name: signIn.by("company") }).waitFor();
    await picture(wang, "sign-in");
    await wang.follow(signIn.by("company"));
    await wang.heading(now.title).waitFor();
    await wang.open(paths.ownAccount());
    expect(await fact(wang, account.about.method)).toBe(account.about.byMethod("company"));
    expect(await fact(wang, account.about.displayName)).toBe("Wang Fang");
    const { items } = await open.admin.call("GET /accounts");
    const { items: groups } = await open.admin.call("GET /user-groups");
    const made = items.find((each) => each.name === name);
    expect(made?.groups.map((id) => groups.find((group) => group.id === id)?.name)).toEqual(["operators"]);
    await signOut(wang, "Wang Fang");
    await wang.follow(signIn.by("company"));
    await wang.heading(now.title).waitFor();
    expect(wang.complaints).toEqual([]);
  });

  it("by a provider that refuses leads back, with the reason", async () => {
    provider.person = undefined;
    await using nobody = await arrive();
    await nobody.follow(nobody.text.signIn.by("company"));
    await nobody.page.getByRole("alert").getByText(nobody.text.signIn.problems.refused).waitFor();
  });

  it("by a directory makes the account, and a wrong password does not", async () => {
    const name = named("zhao");
    await using zhao = await arrive();
    const { signIn, now, account } = zhao.text;
    await zhao.tick("directory");
    await zhao.fill(signIn.name, name);
    await zhao.fill(signIn.password, "not-the-password");
    await zhao.press(signIn.submit);
    await zhao.page.getByRole("alert").getByText(signIn.wrong).waitFor();
    await zhao.fill(signIn.password, `${name}-password`);
    await zhao.press(signIn.submit);
    await zhao.heading(now.title).waitFor();
    await zhao.open(paths.ownAccount());
    expect(await fact(zhao, account.about.method)).toBe(account.about.byMethod("directory"));
    expect(await fact(zhao, account.about.displayName)).toBe("赵敏");
  });

  it("asks for the code of an authenticator once there is one, or a recovery code", async () => {
    const name = named("li");
    const { client } = await person(open, name);
    await using li = await Person.arrive(browser, open.console.url, { ...look, cookie: client.cookie });
    const { signIn, now, account } = li.text;
    await li.open(paths.ownAccount());
    await li.press(account.totp.setUp);
    const qr = li.page.getByRole("img", { name: account.totp.qr }).locator("path");
    const secret = (await li.page.locator("form code").innerText()).replaceAll(/\s/gu, "");
    // The picture is this secret's, under the name of the account.
    expect(await qr.getAttribute("d")).toBe(qrPath(totpUri(secret, name, await issuer())).path);
    await picture(li, "authenticator");
    await li.fill(account.totp.code, new TOTP({ secret }).generate());
    await li.press(account.totp.confirm);
    const codes = (await li.page.getByLabel(account.totp.recovery, { exact: true }).innerText()).split("\n");
    expect(codes).toHaveLength(10);
    await picture(li, "recovery-codes");
    await li.press(account.totp.goOn);
    await li.hears(account.totp.enrolled);
    await signOut(li, name);

    const withCode = async (code: string): Promise<void> => {
      await li.tick(signIn.here);
      await li.fill(signIn.name, name);
      await li.fill(signIn.password, PASSWORD);
      await li.press(signIn.submit);
      await li.page.getByText(signIn.codeNeeded).waitFor();
      await li.fill(signIn.code, code);
      await li.press(signIn.submit);
    };
    // The code that set it up holds no more; the next step's is let in already.
    await withCode(new TOTP({ secret }).generate({ timestamp: Date.now() + 30_000 }));
    await li.heading(now.title).waitFor();
    await signOut(li, name);
    await withCode(codes[0] ?? "");
    await li.heading(now.title).waitFor();
    await signOut(li, name);
    await withCode(codes[0] ?? "");
    await li.page.getByRole("alert").getByText(signIn.wrongCode).waitFor();
    await picture(li, "code-asked");
    expect(li.complaints).toEqual([]);
  });
});

/** What the console calls itself to authenticators. */
async function issuer(): Promise<string> {
  const { uri } = await open.admin.call("POST /session/totp");
  return new URL(uri).searchParams.get("issuer") ?? "";
}

describe.each(LOOKS)("an API token, in $language at $width px", (look) => {
  it("is made on the own page, shown once, and does what it was made for and no more", async () => {
    await using admin = await Person.arrive(browser, open.console.url, { ...look, cookie: open.admin.cookie });
    const { account, roles } = admin.text;
    const name = `metrics-${look.language}`;
    await admin.open(paths.ownAccount());
    await admin.press(account.tokens.create);
    const dialog = admin.page.getByRole("dialog");
    await admin.fill(account.tokens.name, name, dialog);
    await admin.tick(roles.permissions.see.name, dialog);
    await admin.press(account.tokens.make, dialog);
    const token = await dialog.getByLabel(account.tokens.token, { exact: true }).innerText();
    await picture(admin, "token");
    await admin.press(account.once.done, dialog);
    const asks = async (path: string): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      return (await fetch(`${open.console.url}/api/v1${path}`, { headers })).status;
    };
    expect([await asks("/requests"), await asks("/accounts")]).toEqual([200, 403]);
    await admin.page.reload();
    const row = admin.page.getByRole("row").filter({ hasText: name });
    await row.getByText(account.tokens.usedFrom("127.0.0.1")).waitFor();
    expect(await admin.page.getByText(token).count()).toBe(0);
    await admin.press(account.tokens.revokeOne(name), row);
    await admin.press(account.tokens.revokeOne(name), admin.page.getByRole("dialog"));
    await admin.hears(account.tokens.revokedNotice(name));
    expect(await asks("/requests")).toBe(401);
    expect(admin.complaints).toEqual([]);
  });
});

const DIRECTORY = [
  `dn: ${ROOT}\nchangetype: add\nobjectClass: dcObject\nobjectClass: organization\ndc: example\no: Example\n`,
  ...["people", "groups"].map(
    (ou) => `dn: ou=${ou},${ROOT}\nchangetype: add\nobjectClass: organizationalUnit\nou: ${ou}\n`,
  ),
  `dn: cn=console,${ROOT}
changetype: add
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: console
userPassword: bind-password-of-the-console
`,
  ...LOOKS.map(
    ({ language }) => `dn: uid=zhao-${language},ou=people,${ROOT}
changetype: add
objectClass: inetOrgPerson
uid: zhao-${language}
cn: 赵敏
sn: 赵
mail: zhao-${language}@example.org
userPassword: zhao-${language}-password
`,
  ),
  `dn: cn=operators,ou=groups,${ROOT}
changetype: add
objectClass: groupOfNames
cn: operators
${LOOKS.map(({ language }) => `member: uid=zhao-${language},ou=people,${ROOT}`).join("\n")}
`,
].join("\n");
