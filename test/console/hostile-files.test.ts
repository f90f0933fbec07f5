import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openConsole, type OpenConsole } from "./open-console.ts";
import { fieldsOf, refused } from "./people.ts";

/** Files that somebody loads into the console: accounts as CSV, definitions as YAML or JSON. */
let open: OpenConsole;
beforeAll(async () => {
  open = await openConsole();
});
afterAll(async () => void (await open?.console.stop()));

const definitions = (text: string, dryRun = false) =>
  open.admin.fetch("POST /definition-file", { body: { text, dryRun } });
const accounts = (csv: string, dryRun = true) =>
  open.admin.fetch("POST /accounts/import", { body: { csv, dryRun, createGroups: false } });
/** The report; fails where the console took longer than a person waits, or where it was a bug. */
async function report(answer: Promise<Response>): Promise<{ applied: boolean; problems: { message: string }[] }> {
  const began = performance.now();
  const response = await answer;
  const text = await response.text();
  expect(response.status, text.slice(0, 300)).toBe(200);
  expect(performance.now() - began).toBeLessThan(20_000);
  return JSON.parse(text) as { applied: boolean; problems: { message: string }[] };
}
/** Everything that is defined, as one text. */
const defined = async (): Promise<string> =>
  Buffer.from(await open.admin.call("GET /definition-file")).toString("utf8");

describe("a file of definitions", () => {
  const bomb = (levels: number, width: number): string =>
    Array.from({ length: levels }, (_, level) => {
      const members = level === 0 ? Array(width).fill('"lol"') : Array(width).fill(`*a${level - 1}`);
      return `a${level}: &a${level} [${members.join(", ")}]`;
    }).join("\n");

  it("that unfolds into more than anybody's memory is refused at once", async () => {
    const before = await defined();
    for (const text of [
      bomb(9, 9),
      bomb(30, 2),
      `categories: [{name: x, description: &d ${"y".repeat(1000)}}]\n${bomb(12, 9)}`,
    ]) {
      const { applied, problems } = await report(definitions(text));
      expect(applied).toBe(false);
      expect(problems.length).toBeGreaterThan(0);
    }
    expect(await defined()).toBe(before);
  });

  it.each([
    ["an anchor that holds itself", "categories: &a [*a]"],
    ["a deep nest", `categories: ${"[".repeat(20_000)}${"]".repeat(20_000)}`],
    ["a deep nest of mappings", `categories: ${"{a: ".repeat(5000)}1${"}".repeat(5000)}`],
    ["several documents", "categories: []\n---\ncategories: []\n"],
    ["a tag that makes objects", "categories: !!js/function 'function () { return 1 }'"],
    ["a merge into the prototype", 'categories: [{ name: merged, "<<": { "__proto__": { active: true } } }]'],
    ["a prototype", 'categories: [{ name: proto, "__proto__": { description: polluted } }]'],
    ["a constructor", "categories: [{ name: made, constructor: { prototype: { polluted: true } } }]"],
    ["a section that every object has", "constructor: [{ name: x }]"],
    ["a section __proto__", '"__proto__": [{ name: x }]\ncategories: []'],
    ["half a dump", '[{"model": "constructor", "pk": 1, "fields": {"__proto__": {"name": "x"}}}]'],
    ["bytes that are no text", "\u0000\u0001categories: []"],
  ])("with %s does nothing, and says why", async (_name, text) => {
    const before = await defined();
    const { applied, problems } = await report(definitions(text));
    expect([applied, problems.length > 0]).toEqual([false, true]);
    expect(problems.map(({ message }) => message).join("\n")).not.toMatch(/node_modules|\bat \S+ \(/);
    expect(await defined()).toBe(before);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("has a limit, and a hundred problems are told at most", async () => {
    expect(await fieldsOf(definitions("x".repeat(1_900_001)))).toEqual(["text too-long"]);
    const many = `categories:\n${"  - 1\n".repeat(5000)}`;
    const { problems } = await report(definitions(many));
    expect(problems.length).toBeLessThanOrEqual(100);
  });
});

describe("a file of accounts", () => {
  it("has a limit, and quotes without an end are refused", async () => {
    expect(await fieldsOf(accounts(`name\n${"x\n".repeat(300_001)}`))).toEqual(["csv too-long"]);
    expect(await fieldsOf(accounts('name,role\n"wang,submitter\n'))).toHaveLength(1);
    expect((await fieldsOf(accounts(`name${",name".repeat(100_000)}\nx`)))?.[0]).toMatch(/^csv /);
    expect(await refused(accounts("__proto__,name\nx,wang"))).toBe("400 invalid");
    expect(await refused(accounts("constructor,name\nx,wang"))).toBe("400 invalid");
  });

  it("with names that would be something else elsewhere makes no accounts", async () => {
    for (const name of ["=1+1", "a\u0000b", "../etc", "<b>", "a b,c", "x".repeat(200)]) {
      const answer = await accounts(`name,role\n"${name}",submitter\n`, false);
      const text = await answer.text();
      expect(answer.status, text).toBeLessThan(500);
      expect(text, name).not.toContain('"applied":true');
    }
    expect((await open.admin.call("GET /accounts")).items.map(({ name }) => name)).toEqual(["admin"]);
  });

  it("cannot make an administrator of a role that is not there", async () => {
    for (const role of ["Administrator ", "constructor", "__proto__", ""]) {
      const answer = await accounts(`name,role\nnew,${role}\n`, false);
      const text = await answer.text();
      expect(answer.status, text).toBeLessThan(500);
    }
    const { items } = await open.admin.call("GET /accounts");
    expect(items.filter(({ role }) => role === "administrator").map(({ name }) => name)).toEqual(["admin"]);
  });
});
