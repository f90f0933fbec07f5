import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { quoteShellWord } from "../../src/domain/shell-words.ts";
import type { RunEvent } from "../../src/engine/events.ts";
import { crashImage, crashLateImage, healthcheckImage, serviceImage } from "../lab/images.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { rolling } from "./fleet.ts";
import { Home, type Ran } from "./gantry.ts";

const FAILED = /^demo1-\d{8}\.\d{6}-failed$/;
let lab: Lab;
let home: Home;
/** The version that runs on lab1 and lab2 before each test. */
let good: string;

beforeAll(async () => {
  lab = openLab("test");
  await lab.reset();
  home = new Home();
  home.inventory(lab, { demo1: rolling });
  await Promise.all([
    lab.push(serviceImage({ name: "demo1", version: "v1" })),
    lab.push(serviceImage({ name: "demo1", version: "v2" })),
    lab.push(crashImage({ name: "demo1", version: "crash" })),
    lab.push(crashLateImage({ name: "demo1", version: "crash-late" }, 500)),
    lab.push(healthcheckImage({ name: "demo1", version: "unhealthy" }, "unhealthy")),
  ]);
  configure("-p 8080:8080", "0s");
  expect(await update("-t", "v1", "-s", "2", "-a", "lab1:lab2")).toMatchObject({ code: 0 });
  [good = ""] = await names("lab1", "ps");
  configure();
});

afterAll(() => home.remove());

afterEach(async () => {
  configure();
  for (const host of rolling) {
    const others = (await names(host, "ps", "-a")).filter((name) => name !== good);
    if (others.length > 0) await docker(host, "rm", "-f", ...others);
  }
});

function configure(DockerRunArg = "-p 8080:8080", settle = "1s"): void {
  home.configure(lab, { demo1: { DockerRunArg, StopTimeout: "2s", HealthCheck: { settle } } });
}

const update = (...args: string[]): Promise<Ran> => home.run(["update", "demo1", "-e", "stage", ...args]);

/** What plain docker says on a host. */
async function docker(host: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await lab.host(host).docker(...args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

async function names(host: string, ...command: string[]): Promise<string[]> {
  return (await docker(host, ...command, "--format", "{{.Names}}")).split("\n").filter((name) => name !== "");
}

async function inspect(host: string, name: string, format: string): Promise<string> {
  return (await docker(host, "inspect", "-f", format, name)).trim();
}

/** lab1 went back to what ran before, which answers again; lab2 was never touched. */
async function expectRescued({ code, stdout }: Ran, ...words: readonly string[]): Promise<void> {
  expect(code).toBe(2);
  for (const word of words) expect(stdout).toContain(word);
  expect(stdout).toMatch(/^lab1 +: ok=\d+ +changed=\d+ +unreachable=0 +failed=1 +skipped=0 +rescued=1 +ignored=0/m);
  expect(stdout).toContain("Left as they were: lab2.");
  expect(stdout).toContain("The run failed.\nNext: gantry inquiry demo1 -e stage -a lab1:lab2\n");
  for (const host of ["lab1", "lab2"]) {
    expect(await names(host, "ps")).toContain(good);
    const version = await fetch(`http://${lab.host(host).address}:8080/version`, { signal: AbortSignal.timeout(5000) });
    expect((await version.text()).trim()).toBe("v1");
  }
  expect(await names("lab2", "ps", "-a")).toEqual([good]);
}

/** The one version that is kept under the name of a failed one; it does not run. */
async function kept(host: string): Promise<string> {
  const failed = (await names(host, "ps", "-a")).filter((name) => FAILED.test(name));
  expect(failed).toHaveLength(1);
  const [name = ""] = failed;
  expect(await inspect(host, name, "{{.State.Running}}")).toBe("false");
  return name;
}

describe("a container that does not stay up", () => {
  it("because it exits at once: its last lines are shown, it is kept as failed, the old version runs again", async () => {
    const ran = await update("-t", "crash", "-a", "lab1:lab2");
    await expectRescued(
      ran,
      '"reason": "container-exited"',
      "on lab1 exited with code 3.",
      // Of two streams, Docker does not keep the order.
      '"starting"',
      '"cannot read /etc/app.conf: no such file"',
    );
    const failed = await kept("lab1");
    expect(ran.stdout).toContain(`"retired": "${failed}", "restored": "${good}"`);
  });

  it("in a first release: nothing is left running, the failed version is kept, the next host stays empty", async () => {
    const ran = await update("-t", "crash", "-a", "lab3:lab5");
    expect(ran.code).toBe(2);
    expect(ran.stdout).toContain("on lab3 exited with code 3.");
    expect(ran.stdout).toMatch(/^lab3 .* failed=1 +skipped=1 +rescued=0 /m);
    expect(ran.stdout).toContain(`"retired": "${await kept("lab3")}"`);
    expect(ran.stdout).not.toContain('"restored"');
    expect(await names("lab3", "ps")).toEqual([]);
    expect(await names("lab5", "ps", "-a")).toEqual([]);
  });

  it("because Docker restarts it for ever: it is named within 2 s with its last lines, stopped and not restarted", async () => {
    configure("-p 8080:8080 --restart=always");
    const ran = await update("-t", "crash", "-a", "lab1:lab2", "--output", "ndjson");
    expect(ran.code).toBe(2);
    const events = ran.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as RunEvent);
    const failed = events.find((event) => event.type === "step-failed");
    expect(failed).toMatchObject({
      host: "lab1",
      step: { kind: "run" },
      why: { failure: { reason: "container-restarting" }, log: expect.arrayContaining(["starting"]) },
    });
    expect(failed?.seconds).toBeLessThan(2);
    expect(events.find((event) => event.type === "host-rescue")).toMatchObject({ restored: good });
    const name = await kept("lab1");
    const restarts = await inspect("lab1", name, "{{.RestartCount}}");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await inspect("lab1", name, "{{.State.Running}} {{.RestartCount}}")).toBe(`false ${restarts}`);
    expect(await names("lab1", "ps")).toEqual([good]);
  });

  it("because it dies before it has settled: not taken for started, the old version runs again", async () => {
    await expectRescued(
      await update("-t", "crash-late", "-a", "lab1:lab2"),
      "on lab1 exited with code 1.",
      '"log": ["started", "out of luck"]',
    );
    await kept("lab1");
  });

  it("because its HEALTHCHECK fails: Docker's last answer is shown, the old version runs again", async () => {
    configure("-p 8080:8080", "0s");
    await expectRescued(
      await update("-t", "unhealthy", "-a", "lab1:lab2"),
      '"reason": "unhealthy"',
      "HEALTHCHECK: unhealthy: wget: server returned error: HTTP/1.1 404 Not Found",
      "If it only needs longer to start, raise -c.",
      "listening on port 8080",
    );
    await kept("lab1");
  });
});

