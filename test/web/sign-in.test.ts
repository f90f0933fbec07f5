import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problem } from "../fakes/console/fake-answers.ts";
import { OFFERED } from "../fakes/console/fake-sign-in.ts";
import { type FakeWorld, fakeWorld } from "../fakes/console/fake-world.ts";
import { axeFindings, tooWide } from "./axe-findings.ts";
import { launchBrowser, visit, type Visitor } from "./visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** A company's sign-in page, nobody signed in yet. */
function company(): FakeWorld {
  const world = fakeWorld(null);
  world.answers.set("GET /session/methods", { status: 200, body: { items: OFFERED } });
  return world;
}
async function fill({ page }: Visitor, password = "right password"): Promise<void> {
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("wang");
  await page.getByRole("textbox", { name: "Password" }).fill(password);
}
const signInButton = ({ page }: Visitor) => page.getByRole("button", { name: "Sign in", exact: true });
const sent = (world: FakeWorld) => world.changes.filter(({ call }) => call === "POST /session").map(({ body }) => body);

describe("the sign-in page", () => {
  test("leads to a provider, with the page to come back to", async () => {
    await using visitor = await visit(browser, company());
    await visitor.open("/sign-in?return=%2Forders%2F50");
    const link = visitor.page.getByRole("link", { name: "Sign in with Company SSO" });
    expect(await link.getAttribute("href")).toBe("/auth/oidc/80?return=%2Forders%2F50");
  });

  test("asks for the password of the directory, or for one that is kept here, and remembers which", async () => {
    const world = company();
    await using visitor = await visit(browser, world);
    await visitor.open("/sign-in");
    const here = visitor.page.getByRole("radio", { name: "This console" });
    expect(await visitor.page.getByRole("radio", { name: "Directory" }).isChecked()).toBe(true);
    await fill(visitor, "wrong");
    await signInButton(visitor).click();
    await visitor.page.getByText("Name or password is wrong.").waitFor();
    await here.check();
    await visitor.page.reload();
    await here.waitFor();
    expect(await here.isChecked()).toBe(true);
    await fill(visitor);
    await signInButton(visitor).click();
    await visitor.page.getByRole("heading", { name: "Now" }).waitFor();
    expect(sent(world)).toEqual([
      { name: "wang", password: "wrong", method: 81 },
      { name: "wang", password: "right password" },
    ]);
  });

  test("asks for a code where the server does, keeps what was typed, and says when the code is wrong", async () => {
    const world = company();
    world.answers.set("POST /session", problem(401, "code-needed"));
    await using visitor = await visit(browser, world);
    await visitor.open("/sign-in");
    await fill(visitor);
    expect(await visitor.page.getByRole("textbox", { name: "Code" }).count()).toBe(0);
    await signInButton(visitor).click();
    await visitor.page.getByText("Now give the code of your authenticator.").waitFor();
    const code = visitor.page.getByRole("textbox", { name: "Code" });
    await expect.poll(() => visitor.page.evaluate<string>("document.activeElement.name")).toBe("code");
    world.answers.set("POST /session", problem(401, "wrong-code"));
    await code.fill("000000");
    await visitor.page.keyboard.press("Enter");
    await visitor.page.getByText("The code is wrong, or was used already.").waitFor();
    expect(await axeFindings(visitor.page)).toEqual([]);
    world.answers.delete("POST /session");
    await code.fill("123456");
    await visitor.page.keyboard.press("Enter");
    await visitor.page.getByRole("heading", { name: "Now" }).waitFor();
    expect(sent(world).at(-1)).toEqual({ name: "wang", password: "right password", code: "123456", method: 81 });
  });

  test.each([
    ["503 method-unavailable", "The directory does not answer at the moment."],
    ["403 name-taken", "Another account has your name here already"],
    ["403 inactive", "Your account is not active."],
    ["400 no-method", "There is no such way to sign in any more."],
  ])("says why a directory has let nobody in: %s", async (answer, words) => {
    const [status, type = ""] = answer.split(" ");
    const world = company();
    world.answers.set("POST /session", problem(Number(status), type));
    await using visitor = await visit(browser, world);
    await visitor.open("/sign-in");
    await fill(visitor);
    await signInButton(visitor).click();
    await visitor.page.getByRole("alert").getByText(words).waitFor();
  });

  test.each([
    ["en", "refused", "The provider has not signed you in."],
    ["en", "not-a-word", "Signing in has failed."],
    ["zh-CN", "name-taken", "这里已有同名的其他账号"],
    ["zh-CN", "unreachable", "提供方没有应答。"],
  ] as const)("in %s says with what problem somebody comes back: %s", async (language, word, words) => {
    await using visitor = await visit(browser, company(), { language });
    await visitor.open(`/sign-in?problem=${word}`);
    await visitor.page.getByRole("alert").getByText(words).waitFor();
  });

  test.each([
    { language: "en", scheme: "light", width: 1280 },
    { language: "zh-CN", scheme: "dark", width: 360 },
  ] as const)("with all ways to sign in is accessible in $language at $width px", async (look) => {
    await using visitor = await visit(browser, company(), look);
    await visitor.open("/sign-in?problem=expired");
    await visitor.page.getByRole("radio").first().waitFor();
    expect([...(await axeFindings(visitor.page)), ...visitor.complaints]).toEqual([]);
    expect(await tooWide(visitor.page)).toBeLessThanOrEqual(0);
  });
});

