import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schemaMistakes } from "../fixtures/config/json-schema-validator.ts";
import { serviceImage } from "../lab/images.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { rolling } from "./fleet.ts";
import { Home, type Ran } from "./gantry.ts";

let lab: Lab;
let home: Home;
let file: string;
const digests: Record<string, string> = {};
const names = ["demo1", "demo2", "my-demo3", "web", "tagged"];

beforeAll(async () => {
  lab = openLab("test");
  await lab.reset();
  home = new Home();
  file = join(home.path, "pl_deploy_docker/conf/stage_conf.json");
  home.inventory(lab, { demo1: rolling });
  configure();
  for (const version of ["1.9", "1.10", "latest"]) {
    digests[version] = (await lab.push(serviceImage({ name: "tagged", version }))).digest;
  }
  await lab.push(serviceImage({ name: "demo1", version: "latest" }));
});

afterAll(() => home.remove());

function configure(): void {
  home.configure(lab, Object.fromEntries(names.map((name) => [name, { DockerRunArg: "" }])));
}

const gantry = (...args: string[]): Promise<Ran> => home.run(args);

/** A Python list as the web forms of old read it. */
function python(text: string): unknown {
  const script = "import ast, json, sys; print(json.dumps(ast.literal_eval(sys.stdin.read())))";
  return JSON.parse(execFileSync("python3", ["-c", script], { input: text, encoding: "utf8" }));
}

describe("gantry projects and var_json_keys", () => {
  const keys = async (...args: string[]): Promise<unknown> => {
    const { code, stdout } = await home.run(["-e", "stage", ...args], { program: "var_json_keys" });
    expect(code).toBe(0);
    return python(stdout);
  };

  it("print all projects in the order of the file, and never public", async () => {
    expect(await keys()).toEqual(names);
    expect(await keys("-k", "None", "-d", "None")).toEqual(names);
    expect(await keys("-k", "public")).toEqual([]);
    expect((await gantry("projects", "-e", "stage")).stdout.trim().split("\n")).toEqual(names);
    expect(JSON.parse((await gantry("projects", "-e", "stage", "--json")).stdout)).toEqual(names);
  });

  it("-k is a regular expression looked for anywhere in the name, -d leaves out", async () => {
    expect(await keys("-k", "demo")).toEqual(["demo1", "demo2", "my-demo3"]);
    expect(await keys("-k", "^demo")).toEqual(["demo1", "demo2"]);
    expect(await keys("-k", String.raw`my\-demo|web`)).toEqual(["my-demo3", "web"]);
    expect(await keys("-k", "demo", "-d", "[12]$")).toEqual(["my-demo3"]);
    expect((await gantry("projects", "-e", "stage", "-k", "demo", "-d", "2")).stdout).toBe("demo1\nmy-demo3\n");
  });

  it("do not need the rest of the file to be right", async () => {
    home.write("pl_deploy_docker/conf/stage_conf.json", '{"public": {}, "demo1": {"Bad": 1}, "demo2": {}}');
    expect(await keys("-k", "demo")).toEqual(["demo1", "demo2"]);
    configure();
  });

  it.each([
    ["gantry", ["projects", "-e", "stage", "-k", "(", "-d", "["]],
    ["var_json_keys", ["-e", "stage", "-k", "(", "-d", "["]],
  ])("%s names every bad regular expression with what is wrong in it", async (program, args) => {
    const { code, stdout, stderr } = await home.run(args, { program });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^-k: "\(" is no regular expression: .*[Uu]nterminated group/m);
    expect(stderr).toMatch(/^-d: "\[" is no regular expression: .*[Uu]nterminated character class/m);
  });
});

describe("gantry tags and var_images_tags_id", () => {
  const expected = ["1.10", "latest", "1.9"];

  it("print the newest tag first and latest second, each with its digest", async () => {
    const { code, stdout } = await home.run(["-e", "stage", "-p", "tagged"], { program: "var_images_tags_id" });
    expect(code).toBe(0);
    expect(python(stdout)).toEqual(expected.map((tag) => `${tag} (${digests[tag]})`));
    const listed = await gantry("tags", "tagged", "-e", "stage", "--json");
    expect(JSON.parse(listed.stdout)).toMatchObject(expected.map((name) => ({ name, digest: digests[name] })));
    expect((await gantry("tags", "tagged", "-e", "stage")).stdout).toMatch(/^1\.10 .*\nlatest .*\n1\.9 .*\n$/);
  });

  it("take the original's options, and leave alone what the registry's address says by itself", async () => {
    const args = "-e stage -p tagged -ps 1 -pr aliyun -r cn-hongkong -ak key -as secret -k key.json -g project";
    const { code, stdout } = await home.run(args.split(" "), { program: "var_images_tags_id" });
    expect(code).toBe(0);
    expect(python(stdout)).toEqual([`1.10 (${digests["1.10"]})`]);
  });

  it("say which image there is none of, and refuse a bad page size", async () => {
    const { code, stdout, stderr } = await gantry("tags", "web", "-e", "stage");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`There is no image ${lab.registry}/web: `);
    expect(stderr).toContain("Check DockerImageURL and the project's name");
    const paged = await gantry("tags", "tagged", "-e", "stage", "--pagesize", "some");
    expect(paged).toMatchObject({ code: 1, stderr: expect.stringContaining('--pagesize: "some" is not allowed') });
  });
});