describe("a container that cannot start", () => {
  it("because another one has its port: Docker 20.10 and 28 name it, the old version runs again", async () => {
    const hosts = ["lab1", "lab2"];
    const other = ["run", "-d", "--name", "other", "-p", "9090:8080", `${lab.registry}/demo1:v1`];
    await Promise.all(hosts.map((host) => docker(host, ...other)));
    configure("-p 9090:8080", "0s");
    const { code, stdout } = await update("-t", "v2", "-a", "lab1:lab2", "-s", "2");
    expect(code).toBe(2);
    for (const host of hosts) {
      expect(stdout).toMatch(
        new RegExp(`^fatal: \\[${host}\\]: FAILED.* cannot start on ${host}: port 9090 is taken\\.`, "m"),
      );
      expect(stdout).toMatch(new RegExp(`^${host} .* rescued=1 `, "m"));
      expect((await names(host, "ps", "-a")).toSorted()).toEqual([good, "other"]);
      expect((await names(host, "ps")).toSorted()).toEqual([good, "other"]);
    }
    expect(stdout).toContain("`ss -ltnp 'sport = :9090'` and `docker ps` on that host, or change -p in DockerRunArg.");
  });

  it("because its command is not in the image: docker's words are shown, the old version runs again", async () => {
    home.configure(lab, { demo1: { DockerRunCmd: "/no/such/program", HealthCheck: { settle: "0s" } } });
    const { code, stdout } = await update("-t", "v2", "-a", "lab1");
    expect(code).toBe(2);
    expect(stdout).toContain('"reason": "run-refused"');
    expect(stdout).toMatch(/docker run of demo1-[\d.]+ failed on lab1 \(exit code 127\): .*no such file or directory/);
    expect(await names("lab1", "ps")).toEqual([good]);
  });
});

it("values that a shell would take apart arrive in the container as they are", async () => {
  const value = `a 'b' "c" $HOME \${HOME} $(touch /pwned) \`touch /pwned\` \\ \\n ; | & > < * ? ~ 中文 é #\nsecond line\tend`;
  const command = "echo $HOME; id; exec sleep 60";
  const word = quoteShellWord;
  home.configure(lab, {
    literal: {
      hosts: "lab1,lab2",
      DockerImageURL: `${lab.registry}/`,
      DockerRunArg: `-e ${word(`VALUE=${value}`)} --label ${word(`note=${value}`)} -e 'EMPTY=' -e "PAIR=\\"x\\" \\$HOME"`,
      DockerRunCmd: `sh -c '${command}'`,
      HealthCheck: { settle: "0s" },
    },
  });
  await lab.push(serviceImage({ name: "literal", version: "v1" }));
  const { code, stdout } = await home.run(["update", "literal", "-e", "stage", "-t", "v1", "-s", "2"]);
  expect({ code, stdout }).toMatchObject({ code: 0 });
  for (const host of ["lab1", "lab2"]) {
    const [container = ""] = (await docker(host, "ps", "-q", "--filter", "name=literal-")).split("\n");
    const [{ Config: config }] = JSON.parse(await docker(host, "inspect", container)) as [
      { Config: { Cmd: string[]; Env: string[]; Labels: Record<string, string> } },
    ];
    expect(config.Cmd).toEqual(["sh", "-c", command]);
    expect(config.Env).toEqual(expect.arrayContaining([`VALUE=${value}`, "EMPTY=", 'PAIR="x" $HOME']));
    expect(config.Labels["note"]).toBe(value);
    expect(await docker(host, "logs", container)).toMatch(/^\/root\nuid=0\(root\)/);
    expect(await docker(host, "diff", container)).not.toContain("pwned");
  }
});
