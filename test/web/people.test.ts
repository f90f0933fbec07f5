import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problem } from "../fakes/console/fake-answers.ts";
import { ADMINISTRATOR, fakeWorld } from "../fakes/console/fake-world.ts";
import { axeFindings, tooWide } from "./axe-findings.ts";
import { launchBrowser, visit } from "./visitor.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const AUDITOR = {
  ...ADMINISTRATOR,
  account: { ...ADMINISTRATOR.account, name: "shen", role: "auditor", permissions: ["audit" as const] },
};
const PHONE = { width: 360, height: 740, language: "zh-CN", scheme: "dark" } as const;

/** What axe finds serious, what is too wide: nothing. */
async function isSound(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  expect({ axe: await axeFindings(page), wide: Math.max(0, await tooWide(page)) }).toEqual({ axe: [], wide: 0 });
}

describe("the administration", () => {
  test("shows an auditor the audit only, and an administrator every tab", async () => {
    await using auditor = await visit(browser, fakeWorld(AUDITOR));
    await auditor.open("/orders");
    await auditor.page.getByRole("link", { name: "Administration" }).click();
    await auditor.page.waitForURL("**/administration/audit");
    await auditor.open("/administration/accounts");
    await auditor.page.getByRole("heading", { name: "You may not see this" }).waitFor();
    await auditor.open("/configuration/sign-in-methods");
    await auditor.page.getByRole("heading", { name: "You may not see this" }).waitFor();

    await using administrator = await visit(browser, fakeWorld());
    await administrator.open("/configuration/sign-in-methods");
    const tabs = administrator.page.getByRole("navigation", { name: "Administration" }).getByRole("link");
    expect(await tabs.allInnerTexts()).toEqual([
      "Accounts",
      "User groups",
      "Roles",
      "Object rules",
      "Notification channels",
      "Sign-in methods",
      "Audit",
      "System health",
    ]);
  });
});