describe("sign-in methods", () => {
  test("are reached from the administration, with kind and address", async () => {
    await using visitor = await visit(browser, fakeWorld());
    await visitor.open("/administration/accounts");
    await visitor.page.getByRole("link", { name: "Sign-in methods" }).click();
    await visitor.page.getByRole("cell", { name: "ldaps://ldap.example.org" }).waitFor();
    await visitor.page.getByRole("cell", { name: "https://sso.example.org/realms/main" }).waitFor();
  });

  test("have the fields of their kind, and send groups, kept secrets and all", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/configuration/sign-in-methods/81");
    expect(await page.getByRole("textbox", { name: "Issuer" }).count()).toBe(0);
    await page.getByRole("button", { name: "Add a group" }).click();
    await page.getByRole("textbox", { name: "DN of the group" }).last().fill("cn=dba,dc=example,dc=org");
    await page.getByRole("combobox", { name: "User group" }).last().click();
    await page.getByRole("option", { name: "dba" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("is saved as version 3").waitFor();
    const { body } = world.changes.at(-1) as { body: { data: Record<string, unknown> } };
    expect(body.data).toMatchObject({
      bindPassword: "••••••••",
      groups: [
        { external: "cn=operators,ou=groups,dc=example,dc=org", userGroup: 1 },
        { external: "cn=dba,dc=example,dc=org", userGroup: 2 },
      ],
    });
  });

  test("are verified beside the form: who is found, and what would come of it", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/configuration/sign-in-methods/81");
    await page.getByRole("textbox", { name: "Look somebody up" }).fill("wang");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("The directory answers").waitFor();
    await page.getByText("uid=wang,ou=people,dc=example,dc=org").waitFor();
    await page.getByText("Is refused, and told: “Another account has your name here already").waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await visitor.open("/configuration/sign-in-methods/80");
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("https://gantry.example.org/auth/oidc/80/callback").waitFor();
  });

  test("say in words of the page what is wrong with a field", async () => {
    const world = fakeWorld();
    const fields = [{ field: "data.userFilter", rule: "name", message: "Give a filter." }];
    world.answers.set("POST /definitions/sign_in_method", problem(400, "invalid", { fields }));
    await using visitor = await visit(browser, world, { language: "zh-CN" });
    const { page } = visitor;
    await visitor.open("/configuration/sign-in-methods/new");
    await page.getByRole("radio", { name: "LDAP" }).check();
    await page.getByRole("textbox", { name: "名字", exact: true }).first().fill("Directory 2");
    await page.getByRole("button", { name: "保存" }).click();
    await page.getByText("过滤器必须包含 {name}").waitFor();
  });
});
