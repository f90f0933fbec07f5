import { existsSync, readdirSync, rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { serviceImage } from "../lab/images.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { rolling } from "./fleet.ts";
import { Home, type Ran } from "./gantry.ts";

/** What a shell would have to run for this file to be there. */
const trap = `/tmp/pwned-${process.pid}`;
const touch = `touch ${trap}`;
const projects = {
  demo1: { HealthCheck: { settle: "0s" } },
  demo2: { hosts: "demo1" },
  nobody: { hosts: "empty" },
  misspelt: { hosts: "demo11" },
};

let lab: Lab;
let home: Home;
let file: string;
let before: readonly string[];
/** A release from a registry that does not answer, under way from the beginning. */
let hanging: Promise<Ran>;

beforeAll(async () => {
  lab = openLab("test");
  await lab.reset();
  home = new Home();
  file = `${home.path}/pl_deploy_docker/conf/stage_conf.json`;
  home.inventory(lab, { demo1: rolling, empty: [] });
  home.configure(lab, projects);
  await lab.push(serviceImage({ name: "demo1", version: "v1" }));
  expect(await home.run(["update", "demo1", "-e", "stage", "-t", "v1", "-s", "3"])).toMatchObject({ code: 0 });
  before = await seen();
  lab.registryServer.pause();
  // It takes its time; the other tests need no registry.
  await new Promise<void>((started) => {
    hanging = home.run(["update", "demo2", "-e", "stage", "-t", "v1"], { onOutput: () => started() });
  });
});

afterAll(async () => {
  lab.registryServer.resume();
  expect(await seen()).toEqual(before);
  for (const host of rolling) expect(await lab.host(host).exec(`test ! -e ${trap}`)).toMatchObject({ code: 0 });
  const here = existsSync(trap);
  rmSync(trap, { force: true });
  home.remove();
  expect(here).toBe(false);
});

afterEach(() => home.configure(lab, projects));

/** Every container and image of the hosts, with what would change if one were started again. */
function seen(): Promise<readonly string[]> {
  return Promise.all(
    rolling.map(async (name) => {
      const host = lab.host(name);
      const ids = (await host.docker("ps", "-aq")).stdout.trim().split("\n");
      const containers = await host.docker("inspect", "-f", "{{.Id}} {{.Name}} {{.State.StartedAt}}", ...ids);
      return `${name}\n${containers.stdout}${(await host.docker("images", "-q", "--no-trunc")).stdout}`;
    }),
  );
}

const update = (...args: string[]): Promise<Ran> => home.run(["update", "demo1", "-e", "stage", "-t", "v1", ...args]);

/** Runs with other keys in demo1's configuration. */
function updateWith(keys: Readonly<Record<string, unknown>>): Promise<Ran> {
  home.configure(lab, { demo1: { ...projects.demo1, ...keys } });
  return update();
}

/** Wrong use: exit code 1 and one message on standard error, nothing else. */
function expectRefused({ code, stdout, stderr }: Ran, ...words: readonly (string | RegExp)[]): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  for (const word of words) {
    if (typeof word === "string") expect(stderr).toContain(word);
    else expect(stderr).toMatch(word);
  }
  expect(stderr).not.toMatch(/bug in Gantry|^ +at /m);
}