describe("an account", () => {
  test("is changed over the version that was looked at; who comes too late loads what is there", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/administration/accounts");
    await page.getByRole("link", { name: "wang" }).click();
    await page.getByRole("textbox", { name: "E-mail" }).fill("wang@example.org");
    await page.getByRole("combobox", { name: "Role" }).click();
    await page.getByRole("option", { name: "release manager" }).click();
    world.answers.set("PUT /accounts/2", problem(409, "changed", { currentVersion: 2 }));
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Somebody has changed it meanwhile").waitFor();
    expect(world.changes[0]?.body).toMatchObject({
      version: 1,
      email: "wang@example.org",
      role: "release manager",
      groups: [1],
      password: "",
    });
    Object.assign(world.accounts[1] ?? {}, { version: 2, displayName: "Wang Fang" });
    world.answers.clear();
    await page.reload();
    await page.getByRole("textbox", { name: "E-mail" }).fill("wang@example.org");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Account wang is saved.").waitFor();
    expect(world.changes[1]?.body).toMatchObject({ version: 2, displayName: "Wang Fang" });
  });

  test("loses its authenticator, its sessions and a token, each after a question", async () => {
    const world = fakeWorld();
    Object.assign(world.accounts[1] ?? {}, { totp: true });
    world.people.sessions = world.people.sessions.map((session) => ({ ...session, current: false }));
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/administration/accounts/2");
    await page.getByRole("button", { name: "Remove the authenticator" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove the authenticator" }).click();
    await page.getByText("wang signs in without an authenticator now.").waitFor();
    await page.getByRole("button", { name: "End all sessions" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "End all sessions" }).click();
    await page.getByText("Signed in nowhere.").waitFor();
    await page.getByRole("button", { name: "Revoke nightly export" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke nightly export" }).click();
    await page.getByText("Token nightly export is revoked.").waitFor();
    expect(world.changes.map(({ call }) => call)).toEqual([
      "DELETE /accounts/2/totp",
      "DELETE /accounts/2/sessions",
      "DELETE /accounts/2/tokens/1",
    ]);
  });
});

describe("an import", () => {
  const CSV = "name,email,groups\nwang,wang@example.org,operators\nzhao,zhao@example.org,leads\n";

  test("shows what would happen, then does it, and shows the one-time passwords once", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/administration/accounts");
    await page.getByRole("button", { name: "Import" }).click();
    const dialog = page.getByRole("dialog");
    const chooser = page.waitForEvent("filechooser");
    await dialog.getByRole("button", { name: "Choose a CSV file" }).click();
    await (await chooser).setFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
    await dialog.getByText("people.csv was read as UTF-8.").waitFor();
    await dialog.getByRole("button", { name: "Check" }).click();
    await dialog.getByText('groups "leads": It does not exist').waitFor();
    expect(await dialog.getByRole("button", { name: /^Import/u }).isDisabled()).toBe(true);
    await isSound(page);
    await dialog.getByRole("button", { name: "Back" }).click();
    await dialog.getByRole("switch", { name: "Make user groups that are not there" }).click();
    await dialog.getByRole("button", { name: "Check" }).click();
    await dialog.getByText("1 new, 1 changed, 0 unchanged").waitFor();
    await dialog.getByText("User groups that are made: leads").waitFor();
    await dialog.getByRole("button", { name: "Import 2 accounts" }).click();
    await dialog.getByText("x7kd-m2pq-9fhw-ta3n").waitFor();
    await isSound(page);
    const download = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download" }).click();
    const stream = await (await download).createReadStream();
    expect(Buffer.concat(await stream.toArray()).toString()).toBe("name,password\nzhao,x7kd-m2pq-9fhw-ta3n\n");
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: "Done" }).click();
    expect(world.changes.map(({ body }) => body)).toEqual([
      { csv: CSV, createGroups: false, dryRun: true },
      { csv: CSV, createGroups: true, dryRun: true },
      { csv: CSV, createGroups: true, dryRun: false },
    ]);
    expect(visitor.complaints).toEqual([]);
  });

  test("gives an example file that it would take itself", async () => {
    await using visitor = await visit(browser, fakeWorld());
    const { page } = visitor;
    await visitor.open("/administration/accounts");
    await page.getByRole("button", { name: "Import" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Example file" }).click();
    const stream = await (await download).createReadStream();
    const text = Buffer.concat(await stream.toArray()).toString();
    expect(text.split("\n")[0]).toBe("name,displayName,email,role,groups,active");
  });
});

describe("the table of roles", () => {
  test("is ticked, saved over the versions that were looked at, and keeps what is refused", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world, { width: 1440 });
    const { page } = visitor;
    await visitor.open("/administration/roles");
    await page.getByRole("checkbox", { name: "Dashboard: release manager" }).click();
    await page.getByRole("checkbox", { name: "Break glass: Maintainer" }).focus();
    await page.keyboard.press("Space");
    await page.getByText("2 roles are changed and not saved.").waitFor();
    expect(await page.getByRole("img", { name: "Audit: Administrator: Yes" }).count()).toBe(1);
    world.answers.set("PUT /roles/release%20manager", problem(409, "changed", { currentVersion: 4 }));
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Role release manager was not saved").waitFor();
    await page.getByText("1 role is changed and not saved.").waitFor();
    expect(world.changes[0]?.body).toMatchObject({
      version: 1,
      permissions: ["submit", "approve", "see", "dashboard", "fleet", "configure", "break-glass"],
    });
    await page.getByRole("button", { name: "Load what is there now" }).click();
    expect(await page.getByRole("checkbox", { name: "Dashboard: release manager" }).isChecked()).toBe(false);
    await isSound(page);
  });

  test("is one role at a time on a phone", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world, PHONE);
    const { page } = visitor;
    await visitor.open("/administration/roles");
    await page.getByText("管理员始终拥有所有权限。").waitFor();
    await page.getByRole("combobox", { name: "角色" }).click();
    await page.getByRole("option", { name: "提单人" }).click();
    await page.getByRole("checkbox", { name: "审计" }).click();
    await page.getByRole("switch", { name: "必须使用动态验证码" }).click();
    await isSound(page);
    await page.getByRole("button", { name: "保存修改" }).click();
    await page.getByText("角色已保存, 立即生效。").waitFor();
    expect(world.changes[0]).toMatchObject({
      call: "PUT /roles/submitter",
      body: { permissions: ["submit", "approve", "fleet", "audit"], requireTotp: true, version: 1 },
    });
  });

  test("gets a new role like another one, renames it, and says who has one that is to be deleted", async () => {
    const world = fakeWorld();
    Object.assign(world.accounts[1] ?? {}, { role: "release manager" });
    await using visitor = await visit(browser, world, { width: 1440 });
    const { page } = visitor;
    await visitor.open("/administration/roles");
    await page.getByRole("button", { name: "New role" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("night shift");
    await page.getByRole("combobox", { name: "Begin with the permissions of" }).click();
    await page.getByRole("option", { name: "Submitter" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "night shift" }).click();
    expect(world.changes[0]?.body).toEqual({
      name: "night shift",
      description: "",
      permissions: ["submit", "approve", "fleet"],
    });
    await page.getByRole("textbox", { name: "Name" }).fill("on call");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "on call" }).waitFor();
    expect(world.changes[1]?.call).toBe("PUT /roles/night%20shift");
    await page.getByRole("button", { name: "release manager" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("link", { name: "wang" }).waitFor();
    expect(await dialog.getByRole("button", { name: "Delete release manager" }).isDisabled()).toBe(true);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "on call" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete on call" }).click();
    await page.getByText("Role on call is deleted.").waitFor();
  });
});

