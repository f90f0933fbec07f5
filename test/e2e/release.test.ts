import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crashImage, healthcheckImage, serviceImage } from "../lab/images.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { rolling } from "./fleet.ts";
import { Home } from "./gantry.ts";

const VERSION = /^demo1-\d{8}\.\d{6}$/;
let lab: Lab;
let home: Home;
let digests: Record<string, string>;

beforeAll(async () => {
  lab = openLab("test");
  home = new Home();
  home.inventory(lab, { demo1: rolling, old: ["lab1"], new: ["lab2"] });
  configure();
  const v1 = await lab.push(serviceImage({ name: "demo1", version: "v1" }));
  const v2 = await lab.push(serviceImage({ name: "demo1", version: "v2" }));
  await lab.push(crashImage({ name: "demo1", version: "broken" }));
  for (const health of ["healthy", "unhealthy"] as const) {
    await lab.push(healthcheckImage({ name: "demo1", version: health }, health));
  }
  digests = { v1: v1.digest, v2: v2.digest };
});

afterAll(() => home.remove());

beforeEach(() => lab.reset());

/** The configuration of most tests. */
const configure = () => home.configure(lab, { demo1: { HealthCheck: { settle: "0s" }, StopTimeout: "3s" } });

const release = (...args: string[]) => home.run(["update", "demo1", "-e", "stage", ...args]);

/** Names of the running containers of a host, as plain docker lists them. */
async function running(host: string): Promise<string[]> {
  const { stdout } = await lab.host(host).docker("ps", "--format", "{{.Names}}");
  return stdout.split("\n").filter((name) => name !== "");
}

async function inspect(host: string, name: string, format: string): Promise<string> {
  return (await lab.host(host).docker("inspect", "-f", format, name)).stdout.trim();
}

/** What the service on a host says. */
async function answer(host: string): Promise<string> {
  const response = await fetch(`http://${lab.host(host).address}:8080/version`, { signal: AbortSignal.timeout(5000) });
  return (await response.text()).trim();
}

describe("update on a mixed fleet (20.10, 28, 28 with API 1.44 and newer only)", () => {
  it("is the first release on empty hosts, under one name, with one digest and labels", async () => {
    const { code, stdout } = await release("-t", "v1");
    expect(stdout).toContain("PLAY RECAP");
    expect(code).toBe(0);
    const names = await Promise.all(rolling.map(running));
    expect(new Set(names.flat()).size).toBe(1);
    const [name = ""] = names.flat();
    expect(name).toMatch(VERSION);
    for (const host of rolling) {
      expect(await answer(host)).toContain("v1");
      expect(await inspect(host, name, "{{.Config.Image}}")).toBe(`${lab.registry}/demo1:v1`);
      expect(await inspect(host, name, '{{index .Config.Labels "gantry.digest"}}')).toBe(digests["v1"]);
      expect(await inspect(host, name, '{{index .Config.Labels "gantry.version"}}')).toBe(name);
    }
  });

  it("replaces the running version, keeps it, and rollback toggles between the two", async () => {
    await release("-t", "v1");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect((await release("-t", "v2")).code).toBe(0);
    for (const host of rolling) {
      expect(await running(host)).toHaveLength(1);
      expect(await answer(host)).toContain("v2");
    }
    expect((await home.run(["rollback", "demo1", "-e", "stage"])).code).toBe(0);
    for (const host of rolling) expect(await answer(host)).toContain("v1");
    expect((await home.run(["rollback", "demo1", "-e", "stage"])).code).toBe(0);
    for (const host of rolling) expect(await answer(host)).toContain("v2");
  });

  it("goes host by host: the next one is not touched before the one before is done", async () => {
    const { stdout } = await home.run(["update", "demo1", "-e", "stage", "-t", "v1", "--output", "ndjson"]);
    const events = stdout
      .trim()
      .split("\n")
      .map(
        (line) =>
          JSON.parse(line) as {
            type: string;
            host?: string;
            batch?: number;
            step?: { kind: string };
            summary?: { host: string };
          },
      );
    const order = events.flatMap((event) =>
      event.type === "batch-started"
        ? [`batch ${event.batch}`]
        : event.type === "host-finished"
          ? [`done ${event.summary?.host}`]
          : [],
    );
    expect(order).toEqual(["batch 1", "done lab1", "batch 2", "done lab2", "batch 3", "done lab3"]);
    const firstChange = events.findIndex((event) => event.type === "batch-started");
    const pulls = events.filter(
      (event, index) => event.type === "step-finished" && event.step?.kind === "pull" && index < firstChange,
    );
    expect(new Set(pulls.map(({ host }) => host))).toEqual(new Set(rolling));
  });

  it.each([
    ["1", [1, 1, 1]],
    ["3", [3]],
    ["50%", [1, 1, 1]],
    ["1,50%,100%", [1, 1, 1]],
    ["1,100%", [1, 2]],
    ["100%", [3]],
  ])("-s %s makes batches of %j hosts", async (serial, sizes) => {
    const { stdout } = await home.run([
      "update",
      "demo1",
      "-e",
      "stage",
      "-t",
      "v1",
      "-s",
      serial,
      "--output",
      "ndjson",
    ]);
    const batches = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; hosts: string[] })
      .filter(({ type }) => type === "batch-started");
    expect(batches.map(({ hosts }) => hosts.length)).toEqual(sizes);
  });

  it("-a chooses hosts by an inventory pattern", async () => {
    expect((await release("-t", "v1", "-a", "demo1:!lab2")).code).toBe(0);
    expect(await running("lab1")).toHaveLength(1);
    expect(await running("lab2")).toHaveLength(0);
    expect(await running("lab3")).toHaveLength(1);
  });

  it("runs one digest everywhere although the tag moves in the middle of the run", async () => {
    const push = (version: string) => lab.push({ ...serviceImage({ name: "demo1", version }), tag: "moving" });
    await push("v1");
    let moved: Promise<unknown> | undefined;
    const { code } = await home.run(["update", "demo1", "-e", "stage", "-t", "moving", "--output", "ndjson"], {
      onOutput: (text) => {
        // In the registry, and on the host that comes last: a pull there, by whoever, moves the tag after the preparation.
        if (text.includes('"batch-started"')) {
          moved ??= push("v2").then(() => lab.host("lab3").docker("pull", `${lab.registry}/demo1:moving`));
        }
      },
    });
    expect(moved).toBeDefined();
    await moved;
    expect(code).toBe(0);
    for (const host of rolling) expect(await answer(host)).toContain("v1");
  });
});

