import { describe, expect, test } from "vitest";
import { readDefinitionFile } from "./read-file.ts";

describe("a definition file", () => {
  test("is read by section, what is referred to first", () => {
    const { entries, problems } = readDefinitionFile(
      "gantry: 1\nworkOrders:\n  - name: deploy\n    environment: prod\nenvironments:\n  - name: prod\n",
    );
    expect(problems).toEqual([]);
    expect(entries).toEqual([
      { kind: "environment", data: { name: "prod" }, path: "environments[0]", line: 6 },
      { kind: "work_order", data: { name: "deploy", environment: "prod" }, path: "workOrders[0]", line: 3 },
    ]);
  });

  test.each([
    ["a: [", 1, /flow/i],
    ["environments:\n  - name: a\n    name: b", 3, /unique/i],
    ["environments: 7", 1, /list/],
    ["environments:\n  - prod", 2, /mapping/],
    ["variabels: []", 1, /no such section.*variables/s],
    ["gantry: 2", 1, /format 1/],
    ["just text", 1, /sections/],
    ["", 1, /sections/],
    ['[{"model":"auth.user","pk":1,"fields":{}}]', 1, /Nothing in this dump/],
  ])("that is wrong says where and what: %j", (text, line, message) => {
    const { entries, problems } = readDefinitionFile(text);
    expect(entries).toEqual([]);
    expect(problems[0]).toMatchObject({ line, message: expect.stringMatching(message) });
  });

  test("whose aliases would grow beyond measure is refused", () => {
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ..."bcdefg".split("").map((name, index) => {
        const before = "abcdefg"[index];
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]`;
      }),
    ].join("\n");
    expect(readDefinitionFile(bomb).problems[0]?.message).toMatch(/alias/i);
  });
});

describe("skstack's fields", () => {
  const read = (section: string, fields: object) =>
    readDefinitionFile(JSON.stringify({ [section]: [fields] })).entries[0]?.data;

  test("of a variable become Gantry's", () => {
    const common = { name: "group1", label_name: "Project", env: "prod", group: "DeployDocker", desc: "all" };
    const as = { name: "group1", label: "Project", environment: "prod", category: "DeployDocker", description: "all" };
    expect(
      read("variables", {
        ...common,
        value_method: "script",
        value_form_type: "Select",
        value_script: "var_json_keys -e {sk__env}",
      }),
    ).toEqual({
      ...as,
      formType: "select",
      source: { kind: "script", command: "var_json_keys -e {sk__env}" },
    });
    expect(
      read("variables", {
        ...common,
        value_method: "admin_def",
        value_form_type: "RadioSelect",
        value_optional: "['update', \"restart\"]",
      }),
    ).toEqual({ ...as, formType: "radio", source: { kind: "list", values: ["update", "restart"] } });
    expect(read("variables", { ...common, value_method: "manual", value_form_type: "Textarea" })).toEqual({
      ...as,
      formType: "textarea",
      source: { kind: "input" },
    });
  });

  test("of a work order become Gantry's", () => {
    expect(
      read("workOrders", {
        name: "project_group1",
        desc: "Deploy",
        user_dep: ["developers"],
        env: "prod",
        group: null,
        status: "yes",
        var_built_in: "{'serial': 1, \"home\": '/opt'}",
        var_opional_switch: true,
        var_opional: "project_group1",
        pre_task: null,
        main_task: "main_docker_deploy -e {sk__env} -p {group1}",
        audit_enable: true,
        audit_flow: "two levels",
        schedule_enable: true,
        back_exe_enable: false,
        auto_exe_enable: true,
        template_enable: false,
        config_center: "ops",
        created_at: "2018-07-09",
      }),
    ).toEqual({
      name: "project_group1",
      description: "Deploy",
      submitters: ["developers"],
      environment: "prod",
      active: true,
      builtIn: { serial: "1", home: "/opt" },
      variableGroup: "project_group1",
      mainTask: "main_docker_deploy -e {sk__env} -p {group1}",
      approvalFlow: "two levels",
      schedulable: true,
      background: false,
      runOnApproval: true,
      template: false,
      configCentre: "ops",
    });
  });

  test("of flow and config centre become Gantry's", () => {
    expect(read("approvalFlows", { name: "two", level: "2", l1: "leads", l2: "ops", l3: "board" })).toEqual({
      name: "two",
      levels: [
        { name: "L1", userGroup: "leads" },
        { name: "L2", userGroup: "ops" },
      ],
    });
    expect(
      read("configCentres", { name: "ops", ip: "10.0.0.1", username: "root", port: 22, rsa_key: "/root/.ssh/id_rsa" }),
    ).toEqual({
      name: "ops",
      connection: "ssh",
      address: "10.0.0.1",
      user: "root",
      port: 22,
    });
  });
});

test("a dump of Django is read with names for its keys", () => {
  const dump = [
    { model: "skworkorders.vars", pk: 5, fields: { name: "group1", env: 2, group: null, value_method: "manual" } },
    { model: "skworkorders.varsgroup", pk: 1, fields: { name: "g", desc: "d", vars: [5], env: 2 } },
    { model: "skworkorders.environment", pk: 2, fields: { name_english: "prod", desc: null } },
    { model: "sessions.session", pk: "x", fields: { name: "?" } },
  ];
  const { entries, problems } = readDefinitionFile(JSON.stringify(dump, null, 1));
  expect(problems).toEqual([]);
  expect(entries.map(({ kind, data, path }) => [kind, data, path])).toEqual([
    ["environment", { name: "prod" }, "environments[0]"],
    ["variable", { name: "group1", environment: "prod", source: { kind: "input" } }, "variables[0]"],
    [
      "variable_group",
      { name: "g", description: "d", variables: ["group1"], environment: "prod" },
      "variableGroups[0]",
    ],
  ]);
});
