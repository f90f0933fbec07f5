import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFINITION_KINDS } from "../../src/contract/definitions.ts";
import { ApiError } from "./console-client.ts";
import { openConsole, type OpenConsole } from "./open-console.ts";

let open: OpenConsole;
beforeAll(async () => void (open = await openConsole()));
afterAll(async () => void (await open?.console.stop()));

const refusal = (promise: Promise<unknown>): Promise<ApiError["problem"]> =>
  promise.then(
    () => {
      throw new Error("it was accepted");
    },
    (error: unknown) => {
      if (error instanceof ApiError) return error.problem;
      throw error;
    },
  );

it("a flow that asks a user group that is not there is refused, naming the level", async () => {
  const data = { name: "nobody", levels: [{ name: "Leads", userGroup: 999_999, quorum: 1 }] };
  await expect(
    open.admin.call("POST /definitions/:kind", { params: { kind: "approval_flow" }, body: { data } }),
  ).rejects.toMatchObject({ problem: { status: 400, fields: [{ field: "levels.0.userGroup" }] } });
});

describe("a definition", () => {
  it("makes a version with each change, which says what changed, and by whom", async () => {
    const { admin } = open;
    const { id, version } = await admin.define("category", { name: "DeployDocker" });
    const params = { kind: "category", id } as const;
    await admin.call("PUT /definitions/:kind/:id", {
      params,
      body: { version, data: { name: "DeployDocker", order: 7 } },
    });
    const { items } = await admin.call("GET /definitions/:kind/:id/versions", { params });
    expect(items.map(({ version: number, author, changes }) => ({ number, author, changes }))).toEqual([
      { number: 2, author: "admin", changes: [{ path: "order", before: "100", after: "7" }] },
      { number: 1, author: "admin", changes: expect.any(Array) },
    ]);
  });

  it("is not overwritten by who has looked at an older version", async () => {
    const { admin } = open;
    const { id } = await admin.define("category", { name: "Raced" });
    const params = { kind: "category", id } as const;
    const write = (order: number) =>
      admin.call("PUT /definitions/:kind/:id", { params, body: { version: 1, data: { name: "Raced", order } } });
    const both = await Promise.allSettled([write(1), write(2)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await refusal(write(3))).toMatchObject({ status: 409, type: "changed", currentVersion: 2 });
  });

  it("cannot be deleted while it is used, and the answer says by what", async () => {
    const { admin, environment, configCentre } = open;
    const variable = await admin.define("variable", {
      name: "used",
      label: "Used",
      source: { kind: "input" },
      formType: "text",
    });
    const group = await admin.define("variable_group", { name: "users", variables: [variable.id] });
    await admin.define("work_order", {
      name: "user",
      environment,
      configCentre,
      variableGroup: group.id,
      mainTask: "echo {used}",
    });
    const remove = (kind: (typeof DEFINITION_KINDS)[number], id: number) =>
      admin.call("DELETE /definitions/:kind/:id", { params: { kind, id } });
    expect(await refusal(remove("variable", variable.id))).toMatchObject({
      type: "in-use",
      usedBy: [{ kind: "variable_group", name: "users" }],
    });
    expect(await refusal(remove("environment", environment))).toMatchObject({
      type: "in-use",
      usedBy: [{ kind: "work_order", name: "user" }],
    });
  });

  it("can be deleted when nothing uses it, and its name taken again", async () => {
    const { admin } = open;
    const { id } = await admin.define("category", { name: "Gone" });
    await admin.call("DELETE /definitions/:kind/:id", { params: { kind: "category", id } });
    expect(await refusal(admin.call("GET /definitions/:kind/:id", { params: { kind: "category", id } }))).toMatchObject(
      { status: 404 },
    );
    await admin.define("category", { name: "Gone" });
  });

  it("is copied under a name of its own", async () => {
    const { admin, environment, configCentre } = open;
    const { id } = await admin.define("work_order", {
      name: "template",
      environment,
      configCentre,
      mainTask: "echo hi",
      template: true,
    });
    const copy = await admin.call("POST /definitions/:kind/:id/copy", {
      params: { kind: "work_order", id },
      body: { name: "copied" },
    });
    expect(copy.data).toMatchObject({ name: "copied", template: false, mainTask: "echo hi" });
    expect(
      await refusal(
        admin.call("POST /definitions/:kind/:id/copy", {
          params: { kind: "work_order", id },
          body: { name: "copied" },
        }),
      ),
    ).toMatchObject({
      fields: [{ field: "name", rule: "taken" }],
    });
  });

  it.each([
    ["an environment without a name", "environment", { name: "" }, "name"],
    ["a name with blanks", "environment", { name: "a b" }, "name"],
    ["an unknown field", "category", { name: "x", colour: "red" }, "colour"],
    ["a reference that leads nowhere", "variable_group", { name: "x", variables: [4711] }, "variables"],
    [
      "choices without values",
      "variable",
      { name: "x", label: "X", source: { kind: "input" }, formType: "select" },
      "formType",
    ],
    [
      "a pattern that is none",
      "variable",
      { name: "x", label: "X", source: { kind: "input" }, formType: "text", pattern: "(" },
      "pattern",
    ],
    [
      "more at least than at most",
      "variable",
      { name: "x", label: "X", source: { kind: "input" }, formType: "text", min: 5, max: 2 },
      "min",
    ],
    [
      "a script that is two commands",
      "variable",
      { name: "x", label: "X", source: { kind: "script", command: "a; b" }, formType: "select" },
      "source.command",
    ],
    [
      "an address that is an option",
      "config_centre",
      { name: "x", connection: "ssh", address: "-oProxyCommand=id" },
      "address",
    ],
  ] as const)("is refused with the field named: %s", async (_what, kind, data, field) => {
    const problem = await refusal(open.admin.call("POST /definitions/:kind", { params: { kind }, body: { data } }));
    expect(problem).toMatchObject({ status: 400, type: "invalid" });
    expect(problem.fields?.map((each) => each.field)).toContain(field);
  });

  it.each([
    ["an unknown variable, and names the near one", "echo {sk__nam}", "mainTask", /sk__name/],
    ["a shell's operator", "echo a; echo b", "mainTask", /shell:/],
    ["a quote that is not closed", "echo 'a", "mainTask", /not closed/],
    ["a placeholder in quotes of a shell line", 'shell: echo "{sk__env}"', "mainTask", /quotes/],
  ])("of an order is refused with line and column: %s", async (_what, mainTask, field, message) => {
    const { admin, environment, configCentre } = open;
    const problem = await refusal(admin.define("work_order", { name: "broken", environment, configCentre, mainTask }));
    const found = problem.fields?.find((each) => each.field === field);
    expect(found?.message).toMatch(message);
    expect(found?.message).toMatch(/line 1, column/);
  });

  it("says what is wrong in the language of the page", async () => {
    const { admin, environment, configCentre } = open;
    const answer = await admin.fetch(
      "POST /definitions/:kind",
      {
        params: { kind: "work_order" },
        body: { data: { name: "broken", environment, configCentre, mainTask: "echo {nobody}" } },
      },
      { "accept-language": "zh-CN,zh;q=0.9" },
    );
    expect(JSON.stringify(await answer.json())).toContain("没有变量 nobody");
  });
});

describe("a variable", () => {
  const verify = (data: Record<string, unknown>, values: Record<string, string[]> = {}) =>
    open.admin.call("POST /variables/verify", {
      body: { data: { name: "v", label: "V", formType: "select", ...data }, values },
    });

  it("has the values that its script prints, as a JSON or a Python list", async () => {
    const json = await verify({ source: { kind: "script", command: `echo '["a", "b", 3]'` } });
    expect(json).toMatchObject({ status: "fresh", values: ["a", "b", "3"] });
    const python = await verify({ source: { kind: "script", command: `echo "['a', u'b', None]"` } });
    expect(python.values.slice(0, 2)).toEqual(["a", "b"]);
  });

  it("may have ten thousand values", async () => {
    const command = `shell: seq 10000 | sed 's/.*/"&",/; 1s/^/[/; $s/,$/]/'`;
    expect((await verify({ source: { kind: "script", command } })).values).toHaveLength(10_000);
  });

  it.each([
    ["prints no list", "echo hello", /list/],
    ["prints nothing", "true", /nothing/],
    ["fails", "sh -c 'echo oops >&2; exit 4'", /exit code 4/],
    ["is not there", "no-such-script", /no-such-script/],
  ])("says why there are no values when its script %s", async (_what, command, problem) => {
    const answer = await verify({ source: { kind: "script", command } });
    expect(answer.status).toBe("failed");
    expect(`${answer.problem} ${answer.output}`).toMatch(problem);
  });

  it("gives a script its time and no more", async () => {
    const began = Date.now();
    const answer = await verify({ source: { kind: "script", command: "sleep 30", timeout: 1 } });
    expect(answer.status).toBe("failed");
    expect(Date.now() - began).toBeLessThan(8000);
  });

  it("has its last good values, marked as stale, when its script fails after having worked", async () => {
    const {
      admin,
      environment,
      configCentre,
      console: { data },
    } = open;
    const flag = `${data}-flag`;
    const command = `shell: test ! -e ${flag} && echo '["good"]'`;
    const variable = await admin.define("variable", {
      name: "flaky",
      label: "Flaky",
      source: { kind: "script", command, timeout: 20 },
      formType: "select",
    });
    const group = await admin.define("variable_group", { name: "flaky", variables: [variable.id] });
    const order = await admin.define("work_order", {
      name: "flaky",
      environment,
      configCentre,
      variableGroup: group.id,
      mainTask: "echo {flaky}",
    });
    const options = (refresh: boolean) =>
      admin.call("POST /orders/:id/options", { params: { id: order.id }, body: { variable: "flaky", refresh } });
    expect(await options(false)).toMatchObject({ status: "fresh", values: ["good"] });
    expect(await options(false)).toMatchObject({ status: "cached", values: ["good"] });
    const { writeFileSync } = await import("node:fs");
    writeFileSync(flag, "");
    expect(await options(true)).toMatchObject({
      status: "stale",
      values: ["good"],
      problem: expect.stringContaining("exit code 1"),
    });
  });

  it("may not depend on a secret one, whose value its script would get and the console keep", async () => {
    const { admin, environment, configCentre } = open;
    const input = { kind: "input" } as const;
    const pin = await admin.define("variable", {
      name: "pin",
      label: "Pin",
      source: input,
      formType: "text",
      secret: true,
    });
    const source = { kind: "script", command: `shell: printf '["%s"]' {pin}`, timeout: 20 } as const;
    const leak = await admin.define("variable", { name: "leak", label: "Leak", source, formType: "select" });
    expect(
      await refusal(admin.define("variable_group", { name: "leaky", variables: [pin.id, leak.id] })),
    ).toMatchObject({ fields: [{ field: "variables", rule: "secret" }] });
    // A variable that becomes secret later finds the group as it is: then the source does not get the value.
    const late = await admin.define("variable", { name: "late", label: "Late", source: input, formType: "text" });
    const echo = { kind: "script", command: `shell: printf '["%s"]' {late}`, timeout: 20 } as const;
    const child = await admin.define("variable", { name: "child", label: "Child", source: echo, formType: "select" });
    const group = await admin.define("variable_group", { name: "later", variables: [late.id, child.id] });
    const mainTask = "echo {child}";
    const order = await admin.define("work_order", {
      name: "later",
      environment,
      configCentre,
      variableGroup: group.id,
      mainTask,
    });
    const params = { kind: "variable", id: late.id } as const;
    await admin.call("PUT /definitions/:kind/:id", {
      params,
      body: { version: 1, data: { ...late.data, secret: true } },
    });
    const body = { variable: "child", values: { late: ["hidden-value"] } };
    const answer = await admin.call("POST /orders/:id/options", { params: { id: order.id }, body });
    expect(answer.status).toBe("failed");
    expect(JSON.stringify(answer)).not.toContain("hidden-value");
  });

  it("depends on another one by its name in braces", async () => {
    const { admin, environment, configCentre } = open;
    const parent = await admin.define("variable", {
      name: "fruit",
      label: "Fruit",
      source: { kind: "list", values: ["apple", "pear"] },
      formType: "radio",
    });
    const child = await admin.define("variable", {
      name: "kind",
      label: "Kind",
      source: { kind: "script", command: `shell: printf '["%s-1","%s-2"]' {fruit} {fruit}`, timeout: 20 },
      formType: "multiselect",
    });
    const group = await admin.define("variable_group", { name: "cascade", variables: [parent.id, child.id] });
    const order = await admin.define("work_order", {
      name: "cascade",
      environment,
      configCentre,
      variableGroup: group.id,
      mainTask: "echo {fruit} {kind}",
    });
    const form = await admin.call("GET /orders/:id", { params: { id: order.id } });
    expect(form.fields.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
      ["fruit", []],
      ["kind", ["fruit"]],
    ]);
    const { values } = await admin.call("POST /orders/:id/options", {
      params: { id: order.id },
      body: { variable: "kind", values: { fruit: ["pear"] } },
    });
    expect(values).toEqual(["pear-1", "pear-2"]);
    expect(await refusal(admin.submit(order.id, { fruit: "apple", kind: ["pear-1"] }))).toMatchObject({
      fields: [{ field: "values.kind", rule: "not-an-option" }],
    });
    const ended = await admin.until((await admin.submit(order.id, { fruit: "pear", kind: ["pear-1", "pear-2"] })).id);
    expect(await admin.log(ended)).toBe("pear pear-1,pear-2\n");
  });
});