describe("health checks, on both engines", () => {
  const both = ["-a", "lab1:lab2"];

  it.each([
    ["http", { http: ":8080/health" }],
    ["tcp", { tcp: "127.0.0.1:8080" }],
    ["bake", { http: ":8080/health", bake: "1s" }],
  ])("%s passes where the service answers", async (_name, healthCheck) => {
    home.configure(lab, { demo1: { HealthCheck: { settle: "0s", ...healthCheck } } });
    const { code, stdout } = await home.run([
      "update_hard_check",
      "demo1",
      "-e",
      "stage",
      "-t",
      "v1",
      "-s",
      "2",
      ...both,
    ]);
    configure();
    expect(code).toBe(0);
    expect(stdout).toMatch(/TASK \[Step:5\/5:LoopHealthCheck until successful\.\]/);
  });

  it.each([
    ["http", { http: ":8081/health" }],
    ["tcp", { tcp: "127.0.0.1:8081" }],
    ["a status that is not healthy", { http: ":8080/no-such-page" }],
  ])("%s that nobody answers takes the host back, and names the probe", async (_name, healthCheck) => {
    await release("-t", "v1", "-s", "2", ...both);
    const [before = ""] = await running("lab1");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    home.configure(lab, { demo1: { HealthCheck: { settle: "0s", ...healthCheck }, StopTimeout: "3s" } });
    const { code, stdout } = await release("-t", "v2", "-s", "2", "-c", "1", ...both);
    configure();
    expect(code).toBe(2);
    expect(stdout).toMatch(/was not healthy after \d+ s; (http:\/\/)?127\.0\.0\.1:808[01]/);
    for (const host of ["lab1", "lab2"]) expect(await running(host)).toEqual([before]);
  });

  it("a HEALTHCHECK of the image is waited for, and one that fails takes the host back", async () => {
    expect((await release("-t", "healthy", "-s", "2", ...both)).code).toBe(0);
    const [before = ""] = await running("lab1");
    expect(await inspect("lab1", before, "{{.State.Health.Status}}")).toBe("healthy");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { code, stdout } = await release("-t", "unhealthy", "-s", "2", ...both);
    expect(code).toBe(2);
    expect(stdout).toContain("HEALTHCHECK: unhealthy");
    for (const host of ["lab1", "lab2"]) expect(await running(host)).toEqual([before]);
  });
});

describe("start-first, on both engines", () => {
  it("has the new version up before the old one stops", async () => {
    home.configure(lab, {
      demo1: { HealthCheck: { settle: "0s" }, StopTimeout: "3s", Strategy: "start-first", DockerRunArg: "-d" },
    });
    await release("-t", "v1", "-s", "2", "-a", "lab1:lab2");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { code, stdout } = await release("-t", "v2", "-s", "2", "-a", "lab1:lab2");
    configure();
    expect(code).toBe(0);
    expect(stdout.indexOf("Step:3/4:Docker app run.")).toBeLessThan(stdout.indexOf("Step:4/4:Docker app stop."));
    for (const host of ["lab1", "lab2"]) expect(await running(host)).toHaveLength(1);
  });
});

describe("a version that does not come up", () => {
  it("is taken out again: the host runs what ran before, the next hosts are untouched, exit code 2", async () => {
    await release("-t", "v1");
    const [before = ""] = await running("lab1");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    home.configure(lab, { demo1: { HealthCheck: { settle: "1s" }, StopTimeout: "3s" } });
    const { code, stdout } = await release("-t", "broken");
    configure();
    expect(code).toBe(2);
    for (const host of rolling) expect(await running(host)).toEqual([before]);
    expect(await answer("lab1")).toContain("v1");
    expect(stdout).toMatch(/fatal: \[lab1\]: FAILED! => /);
    expect(stdout).toMatch(/lab1 +: ok=\d+ +changed=\d+ +unreachable=0 +failed=1 +skipped=0 +rescued=1 +ignored=0/);
    const { stdout: all } = await lab.host("lab1").docker("ps", "-a", "--format", "{{.Names}}");
    expect(all).toMatch(/demo1-\d{8}\.\d{6}-failed/);
  });
});

