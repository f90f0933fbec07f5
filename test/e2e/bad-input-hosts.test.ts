import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bigImage, serviceImage } from "../lab/images.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { rolling } from "./fleet.ts";
import { Home, type Ran, type RunOptions } from "./gantry.ts";

let lab: Lab;
let home: Home;
/** A release to hosts of which some cannot be reached, under way from the beginning: that takes its time. */
let unreachable: Promise<Ran>;

beforeAll(async () => {
  lab = openLab("test");
  await lab.reset();
  home = new Home();
  // lab6 by the names of its users, and lab1 as a machine whose key nobody has seen.
  home.inventory(
    lab,
    { demo1: rolling },
    [
      line("lab6", "nobody", "nobody2"),
      line("lab6", "nobody-become", "nobody2", "ansible_become=true"),
      line("lab6", "deploy", "deploy"),
      line("lab6", "admin", "admin", "ansible_become=true"),
      line("lab6", "nosuch", "nosuch"),
      line("lab1", "strange", "root").replace(lab.knownHosts, "/dev/null"),
    ].join("\n"),
  );
  const project = { hosts: "demo1", DockerRunArg: "", HealthCheck: { settle: "0s" } };
  home.configure(lab, { demo1: project, demo2: project });
  await lab.push(serviceImage({ name: "demo1", version: "v1" }));
  await lab.push(serviceImage({ name: "demo2", version: "v1" }));
  await lab.push(bigImage({ name: "demo1", version: "big" }, 60));
  await lab.host("lab3").cutNetwork();
  unreachable = home.run(["update", "demo2", "-e", "stage", "-t", "v1", "-a", "lab1,lab2,lab3,strange,nosuch"]);
});

afterAll(async () => {
  await unreachable;
  home.remove();
});

/** A line of the inventory: a host of the lab by another name, as another user. */
function line(host: string, name: string, user: string, more = ""): string {
  return (
    `${name} ansible_host=${lab.host(host).address} ansible_user=${user} ansible_ssh_private_key_file=${lab.key} ` +
    `ansible_ssh_common_args='-o UserKnownHostsFile=${lab.knownHosts} -o StrictHostKeyChecking=yes' ${more}`
  );
}

const update = (hosts: string, tag = "v1", options: RunOptions = {}): Promise<Ran> =>
  home.run(["update", "demo1", "-e", "stage", "-t", tag, "-a", hosts], options);

