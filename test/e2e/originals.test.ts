import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serviceImage } from "../lab/images.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { Home, type Ran } from "./gantry.ts";

let lab: Lab;
let home: Home;

beforeAll(async () => {
  lab = openLab("test");
  await lab.reset();
  home = new Home();
  home.inventory(lab, { demo1: ["lab1", "lab2"] });
  home.configure(lab, { demo1: { HealthCheck: { settle: "0s" }, StopTimeout: "2s" } });
  for (const version of ["v1", "v2"]) await lab.push(serviceImage({ name: "demo1", version }));
});

afterAll(() => home.remove());

const deploy = (...args: string[]): Promise<Ran> => home.run(args, { program: "main_docker_deploy" });

/** Image and name of the running version of each host. */
function running(): Promise<string[]> {
  const format = "{{.Image}} {{.Names}}";
  return Promise.all(
    ["lab1", "lab2"].map(async (host) => (await lab.host(host).docker("ps", "--format", format)).stdout.trim()),
  );
}

describe("main_docker_deploy", () => {
  it("without arguments shows its help with every flag of the original, and exits with 1", async () => {
    const { code, stdout } = await deploy();
    expect(code).toBe(1);
    for (const flag of [
      "-e, --Environment",
      "-p, --proj-docker",
      "-t, --DockerImageTag",
      "-a, --AnsibleHosts",
      "-w, --WaitTimes",
      "-m, --ExecMode",
      "-c, --CheckTime",
      "-tnc, --task-name-created",
      "-s, --serial",
    ])
      expect(stdout).toContain(`  ${flag} <`);
    for (const value of ["latest", "60s", "120"]) expect(stdout).toContain(`default: ${value})`);
  });

  it("releases with every flag, and writes a log by the name of the work order with the Ansible look", async () => {
    const name = "demo1.20261123.101010";
    const ran = await deploy(..."-e stage -p demo1 -t v1 -a demo1 -w 3s -m update -c 60 -s 2".split(" "), "-tnc", name);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const [first = "", second] = await running();
    expect(first).toMatch(new RegExp(`^${lab.registry}/demo1:v1 demo1-\\d{8}\\.\\d{6}$`));
    expect(second).toBe(first);
    const log = readFileSync(join(home.logs, `pl_deploy_docker.log.${name}`), "utf8");
    expect(log).toMatch(/^PLAY \[demo1\] \*{60,}$/m);
    for (const task of [
      "Step:1/4:Get the DockerAppId which is running.",
      "Step:2/4:Download docker image.",
      "Step:3/4:Docker app stop.",
      "Step:4/4:Docker app run.",
    ])
      expect(log).toContain(`\nTASK [${task}] **`);
    expect(log).toMatch(/^changed: \[lab1\] => \{"changed": true, "version": "demo1-/m);
    expect(log).toMatch(/^PLAY RECAP \*{60,}$/m);
    for (const host of ["lab1", "lab2"]) {
      expect(log).toMatch(
        new RegExp(
          `^${host} {22} : ok=3    changed=2    unreachable=0    failed=0    skipped=1    rescued=0    ignored=0`,
          "m",
        ),
      );
    }
    // The same text goes to a pipe, with the closing lines behind it.
    expect(ran.stdout.startsWith(log.trimEnd())).toBe(true);
  });

  it("takes a tag as it was chosen from the list of tags, and the long names of the flags", async () => {
    const tags = await home.run(["-e", "stage", "-p", "demo1"], { program: "var_images_tags_id" });
    const [chosen = ""] = /v2 \(sha256:[0-9a-f]{64}\)/.exec(tags.stdout) ?? [];
    const [before = ""] = await running();
    const { code, stdout } = await deploy(
      ..."--Environment stage --proj-docker demo1 --AnsibleHosts none --WaitTimes 1m --CheckTime 30 --serial 2".split(
        " ",
      ),
      "--task-name-created=none",
      "--ExecMode=update_hard",
      "--DockerImageTag",
      chosen,
    );
    expect({ code, stdout }).toMatchObject({ code: 0 });
    for (const version of await running()) expect(version).toContain(`${lab.registry}/demo1:v2 `);
    expect(stdout).toContain(`To go back: gantry rollback demo1 -e stage --to ${before.split(" ")[1]}\n`);
    expect(stdout).toMatch(/^Log: .*\/pl_deploy_docker\.log\.\d{8}\.\d{6}\.\d{6}$/m);
  });

  it("rolls back, restarts and stops by the original's modes", async () => {
    const before = await running();
    expect(await deploy(..."-e stage -p demo1 -m rollback -s 2".split(" "))).toMatchObject({ code: 0 });
    for (const version of await running()) expect(version).toContain("/demo1:v1 ");
    expect(await deploy(..."-e stage -p demo1 -m rollback -s 2".split(" "))).toMatchObject({ code: 0 });
    expect(await running()).toEqual(before);
    expect(await deploy(..."-e stage -p demo1 -m stop_soft -a lab2".split(" "))).toMatchObject({ code: 0 });
    expect(await running()).toEqual([before[0], ""]);
    expect(await deploy(..."-e stage -p demo1 -m restart_soft -a lab2".split(" "))).toMatchObject({ code: 0 });
    expect(await running()).toEqual(before);
  });

  it.each(["inquiry", "inquery"])("-m %s lists all versions as ansible did", async (mode) => {
    const { code, stdout } = await deploy("-e", "stage", "-p", "demo1", "-m", mode);
    expect(code).toBe(0);
    const table = String.raw`CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES\n.* Up .*demo1-[\d.]+\n.*Exited.*demo1-[\d.]+\n`;
    for (const host of ["lab1", "lab2"]) {
      expect(stdout).toMatch(new RegExp(String.raw`^${host} \| CHANGED \| rc=0 >>\n${table}`, "m"));
    }
  });

  it.each([
    [["-p", "demo1", "-m", "update"], "-e, --Environment is missing."],
    [["-e", "stage", "-m", "update"], "-p, --proj-docker is missing."],
    [["-e", "stage", "-p", "demo1"], "-m, --ExecMode is missing. update, update_hard,"],
  ])("%j is told what is missing", async (args, message) => {
    expect(await deploy(...args)).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(message) });
  });

  it("exits with 2 where a release fails", async () => {
    const { code, stdout } = await deploy(..."-e stage -p demo1 -t v99 -m update".split(" "));
    expect(code).toBe(2);
    expect(stdout).toMatch(/^fatal: \[lab\d\]: FAILED! => /m);
  });
});