describe("restart, stop_soft and inquiry", () => {
  it("restart keeps the container, stop_soft stops it, restart starts the newest again", async () => {
    await release("-t", "v1", "-a", "lab1:lab2");
    const [name = ""] = await running("lab1");
    const started = await inspect("lab1", name, "{{.State.StartedAt}}");
    expect((await home.run(["restart", "demo1", "-e", "stage", "-a", "lab1:lab2"])).code).toBe(0);
    expect(await running("lab1")).toEqual([name]);
    expect(await inspect("lab1", name, "{{.State.StartedAt}}")).not.toBe(started);
    expect((await home.run(["stop_soft", "demo1", "-e", "stage", "-a", "lab1:lab2"])).code).toBe(0);
    expect(await running("lab1")).toEqual([]);
    expect((await home.run(["restart_soft", "demo1", "-e", "stage", "-a", "lab1:lab2"])).code).toBe(0);
    for (const host of ["lab1", "lab2"]) expect(await running(host)).toEqual([name]);
  });

  it("inquiry prints docker's own table of exactly that project", async () => {
    await release("-t", "v1", "-a", "lab1:lab2");
    for (const name of ["xdemo1-20261101.090000", "demo10-20261101.090000", "demo1"]) {
      await lab.host("lab1").docker("create", "--name", name, `${lab.registry}/demo1:v1`);
    }
    const { code, stdout } = await home.run(["inquiry", "demo1", "-e", "stage"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^lab1 \| CHANGED \| rc=0 >>\nCONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES\n/,
    );
    expect(stdout.match(/demo1-\d{8}\.\d{6}/g)).toHaveLength(2);
    expect(stdout).not.toMatch(/xdemo1|demo10/);
  });
});

describe("containers that the original plugin made", () => {
  it("are listed, replaced by update, and started again by rollback", async () => {
    const old = "demo1-20200718.213030";
    for (const host of ["lab1", "lab2"]) {
      await lab.host(host).docker("run", "-d", "--name", old, "-p", "8080:8080", `${lab.registry}/demo1:v1`);
    }
    expect((await home.run(["inquiry", "demo1", "-e", "stage", "-a", "lab1:lab2"])).stdout).toContain(old);
    expect((await release("-t", "v2", "-a", "lab1:lab2")).code).toBe(0);
    expect(await answer("lab1")).toContain("v2");
    expect((await home.run(["rollback", "demo1", "-e", "stage", "-a", "lab1:lab2"])).code).toBe(0);
    for (const host of ["lab1", "lab2"]) expect(await running(host)).toEqual([old]);
  });
});

describe("rollback --to", () => {
  it("starts the named version on every host, and refuses with the kept ones where it is not there", async () => {
    await release("-t", "v1", "-a", "lab1:lab2");
    const [first = ""] = await running("lab1");
    for (const tag of ["v2", "v1"]) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await release("-t", tag, "-a", "lab1:lab2");
    }
    expect((await home.run(["rollback", "demo1", "-e", "stage", "-a", "lab1:lab2", "--to", first])).code).toBe(0);
    for (const host of ["lab1", "lab2"]) expect(await running(host)).toEqual([first]);
    const wrong = await home.run([
      "rollback",
      "demo1",
      "-e",
      "stage",
      "-a",
      "lab1:lab2",
      "--to",
      "demo1-20200101.000000",
    ]);
    expect(wrong.code).toBe(2);
    expect(wrong.stdout).toContain(first);
    for (const host of ["lab1", "lab2"]) expect(await running(host)).toEqual([first]);
  });
});

describe("the log file and the journal", () => {
  it("stand in log_path, named by -tnc or by the start, with the Ansible look and one event a line", async () => {
    await release("-t", "v1", "-a", "lab1", "-tnc", "project_group1.20261123.101010");
    const log = readFileSync(join(home.logs, "pl_deploy_docker.log.project_group1.20261123.101010"), "utf8");
    expect(log).toMatch(/TASK \[Step:4\/4:Docker app run\.\] \*+\nchanged: \[lab1\] => \{"changed": true/);
    const journal = readFileSync(join(home.logs, "pl_deploy_docker.log.project_group1.20261123.101010.ndjson"), "utf8");
    const events = journal
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { v: number; seq: number; type: string });
    expect(events[0]).toMatchObject({ v: 1, seq: 1, type: "run-started" });
    expect(events.at(-1)).toMatchObject({ type: "run-finished", status: "succeeded" });
    await release("-t", "v1", "-a", "lab1");
    expect(readdirSync(home.logs).some((name) => /^pl_deploy_docker\.log\.\d{8}\.\d{6}\.\d{6}$/.test(name))).toBe(true);
  });
});