/** What plain docker says on a host. */
async function docker(host: string, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await lab.host(host).docker(...args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

/** Containers and images of a host. */
async function seen(host: string): Promise<string> {
  return (await docker(host, "ps", "-a", "--format", "{{.Names}}")) + (await docker(host, "images", "-q"));
}

/** The line that tells why a host failed. */
function fatal({ stdout }: Ran, host: string): string {
  return (
    stdout.split("\n").find((each) => each.startsWith(`fatal: [${host}]: `)) ?? `nothing about ${host}:\n${stdout}`
  );
}

describe("hosts on which Docker cannot be used stop the release before anything is changed", () => {
  let ran: Ran;
  beforeAll(async () => {
    ran = await update("lab1,lab4,nobody,nobody-become");
  });

  it("without Docker: says so, and what to install", () => {
    expect(fatal(ran, "lab4")).toContain("Docker is not installed on lab4: ");
    expect(fatal(ran, "lab4")).toContain("Install Docker 20.10 or newer there, or leave the host out with -a.");
  });

  it("with a user who may not use Docker: says what would help", () => {
    expect(fatal(ran, "nobody")).toContain("The login user on nobody may not use Docker: ");
    expect(fatal(ran, "nobody")).toContain("permission denied");
    expect(fatal(ran, "nobody")).toContain("Add the user to the group docker on that host, or set ansible_become=true");
  });

  it("with a user who may not become root: says whom, and where to allow it", () => {
    expect(fatal(ran, "nobody-become")).toContain("nobody-become did not let us become root: ");
    expect(fatal(ran, "nobody-become")).toContain("ansible_become_password");
  });

  it("and the host that could be used is left as it was", async () => {
    expect(ran.code).toBe(2);
    expect(ran.stdout).toContain("Stopped because of the failure. Left as they were: lab1.");
    expect(ran.stdout).toMatch(/^lab1 .* failed=0 /m);
    expect(await seen("lab1")).toBe("");
  });
});

describe("hosts without forwarding (sshd forbids it)", () => {
  it("are released to by a user of the group docker, and by one who becomes root", async () => {
    const versions: string[] = [];
    for (const user of ["deploy", "admin"]) {
      const { code, stdout } = await update(user);
      expect({ code, stdout }).toMatchObject({ code: 0 });
      versions.push((await docker("lab6", "ps", "--format", "{{.Names}}")).trim());
    }
    expect(versions).toEqual([expect.stringMatching(/^demo1-/), expect.stringMatching(/^demo1-/)]);
    expect(new Set(versions).size).toBe(2);
    const images = await docker("lab6", "inspect", "-f", "{{.Config.Image}}", ...versions);
    expect(images.trim().split("\n")).toEqual([`${lab.registry}/demo1:v1`, `${lab.registry}/demo1:v1`]);
  });

  it("are one host even under two names: the second finds it locked, nothing is changed", async () => {
    const before = await seen("lab6");
    const { code, stdout } = await update("deploy,admin");
    expect(code).toBe(5);
    expect(stdout).toMatch(/demo1 on (deploy|admin) is locked by run /);
    expect(await seen("lab6")).toBe(before);
  });
});

describe("hosts that cannot be reached stop the release before anything is changed", () => {
  let ran: Ran;
  beforeAll(async () => {
    ran = await unreachable;
    await lab.host("lab3").restoreNetwork();
  });

  it("with the cable pulled: given up within 20 s, named with what to check", () => {
    expect(ran.seconds).toBeLessThan(20);
    expect(fatal(ran, "lab3")).toContain("fatal: [lab3]: UNREACHABLE! => ");
    expect(fatal(ran, "lab3")).toContain(`lab3 (${lab.host("lab3").address}) cannot be reached: `);
    expect(fatal(ran, "lab3")).toContain(`\`ssh ${lab.host("lab3").address}\``);
  });

  it("with an unknown host key: says how to make it known", () => {
    const { address } = lab.host("lab1");
    expect(fatal(ran, "strange")).toContain(`strange (${address}) is not in known_hosts: `);
    expect(fatal(ran, "strange")).toContain(`ssh-keyscan ${address} >> ~/.ssh/known_hosts`);
  });

  it("with a user who is not let in: names the user, and where logins are set", () => {
    expect(fatal(ran, "nosuch")).toContain("refused the login of nosuch: ");
    expect(fatal(ran, "nosuch")).toContain("Check ansible_user and the key");
  });

  it("and the exit code is 4, the others are left as they were", async () => {
    expect(ran.code).toBe(4);
    expect(ran.stdout).toContain(
      "Stopped before anything was changed: a host is unreachable. Left as they were: lab1, lab2.",
    );
    expect(ran.stdout).not.toMatch(/^changed: /m);
    for (const host of ["lab1", "lab2", "lab3"]) expect(await seen(host)).toBe("");
  });
});

it("a disk that the image does not fit on is named before anything is changed on any host", async () => {
  const ran = await update("lab1,lab5", "big");
  expect(ran.code).toBe(2);
  expect(fatal(ran, "lab5")).toMatch(/The disk of lab5 is full \(docker pull\): .*no space left on device/);
  expect(fatal(ran, "lab5")).toContain("Free space on that host: docker system df, docker image prune.");
  expect(ran.stdout).toContain("Left as they were: lab1.");
  expect(await seen("lab5")).toBe("");
  expect(await docker("lab1", "ps", "-aq")).toBe("");
});

it.each([
  ["a file in place of a folder", () => `${home.path}/hosts/logs`],
  ["a folder that cannot be made", () => "/proc/nope"],
])("a log_path that is %s is named before anything is changed", async (_, path) => {
  home.write("conf_pub/stage_conf.json", JSON.stringify({ log_path: path() }));
  const { code, stdout, stderr } = await update("lab1", "v1", { deadline: 10 });
  home.write("conf_pub/stage_conf.json", JSON.stringify({ log_path: `${home.logs}/` }));
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toContain(`The log file ${path()}/pl_deploy_docker.log.`);
  expect(stderr).toContain("cannot be written: ");
  expect(stderr).toContain("Nothing was changed. Make the folder writable, or name another as log_path in conf_pub.");
  expect(await docker("lab1", "ps", "-aq")).toBe("");
});