describe("gantry config", () => {
  it("show prints one project, or all, with every default", async () => {
    const one = JSON.parse((await gantry("config", "show", "demo1", "-e", "stage")).stdout) as object;
    expect(one).toMatchObject({ DockerImageURL: `${lab.registry}/`, hosts: "demo1", Keep: 5, Serial: "1" });
    const all = JSON.parse((await gantry("config", "show", "-e", "stage")).stdout) as object;
    expect(Object.keys(all)).toEqual(names);
    expect(all).toHaveProperty("demo1", one);
  });

  it("schema prints a JSON Schema that takes this configuration and refuses a slip in it, in both languages", async () => {
    const texts = await Promise.all(["en", "zh"].map((lang) => gantry("config", "schema", "--lang", lang)));
    for (const { code, stdout } of texts) {
      expect(code).toBe(0);
      const schema = JSON.parse(stdout) as Parameters<typeof schemaMistakes>[0];
      const value = JSON.parse(readFileSync(file, "utf8")) as Record<string, object>;
      expect(schemaMistakes(schema, value)).toEqual([]);
      const slips = { ...value, demo1: { ...value["demo1"], Kep: 5 }, demo2: { hosts: "demo1" } };
      expect(schemaMistakes(schema, slips)).toEqual(["demo1.Kep is not allowed", "demo2 lacks DockerImageURL"]);
    }
    expect(texts[1]?.stdout).toMatch(/"description": ".*[\u4e00-\u9fff]/);
    expect(texts[0]?.stdout).not.toMatch(/[\u4e00-\u9fff]/);
  });

  it("lint looks at all environments, or one, and its exit code tells whether they are good", async () => {
    const good = await gantry("config", "lint");
    expect(good).toMatchObject({ code: 0, stdout: `${file}: 5 projects, no problem\n`, stderr: "" });
    const bad = join(home.path, "pl_deploy_docker/conf/prod_conf.json");
    home.write("pl_deploy_docker/conf/prod_conf.json", '{ "demo1": { "DockerImageURL": "r/", "Keep": 0 } }');
    const both = await gantry("config", "lint");
    expect(both).toMatchObject({ code: 1, stdout: good.stdout });
    expect(both.stderr).toContain(`${bad}:1:46: demo1.Keep: 0 is out of range. Allowed: at least 1.`);
    expect(await gantry("config", "lint", "-e", "stage")).toMatchObject({ code: 0 });
    rmSync(bad);
    const none = await gantry("config", "lint", "--home", home.logs);
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`in ${home.logs}/pl_deploy_docker/conf or `),
    });
  });
});

describe("gantry check", () => {
  it("of a good project shows files, hosts, disks and image, and exits with 0", async () => {
    const { code, stdout } = await gantry("check", "demo1", "-e", "stage");
    expect(code).toBe(0);
    expect(stdout).toContain(`✓ ${file}  5 projects, no problem`);
    expect(stdout).toContain(`✓ ${home.logs}`);
    for (const host of rolling) {
      expect(stdout).toMatch(new RegExp(`^✓ ${host}  Docker (20\\.10|28)\\.[^ ]+, API 1\\.\\d+, `, "m"));
      expect(stdout).toMatch(new RegExp(`^✓ ${host}  [\\d.]+ GB free in /`, "m"));
    }
    expect(stdout).toContain(`✓ demo1  ${lab.registry}/demo1:latest is sha256:`);
    expect(stdout).not.toContain("✗");
  });

  it("shows everything that is wrong at once; the exit code is that of the worst", async () => {
    home.inventory(
      lab,
      { demo1: ["lab1"], "my-demo3": ["lab4"] },
      `[demo2]
strange ansible_host=${lab.host("lab1").address} ansible_ssh_common_args='-o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=yes'`,
    );
    const { code, stdout } = await gantry("check", "-e", "stage");
    expect(stdout).toContain("✗ lab4  Docker is not installed on lab4");
    expect(stdout).toMatch(/✗ strange {2}strange \([\d.]+\) is not in known_hosts.*\n {2}Compare the fingerprint/);
    expect(stdout).toMatch(/✗ web {2}No host matches "web"/);
    expect(stdout).toMatch(/✓ lab1 {2}Docker 20\.10/);
    expect(code).toBe(4);
    expect(await gantry("check", "my-demo3", "-e", "stage")).toMatchObject({ code: 2 });
    expect(await gantry("check", "web", "-e", "stage")).toMatchObject({ code: 1 });
    home.inventory(lab, { demo1: rolling });
  });

  it("shows what is wrong in the files, and reaches for no host then", async () => {
    home.write("pl_deploy_docker/conf/stage_conf.json", '{ "demo1": { "DockerImageURL": "r/", "Keep": 0 } }');
    const { code, stderr } = await gantry("check", "-e", "stage");
    configure();
    expect(code).toBe(1);
    expect(stderr).toContain("stage_conf.json:1:46: demo1.Keep: 0 is out of range");
  });
});

