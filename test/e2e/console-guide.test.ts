import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startConsole, type ConsoleProcess } from "../console/console-process.ts";
import { launchBrowser } from "../web/visitor.ts";
import {
  createSubmitter,
  defineCategory,
  defineEnvironment,
  defineUserGroup,
  defineVariable,
  defineVariableGroup,
  defineWorkOrder,
  setUpLocalCentre,
} from "./console-definitions.ts";
import { Fleet } from "./console-fleet.ts";
import { Person } from "./console-person.ts";
import {
  board,
  findInHistory,
  findOrder,
  log,
  logStatus,
  planHosts,
  preview,
  sees,
  submit,
} from "./console-requests.ts";
import { closeConsole } from "./console-site.ts";
import { rolling } from "./fleet.ts";

const MODES = ["update", "restart", "restart_soft", "inquiry", "rollback", "stop_soft", "update_hard"];
const VERSION = /^demo1-\d{8}\.\d{6}$/;

let browser: Browser;
beforeAll(async () => void (browser = await launchBrowser()));
afterAll(() => browser.close());

describe.each(["en", "zh"] as const)(
  "the guide's chapter in %s: from an empty console to a release and back",
  (language) => {
    let fleet: Fleet;
    let console: ConsoleProcess;
    let admin: Person;
    let wang: Person;
    /** What runs on all hosts before the chapter begins, and after its release. */
    let before: string;
    let after: string;
    let request: number;
    let oneTimePassword: string;

    beforeAll(async () => {
      fleet = await Fleet.open();
      [console] = await Promise.all([startConsole(), fleet.publish("v1")]);
      before = await fleet.releaseByHand();
      await fleet.publish("v2");
      admin = await Person.arrive(browser, console.url, { language });
    });
    afterAll(async () => {
      await admin?.[Symbol.asyncDispose]();
      await wang?.[Symbol.asyncDispose]();
      await closeConsole(console);
      fleet?.home.remove();
    });

    it("lets the administrator in with the one-time password, which has to be replaced", async () => {
      await admin.signIn("admin", console.oneTimePassword ?? "", "correct-horse-battery");
      expect(await admin.page.getByRole("alert").allInnerTexts()).toEqual([]);
    });

    it("takes environment, category and place, and two variables whose values Verify shows", async () => {
      await defineEnvironment(admin, "stage");
      await defineCategory(admin, "DeployDocker");
      await setUpLocalCentre(admin, fleet.home.path, fleet.inventory);
      const place = { environment: "stage", category: "DeployDocker" };
      await defineVariable(
        admin,
        {
          name: "group1",
          label: "Project",
          source: { kind: "script", command: "var_json_keys -e {sk__env} -k demo", timeout: 20 },
          formType: "select",
          ...place,
        },
        ["demo1", "demo2"],
      );
      await defineVariable(
        admin,
        {
          name: "DockerDeployMode",
          label: "ExecMode",
          source: { kind: "list", values: MODES },
          formType: "radio",
          default: "update",
          ...place,
        },
        MODES,
      );
    });

    it("takes their group, who may submit, and the order", async () => {
      await defineVariableGroup(admin, {
        name: "project_group1",
        environment: "stage",
        variables: ["group1", "DockerDeployMode"],
      });
      await defineUserGroup(admin, "developers");
      oneTimePassword = await createSubmitter(admin, "wang", "developers");
      await defineWorkOrder(admin, {
        name: "project_group1",
        environment: "stage",
        category: "DeployDocker",
        submitters: "developers",
        variableGroup: "project_group1",
        mainTask: "main_docker_deploy -e {sk__env} -m {DockerDeployMode} -p {group1} -tnc {sk__task_name_created}",
      });
      expect(admin.complaints).toEqual([]);
    });

    it("shows the submitter the exact command, the plan and what runs there, before anything is submitted", async () => {
      wang = await Person.arrive(browser, console.url, { language });
      await wang.signIn("wang", oneTimePassword, "wangs-own-password");
      await findOrder(wang, "pro", "project_group1");
      await wang.choose("Project", "demo1");
      await wang.tick("update");
      await preview(wang)
        .getByText(/^main_docker_deploy -e stage -m update -p demo1 -tnc project_group1\.\S+$/)
        .waitFor();
      for (const host of rolling)
        await planHosts(wang)
          .getByRole("row", { name: `${host} ${before}` })
          .waitFor();
      expect(await fleet.running()).toEqual(rolling.map(() => [before]));
    });

    it("is watched from the submission to its good end, and docker shows the new version on all hosts", async () => {
      request = await submit(wang);
      await sees(wang, "running");
      await board(wang).getByRole("row", { name: "lab1" }).waitFor();
      await log(wang)
        .getByText(/^PLAY \[/)
        .first()
        .waitFor();
      await sees(wang, "succeeded", 90);
      await logStatus(wang, "ended").waitFor();
      const running = await fleet.running();
      after = running[0]?.[0] ?? "";
      expect(after).toMatch(VERSION);
      expect(after).not.toBe(before);
      expect(running).toEqual(rolling.map(() => [after]));
      for (const answer of await fleet.answers()) expect(answer).toContain("v2");
      for (const host of rolling) {
        const row = board(wang).getByRole("row", { name: host });
        expect(await row.innerText()).toContain(after);
      }
      await log(wang)
        .getByText(/^lab3 +: ok=/)
        .waitFor();
    });

    it("is found again in the history, and taken back by the button on its page", async () => {
      await findInHistory(wang, request);
      await sees(wang, "succeeded");
      await wang.follow(wang.text.request.actions.rollBack);
      await preview(wang)
        .getByText(/^main_docker_deploy -e stage -m rollback -p demo1 /)
        .waitFor();
      await planHosts(wang)
        .getByRole("row", { name: `lab1 ${after}` })
        .waitFor();
      await submit(wang);
      await sees(wang, "succeeded", 90);
      expect(await fleet.running()).toEqual(rolling.map(() => [before]));
      for (const answer of await fleet.answers()) expect(answer).toContain("v1");
      expect(wang.complaints).toEqual([]);
    });
  },
);
