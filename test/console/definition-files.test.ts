import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { ImportReport } from "../../src/contract/definition-files.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";

let open: OpenConsole;
beforeAll(async () => void (open = await openConsole()));
afterAll(async () => void (await open?.console.stop()));

const send = (text: string, dryRun = false, client = open.admin): Promise<ImportReport> =>
  client.call("POST /definition-file", { body: { text, dryRun } });
const exported = async (client = open.admin): Promise<string> => String(await client.call("GET /definition-file"));
const outcomes = ({ items }: ImportReport): string[] =>
  items.map(({ kind, name, outcome }) => `${outcome} ${kind} ${name}`);
const orders = async (): Promise<readonly string[]> =>
  (await open.admin.call("GET /orders")).items.map(({ name }) => name).toSorted();

const FILE = `
gantry: 1
userGroups:
  - { name: developers, description: They submit }
  - { name: leads }
environments: [{ name: stage, colour: teal }]
categories: [{ name: DeployDocker }]
approvalFlows:
  - { name: one level, levels: [{ name: Leads, userGroup: leads, quorum: 1 }] }
variables:
  - { name: mode, label: Mode, environment: stage, formType: radio, source: { kind: list, values: [update, restart] } }
variableGroups:
  - { name: modes, environment: stage, variables: [mode] }
workOrders:
  - name: deploy
    environment: stage
    category: DeployDocker
    submitters: [developers]
    configCentre: local
    variableGroup: modes
    approvalFlow: one level
    mainTask: echo {mode} {sk__env}
`;

