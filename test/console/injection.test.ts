import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openConsole, type OpenConsole } from "./open-console.ts";

let open: OpenConsole;
let folder: string;
/** Prints its arguments, each with its length, so that nothing can hide. */
let show: string;
beforeAll(async () => {
  open = await openConsole();
  folder = mkdtempSync(join(tmpdir(), "gantry-injection-"));
  show = join(folder, "show");
  writeFileSync(show, `#!${process.execPath}\nconsole.log(JSON.stringify(process.argv.slice(2)));\n`, { mode: 0o755 });
});
afterAll(async () => void (await open?.console.stop()));

const HOSTILE = [
  `it's "quoted"`,
  "$(touch /tmp/gantry-injected)",
  "`touch /tmp/gantry-injected`",
  "; touch /tmp/gantry-injected",
  "&& touch /tmp/gantry-injected #",
  "$HOME ${HOME} $IFS",
  "--help",
  "-rf /",
  "*",
  "a\\",
  "\\'",
  "{other}",
  "{{braces}}",
  "!history",
  "%s%n",
  "变量 值，。",
  "😀 \u0301",
  " leading and trailing ",
  "tab\tand\u0007bell",
  "\u001B[31mred",
  "~/x",
  "<in >out 2>&1",
];

async function order(name: string, mainTask: string, form: "text" | "textarea" = "textarea"): Promise<number> {
  const { admin, environment, configCentre } = open;
  const variable = await admin.define("variable", {
    name: `v_${name}`,
    label: "Value",
    source: { kind: "input" },
    formType: form,
    required: false,
  });
  const group = await admin.define("variable_group", { name, variables: [variable.id] });
  return (await admin.define("work_order", { name, environment, configCentre, variableGroup: group.id, mainTask })).id;
}

async function argvOf(id: number, name: string, value: string): Promise<unknown> {
  const ended = await open.admin.until((await open.admin.submit(id, { [`v_${name}`]: value })).id);
  const log = await open.admin.log(ended);
  expect(ended.state, log).toBe("succeeded");
  return JSON.parse(log);
}

describe("a form value arrives as one argument, whatever is in it,", () => {
  it("in a plain line", async () => {
    const id = await order("plain", `${show} before {v_plain} "in {v_plain} word" after`);
    for (const value of [...HOSTILE, "line one\nline two\n", "x".repeat(60_000)])
      expect(await argvOf(id, "plain", value)).toEqual(["before", value, `in ${value} word`, "after"]);
  }, 120_000);

  it("in a shell line", async () => {
    const id = await order("shell", `shell: ${show} before {v_shell} after | cat`);
    for (const value of [...HOSTILE, "line one\nline two\n"])
      expect(await argvOf(id, "shell", value)).toEqual(["before", value, "after"]);
  }, 120_000);

  it("in a value script", async () => {
    const { admin } = open;
    for (const value of HOSTILE) {
      const answer = await admin.call("POST /variables/verify", {
        body: {
          data: {
            name: "child",
            label: "Child",
            source: { kind: "script", command: `${show} {parent}` },
            formType: "select",
          },
          values: { parent: [value] },
        },
      });
      expect(answer.values).toEqual([value]);
    }
  });

  it("and nothing was run on the way", () => {
    expect(() => readFileSync("/tmp/gantry-injected")).toThrow("ENOENT");
  });
});

describe("a form value is refused", () => {
  it.each([
    ["with a NUL", "a\0b", "nul"],
    ["of 1 MB", "x".repeat(1_000_000), "too-long"],
  ])("%s", async (_what, value, rule) => {
    const id = await order(`refused${rule.replace("-", "_")}`, `${show} {v_refused${rule.replace("-", "_")}}`);
    await expect(open.admin.submit(id, { [`v_refused${rule.replace("-", "_")}`]: value })).rejects.toMatchObject({
      problem: { status: 400, fields: [{ rule }] },
    });
  });

  it("with a line break in a text of one line", async () => {
    const id = await order("oneline", `${show} {v_oneline}`, "text");
    await expect(open.admin.submit(id, { v_oneline: "a\nb" })).rejects.toMatchObject({
      problem: { fields: [{ field: "values.v_oneline", rule: "one-line" }] },
    });
  });

  it("that belongs to no variable of the order", async () => {
    const id = await order("strict", `${show} {v_strict}`);
    await expect(open.admin.submit(id, { v_strict: "a", PATH: "/tmp" })).rejects.toMatchObject({
      problem: { fields: [{ field: "values.PATH", rule: "unknown" }] },
    });
  });
});

describe("a secret value", () => {
  const secret = "s3cr3t-Tr0ub4dor&3";

  it("is in the environment of its task, and nowhere else", async () => {
    const { admin, environment, configCentre } = open;
    const variable = await admin.define("variable", {
      name: "token",
      label: "Token",
      source: { kind: "input" },
      formType: "text",
      secret: true,
    });
    const group = await admin.define("variable_group", { name: "secrets", variables: [variable.id] });
    const mainTask = `shell: test "$GANTRY_SECRET_token" = '${secret}' && echo right; echo "it is $GANTRY_SECRET_token"; printf %s "$GANTRY_SECRET_token" | base64; sleep 2`;
    const secretOrder = await admin.define("work_order", {
      name: "secret",
      environment,
      configCentre,
      variableGroup: group.id,
      mainTask: mainTask.replaceAll(`'${secret}'`, `"$(cat ${folder}/expected)"`),
    });
    writeFileSync(join(folder, "expected"), secret);
    const { id } = await admin.submit(secretOrder.id, { token: secret });
    await admin.until(id, ["running"]);
    await delay(700);
    const commands = execFileSync("ps", ["-eo", "args", "--no-headers", "-ww"], { encoding: "utf8" });
    expect(commands).not.toContain(secret);
    const ended = await admin.until(id);
    const log = await admin.log(ended);
    expect(log).toContain("right\n");
    expect(log).toContain("it is ******\n");
    expect(log).not.toContain(Buffer.from(secret).toString("base64"));
    expect(JSON.stringify(ended)).not.toContain(secret);
    expect(JSON.stringify(await admin.call("GET /requests/:id/values", { params: { id } }))).not.toContain(secret);
    expect(await dump()).not.toContain(secret);
  });

  it("cannot be written into a task line, and the message says what to do", async () => {
    const { admin, environment, configCentre } = open;
    const groups = await admin.call("GET /definitions/:kind", { params: { kind: "variable_group" } });
    const group = groups.items.find(({ name }) => name === "secrets")?.id ?? null;
    await expect(
      admin.define("work_order", {
        name: "leaky",
        environment,
        configCentre,
        variableGroup: group,
        mainTask: "echo {token}",
      }),
    ).rejects.toMatchObject({
      problem: {
        fields: [{ field: "mainTask", rule: "secret", message: expect.stringContaining("GANTRY_SECRET_token") }],
      },
    });
  });
});

/** Every row of every table, as text. */
async function dump(): Promise<string> {
  const { default: pg } = await import("pg");
  const { host, port, user, database } = JSON.parse(
    execFileSync(process.execPath, [join(import.meta.dirname, "connection.ts"), open.console.data], {
      encoding: "utf8",
    }),
  ) as { host: string; port: number; user: string; database: string };
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')",
    );
    const rows = [];
    for (const { name } of tables.rows) rows.push(JSON.stringify((await client.query(`select * from ${name}`)).rows));
    return rows.join("\n");
  } finally {
    await client.end();
  }
}
