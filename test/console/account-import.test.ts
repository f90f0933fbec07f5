import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImportReport } from "../../src/contract/people.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";
import { fieldsOf, person, refused } from "./people.ts";

let open: OpenConsole;
beforeAll(async () => {
  open = await openConsole();
  await open.admin.call("POST /user-groups", { body: { name: "developers" } });
});
afterAll(async () => void (await open?.console.stop()));

const load = (csv: string, more: object = {}): Promise<ImportReport> =>
  open.admin.call("POST /accounts/import", { body: { csv, dryRun: false, ...more } });
const names = async () => (await open.admin.call("GET /accounts")).items.map(({ name }) => name);
const outcomes = (report: ImportReport) => report.rows.map(({ name, outcome }) => `${name} ${outcome}`);

describe("a CSV file of accounts", () => {
  const csv =
    '\uFEFFname,displayName,email,role,groups\r\nwang,"Wang, Fang",wang@example.org,submitter,developers\r\nli,Li Wei,,auditor,\r\n';

  it("is only looked at, unless it is to be applied", async () => {
    const report = await open.admin.call("POST /accounts/import", { body: { csv } });
    expect([report.applied, outcomes(report)]).toEqual([false, ["wang created", "li created"]]);
    expect(report.rows.every(({ password }) => password === null)).toBe(true);
    expect(await names()).toEqual(["admin"]);
  });

  it("makes accounts, whose one-time passwords are in the answer once and have to be replaced", async () => {
    const report = await load(csv);
    expect([report.applied, outcomes(report)]).toEqual([true, ["wang created", "li created"]]);
    const wang = (await open.admin.call("GET /accounts")).items.find(({ name }) => name === "wang");
    expect(wang).toMatchObject({
      displayName: "Wang, Fang",
      email: "wang@example.org",
      role: "submitter",
      active: true,
    });
    expect(wang?.groups).toHaveLength(1);
    const client = new ConsoleClient(open.console.url);
    await client.signIn("wang", report.rows[0]?.password ?? "");
    expect(await refused(client.fetch("GET /orders"))).toBe("403 change-password");
    await new ConsoleClient(open.console.url).signIn("wang", report.rows[0]?.password ?? "", PASSWORD);
  });

  it("loaded again changes nothing", async () => {
    const report = await load(csv);
    expect(outcomes(report)).toEqual(["wang unchanged", "li unchanged"]);
    expect(report.rows.every(({ password }) => password === null)).toBe(true);
    await new ConsoleClient(open.console.url).signIn("wang", PASSWORD);
  });

  it("changes what its columns say, and ends the sessions of whom it switches off", async () => {
    const client = new ConsoleClient(open.console.url);
    await client.signIn("wang", PASSWORD);
    const report = await load("name,active,groups\nWang,no,\nli,,developers\n");
    expect(report.rows.map(({ outcome, changes }) => [outcome, changes])).toEqual([
      ["changed", ["active", "groups"]],
      ["changed", ["groups"]],
    ]);
    expect((await client.fetch("GET /session")).status).toBe(401);
    const wang = (await open.admin.call("GET /accounts")).items.find(({ name }) => name === "wang");
    expect(wang).toMatchObject({ active: false, groups: [], displayName: "Wang, Fang", version: 2 });
  });

  it("with a single bad row does nothing, and says what is wrong where", async () => {
    const report = await load(
      'name,email,role,groups,active\ngood,,submitter,developers,\n"bad name",nowhere,boss,nobody,perhaps\n\ngood,,submitter,,\n',
    );
    expect(report.applied).toBe(false);
    expect(report.rows.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, "created"],
      [3, "problem"],
      [5, "problem"],
    ]);
    expect(report.rows[1]?.problems.map(({ field, rule }) => `${field} ${rule}`).toSorted()).toEqual([
      "active format",
      "email format",
      "groups unknown",
      "name name-form",
      "role unknown",
    ]);
    expect(report.rows[2]?.problems[0]).toMatchObject({ field: "name", rule: "double" });
    expect(await names()).not.toContain("good");
  });

  it("makes groups that are not there where that is asked for, once each", async () => {
    const unknown = "name,role,groups\nzhao,submitter,Night;developers\nqian,submitter,night\n";
    expect((await load(unknown)).applied).toBe(false);
    const report = await load(unknown, { createGroups: true });
    expect([report.applied, report.newGroups]).toEqual([true, ["Night"]]);
    const night = (await open.admin.call("GET /user-groups")).items.find(({ name }) => name === "Night");
    expect(night?.members).toBe(2);
  });

  it.each([
    ["csv no-name-column", "displayName\nx\n"],
    ["csv unknown-column", "name,shoe\nx,42\n"],
    ["csv csv-form", 'name,role\n"x,submitter\n'],
    ["csv too-many-rows", `name\n${"x\n".repeat(2001)}`],
    ["csv required", ""],
  ])("that is none is refused: %s", async (problem, text) => {
    const body = { csv: text, dryRun: false };
    expect(await fieldsOf(open.admin.fetch("POST /accounts/import", { body }))).toEqual([problem]);
  });

  it("has 2,000 rows at most, which are loaded within the time of a request", async () => {
    const rows = Array.from(
      { length: 2000 },
      (_, each) => `person-${each},Person ${each},p${each}@example.org,submitter,crowd`,
    );
    const text = `name,displayName,email,role,groups\n${rows.join("\n")}\n`;
    const began = performance.now();
    const report = await load(text, { createGroups: true });
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(report.applied).toBe(true);
    expect(new Set(report.rows.map(({ password }) => password)).size).toBe(2000);
    const crowd = (await open.admin.call("GET /user-groups")).items.find(({ name }) => name === "crowd");
    expect(crowd?.members).toBe(2000);
    await new ConsoleClient(open.console.url).signIn("person-1999", report.rows[1999]?.password ?? "", PASSWORD);
    expect(outcomes(await load(text)).every((each) => each.endsWith("unchanged"))).toBe(true);
  });

  it("is for administrators", async () => {
    const { client } = await person(open, "sun", "maintainer");
    expect(await refused(client.fetch("POST /accounts/import", { body: { csv } }))).toBe("403 not-allowed");
  });
});