it("gantry lock status shows nobody, or who holds the lock during a run, on each host", async () => {
  const free = await gantry("lock", "status", "demo1", "-e", "stage");
  expect(free).toMatchObject({ code: 0, stdout: "lab1  not locked\nlab2  not locked\nlab3  not locked\n" });
  home.configure(lab, { demo1: { DockerRunArg: "", HealthCheck: { settle: "2s" } } });
  let held: Promise<Ran> | undefined;
  const run = await home.run(["update", "demo1", "-e", "stage", "-a", "lab1", "--output", "ndjson"], {
    onOutput: (text) => {
      if (text.includes('"batch-started"'))
        held ??= gantry("lock", "status", "demo1", "-e", "stage", "-a", "lab1:lab2");
    },
  });
  configure();
  expect(run.code).toBe(0);
  const { run: id } = JSON.parse(run.stdout.split("\n")[0] ?? "") as { run: string };
  expect((await held)?.stdout).toMatch(
    new RegExp(`^lab1  [^ ]+@[^ ]+ +\\d{4}-\\d\\d-\\d\\dT[^ ]+ +${id}\\nlab2  not locked\\n$`),
  );
  expect(await gantry("lock", "status", "demo1", "-e", "stage", "-a", "lab1")).toMatchObject({
    stdout: "lab1  not locked\n",
  });
});

describe("gantry shim", () => {
  /** Runs a Python program as an old work order does: the home is where the program lies. */
  const order = (path: string, ...args: string[]): Promise<{ stdout: string }> =>
    promisify(execFile)("python3", [path, ...args], {
      cwd: "/",
      env: { PATH: process.env["PATH"], HOME: "/root", ANSIBLE_INVENTORY: join(home.path, "hosts"), LANG: "C.UTF-8" },
    });

  it("writes programs beside the configuration by which old work orders go on", async () => {
    const folder = join(home.path, "pl_deploy_docker");
    const written = await gantry("shim", folder);
    expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining(`the configuration in ${home.path}.`) });
    expect(await gantry("shim", folder)).toMatchObject({ code: 0 });
    const deploy = join(folder, "main_docker_deploy.py");
    const { stdout } = await order(deploy, "-e", "stage", "-p", "demo1", "-a", "lab1", "-m", "inquiry");
    expect(stdout).toMatch(/^lab1 \| CHANGED \| rc=0 >>\nCONTAINER ID .*\n.*demo1-\d{8}\.\d{6}/);
    const keys = await order(join(folder, "var_json_keys.py"), "-e", "stage", "-k", "^demo");
    expect(python(keys.stdout)).toEqual(["demo1", "demo2"]);
    const tags = await order(join(folder, "var_images_tags_id.py"), "-e", "stage", "-p", "tagged");
    expect(python(tags.stdout)).toHaveLength(3);
    await expect(order(deploy, "-e", "stage", "-p", "public", "-m", "inquiry")).rejects.toMatchObject({ code: 1 });
  });

  it("leaves files of others alone, and keeps them beside its own with --force", async () => {
    const folder = join(home.path, "plugins");
    mkdirSync(folder);
    home.write("plugins/main_docker_deploy.py", "print('the original')\n");
    const refused = await gantry("shim", folder);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain(`left as they are: ${folder}/main_docker_deploy.py. Use --force to replace them`);
    expect(readFileSync(join(folder, "main_docker_deploy.py"), "utf8")).toBe("print('the original')\n");
    const forced = await gantry("shim", folder, "--force");
    expect(forced).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("main_docker_deploy.py ... now runs Gantry.\n"),
    });
    expect(readFileSync(join(folder, "main_docker_deploy.py.orig"), "utf8")).toBe("print('the original')\n");
    expect(readFileSync(join(folder, "main_docker_deploy.py"), "utf8")).toContain("Written by gantry shim");
  });

  it.each(["/proc/nope", "/etc/hosts/x", "/nonexistent/a/b"])("says why it cannot write to %s", async (folder) => {
    const { code, stdout, stderr } = await home.run(["shim", folder], { deadline: 10 });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`Cannot write to ${folder}: `);
    expect(stderr).not.toContain("bug in Gantry");
  });
});