describe("a name that does not exist", () => {
  it("of an environment: those there are and where was looked are named", async () => {
    expectRefused(
      await home.run(["update", "demo1", "-e", "stgae"]),
      'There is no environment "stgae". Did you mean stage? There are: stage',
      `${home.path}/pl_deploy_docker/conf`,
    );
  });

  it("of a project: the nearest are named, or all when none is near", async () => {
    expectRefused(
      await home.run(["update", "demo", "-e", "stage"]),
      `There is no project "demo" in ${file}.`,
      "demo1 or demo2",
    );
    expectRefused(await home.run(["restart", "billing", "-e", "stage"]), "There are: demo1, demo2, nobody, misspelt.");
  });

  it("of a project: public is never one", async () => {
    expectRefused(
      await home.run(["update", "public", "-e", "stage"]),
      '"public" is reserved',
      "`gantry projects` lists them",
    );
  });

  it("of a mode: the nearest and all are named", async () => {
    expectRefused(
      await home.run(["-e", "stage", "-p", "demo1", "-m", "updat"], { program: "main_docker_deploy" }),
      'Unknown mode "updat". Did you mean update? There are: update, update_hard,',
    );
  });

  it("of a host or group: the nearest are named, and an empty group is no host either", async () => {
    expectRefused(await update("-a", "lab33"), '"lab33" matches no host', "Did you mean lab3");
    expectRefused(await home.run(["update", "misspelt", "-e", "stage"]), '"demo11"', "Did you mean demo1?");
    expectRefused(
      await home.run(["update", "nobody", "-e", "stage"]),
      'No host matches "empty". What it names has no hosts.',
    );
  });
});

it("all options with a bad value are named at once, each with what is allowed", async () => {
  const logs = readdirSync(home.logs);
  const ran = await update("-w", "1x", "-s", "150%", "-t", "v1/x", "-c", "soon", "-tnc", "../../x");
  expectRefused(
    ran,
    '-t: "v1/x" is not allowed. Allowed: v1.2, latest',
    '-s: "150%" is not allowed. Allowed: 1, 3, 25%',
    '-w: "1x" is not allowed. Allowed: 3s, 1m, 90, 1m30s, auto',
    '-c: "soon" is not allowed. Allowed: 10, 60, 2m',
    '-tnc: "../../x" is not allowed.',
  );
  expect(ran.stderr.trim().split("\n")).toHaveLength(5);
  expect(readdirSync(home.logs)).toEqual(logs);
});

describe("what a shell would run stays a text", () => {
  const evil = `$(${touch})`;
  it.each([
    ["-t", evil],
    ["-a", `;${touch}`],
    ["-a", `lab1;$(${touch})`],
    ["-w", `\`${touch}\``],
    ["-c", `1;${touch}`],
    ["-s", `1 && ${touch}`],
    ["-tnc", evil],
    ["-tnc", "../../x"],
    ["-tnc", "/etc/x"],
    ["-i", evil],
    ["--home", evil],
    ["-e", evil],
    ["-e", "../../stage"],
  ])("in the option %s %s", async (option, value) => {
    expectRefused(await home.run(["update", "demo1", "-e", "stage", option, value]), value.split("\n")[0] ?? "");
  });

  it("in the name of a project or of a version to go back to", async () => {
    expectRefused(await home.run(["update", evil, "-e", "stage"]), `There is no project "${evil}"`);
    const back = await home.run(["rollback", "demo1", "-e", "stage", "--to", evil]);
    expect(back.code).toBe(2);
    expect(back.stdout).toContain(`lab1 keeps no version ${evil}.`);
  });

  it.each([
    ["DockerRunArg", `; ${touch}`, '";" has a meaning only for a shell'],
    ["DockerRunArg", `-d && ${touch}`, '"&" has a meaning only for a shell'],
    ["DockerRunArg", `-d | ${touch}`, '"|" has a meaning only for a shell'],
    ["DockerRunArg", `-d \`${touch}\``, '"`" would run a command in a shell'],
    ["DockerRunArg", `-e "A=${evil}"`, '"$(" would run a command in a shell'],
    ["DockerRunArg", "-e A=$HOME", '"$HOME" would be replaced by a shell'],
    ["DockerRunCmd", `sh -c 'id'; ${touch}`, "For a shell, write sh -c '...'"],
    ["DockerRunCmd", "sh -c 'id", "the quote ' is never closed"],
    ["DockerImageURL", `x;${touch}/`, "make no valid image"],
    ["EnvFile", `/etc/${evil}`, "is no absolute path"],
    ["hosts", `;${touch}`, `;${touch}`],
  ])("in the configuration's %s: %s", async (key, value, message) => {
    expectRefused(
      await updateWith({ [key]: value }),
      message,
      ...(key === "hosts" ? [] : [/stage_conf\.json:\d+:\d+: /]),
    );
  });
});