describe("object rules", () => {
  test("are sentences by group; one is added as it will be said, and one is taken back", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/administration/object-rules");
    const operators = page.getByRole("region", { name: "operators" });
    expect(await operators.getByRole("listitem").allInnerTexts()).toEqual([
      "may see all requests in stage",
      "may submit all orders in stage / DeployDocker",
    ]);
    await page.getByRole("button", { name: "New object rule: dba" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("approve requests").click();
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await dialog.getByText("Choose an environment, a category, or both.").waitFor();
    expect(world.changes).toEqual([]);
    await dialog.getByRole("combobox", { name: "Environment" }).click();
    await page.getByRole("option", { name: "prod" }).click();
    await dialog.getByText("dba may approve requests in prod").waitFor();
    await isSound(page);
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await page.getByText("may approve requests in prod").waitFor();
    expect(world.changes[0]?.body).toEqual({ userGroup: 2, permission: "approve", environment: 1, category: null });
    await page.getByRole("button", { name: "Delete the rule: operators may see all requests in stage" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete the rule" }).click();
    await page.getByText("The rule is deleted.").waitFor();
    expect(world.changes[1]?.call).toBe("DELETE /object-rules/2");
  });
});

describe("the own page", () => {
  test("sets an authenticator up by picture or secret, shows the recovery codes once, and removes it", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/orders");
    await page.getByRole("button", { name: "Account admin" }).click();
    await page.getByRole("menuitem", { name: "Account and security" }).click();
    await page.getByRole("button", { name: "Set up an authenticator" }).click();
    await page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
    await page.getByText("JBSW Y3DP EHPK 3PXP").waitFor();
    await page.getByRole("textbox", { name: "Code from the authenticator" }).fill("654321");
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("This code does not fit.").waitFor();
    await isSound(page);
    await page.getByRole("textbox", { name: "Code from the authenticator" }).fill("123 456");
    await page.keyboard.press("Enter");
    await page.getByText("k7dm-20qx-w9ta").waitFor();
    await isSound(page);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    expect((await download).suggestedFilename()).toBe("gantry-admin-recovery-codes.txt");
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByText("The authenticator is set up.").waitFor();
    expect(await page.getByText("k7dm-20qx-w9ta").count()).toBe(0);

    await page.getByRole("button", { name: "Remove the authenticator" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Your password" }).fill("wrong");
    await dialog.getByRole("button", { name: "Remove the authenticator" }).click();
    await dialog.getByText("This is not your password.").waitFor();
    await dialog.getByRole("textbox", { name: "Your password" }).fill("right password");
    await page.keyboard.press("Enter");
    await page.getByText("The authenticator is removed.").waitFor();
    await page.getByRole("button", { name: "Set up an authenticator" }).waitFor();
    // The session goes on under another token, and what follows comes with it.
    expect(world.changes.at(-1)).toMatchObject({ call: "DELETE /session/totp", csrf: "token-after-enrolment" });
    expect(visitor.complaints).toEqual([]);
  });

  test("says which session is this one, and ends others", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/account");
    const sessions = page.getByRole("region", { name: "Sessions" });
    await sessions.getByRole("rowheader", { name: "Firefox on Linux this one" }).waitFor();
    await sessions.getByRole("button", { name: "End the session: Chrome on Android, 10.0.9.4" }).click();
    await page.getByText("The session has ended.").waitFor();
    expect(world.changes[0]?.call).toBe("DELETE /sessions/12");
    expect(await sessions.getByRole("button", { name: "End all others" }).count()).toBe(0);
  });

  test("makes an API token that is shown once, and revokes it", async () => {
    const world = fakeWorld();
    await using visitor = await visit(browser, world);
    const { page } = visitor;
    await visitor.open("/account");
    await page.getByRole("button", { name: "New API token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Name" }).fill("ci");
    await dialog.getByRole("button", { name: "Make the token" }).click();
    await dialog.getByText("Choose at least one.").waitFor();
    await dialog.getByRole("checkbox", { name: "Submit" }).click();
    await dialog.getByRole("checkbox", { name: "Fleet" }).click();
    await dialog.getByRole("textbox", { name: "Days until it expires" }).fill("30");
    await dialog.getByRole("button", { name: "Make the token" }).click();
    await dialog.getByText("gantry_n3w5-shown-once-and-never-again-4f2a91").waitFor();
    expect(world.changes[0]?.body).toEqual({ name: "ci", permissions: ["submit", "fleet"], days: 30 });
    await isSound(page);
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: "Done" }).click();
    expect(await page.getByText("gantry_n3w5-shown-once").count()).toBe(0);
    await page.getByRole("button", { name: "Revoke ci" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke ci" }).click();
    await page.getByText("Token ci is revoked.").waitFor();
    expect(await page.getByRole("button", { name: /^Revoke/u }).count()).toBe(1);
  });

  test("stands on a phone in Chinese", async () => {
    await using visitor = await visit(browser, fakeWorld(), PHONE);
    const { page } = visitor;
    await visitor.open("/account");
    await page.getByRole("heading", { name: "账号与安全" }).waitFor();
    await page.getByRole("button", { name: "绑定验证器" }).click();
    await page.getByRole("img", { name: "验证器应用的二维码" }).waitFor();
    await isSound(page);
    await page.getByRole("button", { name: "新建 API 令牌" }).click();
    await page.getByRole("dialog").waitFor();
    await isSound(page);
    expect(visitor.complaints).toEqual([]);
  });
});

test("whoever needs an authenticator sets one up before anything else, and then goes on", async () => {
  const account = { ...ADMINISTRATOR.account, mustEnrolTotp: true };
  await using visitor = await visit(browser, fakeWorld({ ...ADMINISTRATOR, account }), PHONE);
  const { page } = visitor;
  await visitor.open("/orders");
  expect(new URL(page.url()).pathname).toBe("/set-up-authenticator");
  await page.getByText("您的角色登录时必须使用验证器应用。").waitFor();
  await isSound(page);
  await page.getByRole("textbox", { name: "验证器中的验证码" }).fill("123456");
  await page.getByRole("button", { name: "确认" }).click();
  await page.getByText("k7dm-20qx-w9ta").waitFor();
  await isSound(page);
  await page.getByRole("button", { name: "我已保存" }).click();
  await page.getByRole("heading", { name: "工单" }).waitFor();
  expect(new URL(page.url()).pathname).toBe("/orders");
});

test("whose role comes to need an authenticator meanwhile is led to set it up by the next refusal", async () => {
  const world = fakeWorld();
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/administration/user-groups");
  world.session = { ...ADMINISTRATOR, account: { ...ADMINISTRATOR.account, mustEnrolTotp: true } };
  world.answers.set("GET /accounts", problem(403, "enrol-totp"));
  await page.getByRole("link", { name: "Accounts" }).click();
  await page.getByText("needs an authenticator app for your role").waitFor();
  expect(new URL(page.url()).searchParams.get("return")).toBe("/administration/accounts");
});

test("whoever removes an authenticator that the role needs is led to set up another one", async () => {
  const world = fakeWorld({ ...ADMINISTRATOR, account: { ...ADMINISTRATOR.account, totp: true } });
  for (const role of world.people.roles) role.requireTotp = true;
  await using visitor = await visit(browser, world);
  const { page } = visitor;
  await visitor.open("/account");
  await page.getByRole("button", { name: "Remove the authenticator" }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Your password" }).fill("right password");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/set-up-authenticator?return=%2Faccount");
  await page.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
});