describe("an import", () => {
  it("as a dry run tells what it would do, and does nothing", async () => {
    const centres = await open.admin.call("GET /definitions/:kind", { params: { kind: "config_centre" } });
    const text = FILE.replace("local", centres.items[0]?.name ?? "");
    const before = await exported();
    const report = await send(text, true);
    expect(report).toMatchObject({ applied: false, problems: [] });
    expect(outcomes(report)).toEqual([
      "created user_group developers",
      "created user_group leads",
      "created environment stage",
      "created category DeployDocker",
      "created approval_flow one level",
      "created variable mode",
      "created variable_group modes",
      "created work_order deploy",
    ]);
    expect(await exported()).toBe(before);
    expect(await orders()).toEqual([]);
    expect(outcomes(await send(text))).toEqual(outcomes(report));
    expect(await orders()).toEqual(["deploy"]);
  });

  it("of what was exported changes nothing, and the export holds no default", async () => {
    const text = await exported();
    const report = await send(text, true);
    expect(report.problems).toEqual([]);
    expect(report.items.filter(({ outcome }) => outcome !== "unchanged")).toEqual([]);
    const { workOrders } = parse(text) as { workOrders: object[] };
    expect(workOrders).toEqual([
      {
        name: "deploy",
        environment: "stage",
        category: "DeployDocker",
        submitters: ["developers"],
        configCentre: expect.any(String),
        variableGroup: "modes",
        approvalFlow: "one level",
        mainTask: "echo {mode} {sk__env}",
      },
    ]);
  });

  it("shows the fields that differ, and makes a new version", async () => {
    const text = (await exported()).replace("echo {mode} {sk__env}", "echo {mode}");
    const report = await send(text);
    const changed = report.items.filter(({ outcome }) => outcome === "changed");
    expect(changed).toEqual([
      {
        kind: "work_order",
        name: "deploy",
        environment: "stage",
        outcome: "changed",
        changes: [{ path: "mainTask", before: '"echo {mode} {sk__env}"', after: '"echo {mode}"' }],
      },
    ]);
    const { items } = await open.admin.call("GET /definitions/:kind", { params: { kind: "work_order" } });
    expect(items.map(({ version }) => version)).toEqual([2]);
  });

  it("with anything wrong does nothing, and says all of it with its place", async () => {
    const before = await exported();
    const report = await send(`
categories: [{ name: New }]
variables:
  - { name: bad name, label: x, formType: radio, source: { kind: list, values: [a] } }
workOrders:
  - name: other
    environment: nowhere
    configCentre: nobody
    mainTask: echo hi
`);
    expect(report.applied).toBe(false);
    expect(report.problems).toEqual([
      { path: "variables[0].name", line: 4, message: expect.any(String) },
      { path: "workOrders[0].environment", line: 6, message: "There is no environment nowhere." },
      { path: "workOrders[0].configCentre", line: 6, message: "There is no config centre nobody." },
    ]);
    expect(await exported()).toBe(before);
  });

  it("knows what is there by its name in either case", async () => {
    const report = await send("categories: [{ name: deploydocker }]\nuserGroups: [{ name: LEADS, description: '' }]");
    expect(report.problems).toEqual([]);
    expect(outcomes(report)).toEqual(["unchanged user_group LEADS", "changed category deploydocker"]);
    await send("categories: [{ name: DeployDocker }]");
  });

  it("makes a channel whose address is not in the file, to be switched on once it has one", async () => {
    const report = await send("notificationChannels: [{ name: elsewhere, kind: dingtalk }]");
    expect(report.problems).toEqual([]);
    const { items } = await open.admin.call("GET /notification-channels");
    expect(items).toContainEqual(expect.objectContaining({ name: "elsewhere", active: false }));
  });

  it("keeps secrets that the file leaves out, and never shows them", async () => {
    const channel = `notificationChannels: [{ name: chat, kind: webhook, url: "https://chat.example/hook?token=s3cr3t" }]`;
    expect(outcomes(await send(channel))).toEqual(["created notification_channel chat"]);
    expect(await exported()).not.toContain("s3cr3t");
    expect(outcomes(await send("notificationChannels: [{ name: chat, kind: webhook }]"))).toEqual([
      "unchanged notification_channel chat",
    ]);
    const report = await send(channel.replace("s3cr3t", "0ther"));
    expect(report.items[0]).toMatchObject({ outcome: "changed", changes: [{ path: "url" }] });
    expect(JSON.stringify(report)).not.toContain("0ther");
  });

  it("takes a dump of skstack as it is", async () => {
    const dump = [
      { model: "skaccounts.usergroup", pk: 1, fields: { name: "team", desc: null, members: [3] } },
      { model: "skworkorders.environment", pk: 1, fields: { name_english: "prod2", desc: "Production" } },
      { model: "skworkorders.workordergroup", pk: 2, fields: { name: "DataFix", desc: null } },
      {
        model: "skworkorders.configcenter",
        pk: 1,
        fields: {
          name: "ops",
          ip: "10.1.2.3",
          username: "root",
          password: "pa55word",
          port: 22,
          rsa_key: null,
          desc: null,
        },
      },
      {
        model: "skworkorders.vars",
        pk: 9,
        fields: {
          name: "DockerDeployMode",
          label_name: "ExecMode",
          desc: "",
          value_method: "admin_def",
          value_form_type: "RadioSelect",
          value_optional: "['update','rollback']",
          value_script: null,
          env: 1,
          group: 2,
        },
      },
      { model: "skworkorders.varsgroup", pk: 4, fields: { name: "g1", desc: "d", vars: [9], env: 1, group: 2 } },
      {
        model: "skworkorders.workorder",
        pk: 7,
        fields: {
          name: "fix_orders",
          desc: "Fix",
          user_dep: [1],
          env: 1,
          group: 2,
          status: "yes",
          var_built_in: "{'retries': 3}",
          var_opional_switch: true,
          var_opional: 4,
          pre_task: "",
          main_task: "main_docker_deploy -e {sk__env} -m {DockerDeployMode} -p fix -s {retries}",
          post_task: null,
          audit_enable: false,
          audit_flow: null,
          schedule_enable: true,
          back_exe_enable: true,
          auto_exe_enable: false,
          template_enable: false,
          config_center: 1,
          created_at: null,
          updated_at: null,
        },
      },
    ];
    const report = await send(JSON.stringify(dump));
    expect(report.problems).toEqual([]);
    expect(outcomes(report)).toContain("created work_order fix_orders");
    expect(await orders()).toContain("fix_orders");
    expect(await exported()).not.toContain("pa55word");
  });
});

it("those who may configure a part import into that part only", async () => {
  const { admin } = open;
  const groups = await admin.call("GET /user-groups");
  const group = groups.items.find(({ name }) => name === "developers")?.id ?? 0;
  const stage = await admin.call("GET /definitions/:kind", { params: { kind: "environment" } });
  const environment = stage.items.find(({ name }) => name === "stage")?.id ?? 0;
  await admin.call("POST /object-rules", { body: { userGroup: group, permission: "configure", environment } });
  await admin.call("POST /accounts", {
    body: { name: "zhou", role: "submitter", groups: [group], password: "zhou-password" },
  });
  const zhou = new ConsoleClient(open.console.url);
  await zhou.signIn("zhou", "zhou-password", PASSWORD);
  const variable = (place: string) =>
    `variables: [{ name: v_${place}, label: V, environment: ${place}, formType: text, source: { kind: input } }]`;
  expect(outcomes(await send(variable("stage"), false, zhou))).toEqual(["created variable v_stage"]);
  expect((await send(variable("prod"), false, zhou)).problems[0]?.message).toMatch(/may configure only/);
  expect((await send("userGroups: [{ name: mine }]", false, zhou)).problems[0]?.message).toMatch(/administer/);
  expect((await send("notificationChannels: [{ name: c, kind: webhook }]", false, zhou)).applied).toBe(false);
  expect(await exported(zhou)).not.toContain("notificationChannels");
});