it.each([
  ["--name web", "--name is not allowed: Gantry names the container after its version"],
  ["-d --rm", "--rm is not allowed: the container would be deleted when it stops, and a rollback starts it again"],
  ["-d --cidfile /tmp/x", "--cidfile is not allowed"],
  ["-d=false", "--detach=false is not allowed"],
])("DockerRunArg %s is refused with the reason and what to do", async (DockerRunArg, message) => {
  expectRefused(await updateWith({ DockerRunArg }), message, /demo1\.DockerRunArg: .* Remove it/);
});

describe("a configuration file with several errors", () => {
  it("shows all of them in both files at once, each with file, line and column, the value and what is allowed", async () => {
    home.write(
      "pl_deploy_docker/conf/stage_conf.json",
      `{
  # comments and trailing commas are fine
  "public": { "EurekaUrl": "", "Kep": 5 },
  "demo1": {
    "DockerImageURL": "http://${lab.registry}/",
    "DockerRunArg": "-d --rm -p 99999:80",
    "Serial": "150%",
    "OnFailure": "revrt",
  },
  "demo2": { "hosts": "demo1", "StopTimeout": "soon", "Keep": "5" },
  "Demo3": { "DockerImageURL": "r/" },
}
`,
    );
    home.write("conf_pub/stage_conf.json", '{"log_path": 5}');
    const ran = await update();
    home.write("conf_pub/stage_conf.json", JSON.stringify({ log_path: `${home.logs}/` }));
    expectRefused(
      ran,
      `${file}:3:32: public.Kep: unknown key "Kep". Did you mean Keep?`,
      `${file}:5:23: demo1.DockerImageURL: `,
      `${file}:6:25: demo1.DockerRunArg: --rm is not allowed`,
      `${file}:6:30: demo1.DockerRunArg: "99999:80" is not a port that can be published. Allowed: 8080:80,`,
      /stage_conf\.json:7:\d+: demo1\.Serial: "150%" is out of range. Allowed: /,
      `${file}:8:18: demo1.OnFailure: "revrt" is not allowed. Did you mean revert? Allowed: halt, revert.`,
      /stage_conf\.json:10:\d+: demo2.*"DockerImageURL" is missing/,
      /stage_conf\.json:10:\d+: demo2\.StopTimeout: "soon" is not a duration\. Allowed: 90, 3s/,
      /stage_conf\.json:10:\d+: demo2\.Keep: must be a number, not a string \("5"\)\. Take the quotes off\./,
      /stage_conf\.json:11:\d+: .*"Demo3" has upper-case letters.*Rename it to "demo3"/,
      `${home.path}/conf_pub/stage_conf.json:1:14: log_path: must be a string`,
    );
  });

  it("shows errors of syntax with their places", async () => {
    home.write(
      "pl_deploy_docker/conf/stage_conf.json",
      '{\n  "demo1": { "DockerImageURL": "r/" "hosts": "x" },\n  "demo1": { “hosts”: 1 }\n}\n',
    );
    expectRefused(
      await update(),
      `${file}:2:36: a comma is missing here`,
      /stage_conf\.json:3:3: .*the key "demo1" is there twice, first in line 2, column 3/,
      /stage_conf\.json:3:14: .*“/,
    );
  });
});

it("a registry that takes connections and answers nothing is given up within a minute and a half", async () => {
  const { code, stdout, seconds } = await hanging;
  expect(code).toBe(2);
  expect(stdout).toContain(`The image registry ${lab.registry} cannot be reached for ${lab.registry}/demo2:v1: `);
  expect(stdout).toContain("The run failed. No container was touched.");
  expect(seconds).toBeLessThan(90);
});
