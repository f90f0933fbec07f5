import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serviceImage } from "../lab/images.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { rolling } from "./fleet.ts";
import { Home } from "./gantry.ts";

let lab: Lab;
let home: Home;

beforeAll(async () => {
  lab = openLab("test");
  home = new Home();
  home.inventory(lab, { demo1: rolling });
  home.configure(lab, { demo1: { HealthCheck: { settle: "1500ms" }, StopTimeout: "3s" } });
  for (const version of ["v1", "v2"]) await lab.push(serviceImage({ name: "demo1", version }));
});

afterAll(() => home.remove());

beforeEach(async () => {
  await lab.reset();
  expect((await home.run(["update", "demo1", "-e", "stage", "-t", "v1", "-s", "3"])).code).toBe(0);
});

const update = ["update", "demo1", "-e", "stage", "-t", "v2", "--output", "ndjson"];

/** The tag that runs on each host, or undefined where nothing does. */
function tags(): Promise<readonly (string | undefined)[]> {
  return Promise.all(
    rolling.map(async (host) => {
      const { stdout } = await lab.host(host).docker("ps", "--format", "{{.Image}}");
      return stdout.trim().split(":").at(-1) || undefined;
    }),
  );
}

/** The ssh processes of this machine that lead to the lab's hosts. */
function sshProcesses(): string {
  const list = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return list
    .split("\n")
    .filter((line) => line.startsWith("ssh ") && line.includes(lab.key))
    .join("\n");
}

const inMiddle = (text: string): boolean => /"step-started","host":"lab1","step":\{"kind":"run"/.test(text);

describe("interrupting a release", () => {
  it("finishes the host in hand at the first SIGINT, leaves the others, and ends with 130", async () => {
    let sent = false;
    const { code, stdout } = await home.run(update, {
      onOutput: (text, kill) => {
        if (!sent && inMiddle(text)) {
          sent = true;
          kill("SIGINT");
        }
      },
    });
    expect(code).toBe(130);
    expect(await tags()).toEqual(["v2", "v1", "v1"]);
    expect(stdout).toContain('"because":"interrupt","left":["lab2","lab3"]');
  });

  it("goes back at the second signal: every host runs what ran before", async () => {
    let sent = 0;
    const { code } = await home.run(update, {
      onOutput: (text, kill) => {
        if (sent === 0 && inMiddle(text)) {
          sent = 1;
          kill("SIGTERM");
          setTimeout(() => kill("SIGTERM"), 100);
        }
      },
    });
    expect(code).toBe(130);
    expect(await tags()).toEqual(["v1", "v1", "v1"]);
  });

  it("leaves no ssh process and no lock behind after kill -9", async () => {
    let sent = false;
    await home.run(update, {
      onOutput: (text, kill) => {
        if (!sent && inMiddle(text)) {
          sent = true;
          kill("SIGKILL");
        }
      },
    });
    const limit = Date.now() + 5000;
    while (sshProcesses() !== "" && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sshProcesses()).toBe("");
    const { code, stdout } = await home.run(["lock", "status", "demo1", "-e", "stage"]);
    expect(code).toBe(0);
    expect(stdout.match(/not locked/g)).toHaveLength(3);
    expect((await home.run(["update", "demo1", "-e", "stage", "-t", "v2"])).code).toBe(0);
    expect(await tags()).toEqual(["v2", "v2", "v2"]);
  });
});

describe("two releases of one project at once", () => {
  it("lets the first go on and tells the second who holds the lock, exit code 5, nothing changed", async () => {
    let second: ReturnType<Home["run"]> | undefined;
    let status: ReturnType<Home["run"]> | undefined;
    const first = await home.run(update, {
      onOutput: (text) => {
        if (!inMiddle(text)) return;
        second ??= home.run(["update", "demo1", "-e", "stage", "-t", "v1", "-a", "lab3"]);
        status ??= home.run(["lock", "status", "demo1", "-e", "stage", "-a", "lab3"]);
      },
    });
    expect(first.code).toBe(0);
    const refused = await second;
    expect(refused?.code).toBe(5);
    expect(refused?.stdout).toMatch(/demo1 on lab3 is locked by run \d{8}\.\d{6}-[0-9a-f]{4} of \S+ on \S+ since/);
    expect((await status)?.stdout).toMatch(/lab3 +\S+@\S+/);
    expect(await tags()).toEqual(["v2", "v2", "v2"]);
  });

  it("does not hold up another project on the same hosts, nor an inquiry", async () => {
    let inquiry: ReturnType<Home["run"]> | undefined;
    const first = await home.run(update, {
      onOutput: (text) => {
        if (inMiddle(text)) inquiry ??= home.run(["inquiry", "demo1", "-e", "stage"]);
      },
    });
    expect(first.code).toBe(0);
    expect((await inquiry)?.code).toBe(0);
  });
});
