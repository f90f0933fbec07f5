import { mkdirSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { serviceImage } from "../lab/images.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { Home, type Ran } from "./gantry.ts";

const hosts = ["lab1", "lab2"] as const;
let lab: Lab;
let home: Home;

beforeAll(async () => {
  lab = openLab("test");
  await lab.reset();
  home = new Home();
  home.inventory(lab, { demo1: hosts });
  const project = { hosts: "demo1", DockerRunArg: "", HealthCheck: { settle: "0s" } };
  home.configure(lab, {
    demo1: project,
    elsewhere: { ...project, DockerImageURL: `${lab.registry}/elsewhere/` },
    private1: { ...project, DockerImageURL: `${lab.privateRegistry.address}/` },
  });
  await lab.privateRegistry.start();
  await lab.push(serviceImage({ name: "demo1", version: "v1" }));
  await lab.push(serviceImage({ name: "private1", version: "v1" }), lab.privateRegistry);
});

afterAll(async () => {
  await lab.privateRegistry.stop();
  home.remove();
});

const update = (project: string, ...args: string[]): Promise<Ran> =>
  home.run(["update", project, "-e", "stage", "-t", "v1", "-s", "2", ...args]);

/** What plain docker says on a host. */
async function docker(host: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await lab.host(host).docker(...args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

/** All containers and images of the hosts. */
async function seen(): Promise<string> {
  const outputs = hosts.flatMap((name) => [
    docker(name, "ps", "-a", "--format", "{{.Names}}"),
    docker(name, "images", "-q"),
  ]);
  return (await Promise.all(outputs)).join("");
}

/** Failed before anything was changed: exit code 2, the reason and the message, and hosts as empty as they were. */
async function expectNothingChanged({ code, stdout }: Ran, reason: string, ...words: readonly string[]): Promise<void> {
  expect(code).toBe(2);
  expect(stdout).toContain(`"reason": "${reason}"`);
  for (const word of words) expect(stdout).toContain(word);
  expect(stdout).not.toMatch(/^changed: /m);
  expect(stdout).toContain("The run failed. No container was touched.\n");
  expect(await seen()).toBe("");
}

describe("an image that does not exist", () => {
  it("by its tag: fails before anything is changed, and names where tags are listed", async () => {
    await expectNothingChanged(
      await update("demo1", "-t", "v99"),
      "image-missing",
      `The image ${lab.registry}/demo1:v99 does not exist`,
      "Check the tag (-t) and DockerImageURL; `gantry tags` lists the tags there are.",
    );
  });

  it("by its digest: fails before anything is changed", async () => {
    const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
    await expectNothingChanged(await update("demo1", "-t", digest), "image-missing", `${lab.registry}/demo1@${digest}`);
  });

  it("by its repository: fails before anything is changed", async () => {
    await expectNothingChanged(
      await update("elsewhere"),
      "image-missing",
      `The image ${lab.registry}/elsewhere/elsewhere:v1 does not exist`,
    );
  });
});

it("--quiet prints why a release failed, and nothing else", async () => {
  const { code, stdout, stderr } = await update("demo1", "-t", "v99", "--quiet");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(`The image ${lab.registry}/demo1:v99 does not exist: `);
  expect(stderr).toContain("`gantry tags` lists the tags there are.");
  expect(stderr.trimEnd()).toMatch(/\nThe run failed\.$/);
});

describe("a registry that is down", () => {
  afterEach(() => lab.registryServer.start());

  it("is named with its address, and what to check", async () => {
    await lab.registryServer.stop();
    await expectNothingChanged(
      await update("demo1"),
      "registry-unreachable",
      `The image registry ${lab.registry} cannot be reached for ${lab.registry}/demo1:v1: `,
      "connection refused",
      "Check that it is up and that the hosts reach it. Nothing was changed.",
    );
  });
});

describe("a registry that wants a login", () => {
  const config = (password: string): string =>
    JSON.stringify({
      auths: { [lab.privateRegistry.address]: { auth: Buffer.from(`gantry:${password}`).toString("base64") } },
    });

  /** A folder for DOCKER_CONFIG on this machine. */
  function dockerConfig(password: string): string {
    mkdirSync(`${home.path}/docker-${password}`, { recursive: true });
    home.write(`docker-${password}/config.json`, config(password));
    return `${home.path}/docker-${password}`;
  }

  const nobody = { DOCKER_CONFIG: "/nonexistent" };
  const login = (password: string): Record<string, string> => ({ DOCKER_CONFIG: dockerConfig(password) });
  const released = async (): Promise<string> =>
    (await Promise.all(hosts.map((name) => docker(name, "ps", "--format", "{{.Image}}")))).join("").trim();
  const image = (): string => `${lab.privateRegistry.address}/private1:v1`;

  afterEach(async () => {
    for (const name of hosts) {
      await lab.host(name).exec("rm -rf /root/.docker");
      const ids = (await docker(name, "ps", "-aq")).split("\n").filter((id) => id !== "");
      if (ids.length > 0) await docker(name, "rm", "-f", ...ids);
      await lab.host(name).docker("rmi", "-f", image());
    }
  });

  it("without a login: fails before anything is changed, and says where to log in", async () => {
    await expectNothingChanged(
      await home.run(["update", "private1", "-e", "stage", "-t", "v1"], { env: nobody }),
      "registry-login",
      `${lab.privateRegistry.address} `,
      image(),
      `docker login ${lab.privateRegistry.address}`,
    );
  });

  it("with a wrong password: fails before anything is changed, and the password is nowhere", async () => {
    const ran = await home.run(["update", "private1", "-e", "stage", "-t", "v1"], { env: login("wr0ng-pass") });
    await expectNothingChanged(ran, "registry-login", `docker login ${lab.privateRegistry.address}`);
    expect(ran.stdout + ran.stderr).not.toMatch(/wr0ng-pass|Z2FudHJ5/);
  });

  it("with the login of this machine: every host can pull", async () => {
    const { code } = await home.run(["update", "private1", "-e", "stage", "-t", "v1"], { env: login("gantry-lab") });
    expect(code).toBe(0);
    expect(await released()).toBe(`${image()}\n${image()}`);
    for (const name of hosts) expect((await lab.host(name).exec("ls -A /root")).stdout).not.toContain(".docker");
  });

  it("with the hosts' own login: it is used where this machine has none, or one that is refused", async () => {
    for (const name of hosts)
      await lab
        .host(name)
        .exec(`mkdir -p /root/.docker && printf %s '${config("gantry-lab")}' > /root/.docker/config.json`);
    const { code } = await home.run(["update", "private1", "-e", "stage", "-t", "v1"], { env: nobody });
    expect(code).toBe(0);
    expect(await released()).toBe(`${image()}\n${image()}`);
    const again = await home.run(["update", "private1", "-e", "stage", "-t", "v1"], { env: login("wr0ng-pass") });
    expect(again.code).toBe(0);
  });
});
