import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Environment, Project } from "../../domain/project.ts";
import { findProject, loadEnvironment, type LoadedEnvironment } from "./load.ts";

const examples = join(import.meta.dirname, "../../../examples");

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "load-"));
});
afterEach(() => rm(home, { recursive: true }));

async function put(file: string, text: string | Uint8Array): Promise<string> {
  const path = join(home, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

async function load(name: string, from = home): Promise<LoadedEnvironment> {
  const loaded = await loadEnvironment(from, name);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
  return loaded.value;
}

function project({ projects }: Environment, name: string): Project {
  const found = projects.get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const waits = { wait: 60_000, clientFetch: 30_000, loadBalancer: 35_000, margin: 10_000, inFlight: 60_000 };

describe("the guide's configuration", () => {
  it("loads word for word, comments and all", async () => {
    const template = await readFile(join(examples, "pl_deploy_docker/conf/demo.json"), "utf8");
    const file = await put("pl_deploy_docker/conf/prod_conf.json", `\ufeff${template.replaceAll("\n", "\r\n")}`);
    await put("conf_pub/prod_conf.json", '{\n\t"log_path":"/opt/sklogs/"\n}');
    const { environment, warnings } = await load("prod");
    expect(warnings).toEqual([]);
    expect(environment).toMatchObject({ name: "prod", file, logPath: "/opt/sklogs", logPathFrom: "conf_pub" });
    expect([...environment.projects.keys()]).toEqual(["demo1", "demo2"]);

    const defaults = {
      environment: "prod",
      imageUrl: "registry.cn-hongkong.aliyuncs.com/namespace_demo/",
      strategy: "stop-first",
      serial: [{ kind: "count", count: 1 }],
      maxFailed: 0,
      maxUnreachable: 0,
      onFailure: "halt",
      keep: 5,
      healthCheck: { docker: true, settle: 1000, bake: 0 },
      hooks: { before: [], after: [], failed: [] },
      freeze: [],
    };
    const docker = { publishedPorts: [], publishAll: false, hostNetwork: false, warnings: [] };
    expect(project(environment, "demo1")).toEqual({
      ...defaults,
      name: "demo1",
      hosts: "demo1",
      runArgs: { ...docker, args: ["-d", "-m", "1000m", "-v", "/data/logs:/logs"], detachAdded: false },
      runCommand: [],
      eureka: undefined,
      drain: { method: "none", ...waits, deregister: "/health/deregister" },
    });
    expect(project(environment, "demo2")).toEqual({
      ...defaults,
      name: "demo2",
      hosts: "demo2",
      runArgs: { ...docker, args: ["-d"], detachAdded: true },
      runCommand: ["java", "-jar", "-Xms2g", "-Xmx4g", "demo2.jar", "--spring.config.location=file:./config/demo2.yml"],
      eureka: { appName: "demo2", urls: ["http://eureka.demo.com:9001"], logins: {} },
      drain: { method: "eureka", ...waits, deregister: "/health/deregister" },
    });
  });

  it("has a ready tree in examples/, without a problem or a warning", async () => {
    const { environment, warnings } = await load("demo", examples);
    expect(warnings).toEqual([]);
    expect(environment).toMatchObject({ logPath: "/opt/sklogs", logPathFrom: "conf_pub" });
    expect([...environment.projects.keys()]).toEqual(["demo1", "demo2"]);
  });
});

describe("a project's values", () => {
  const common = `"EurekaUrl": "http://a:9001/, http://user:p%40ss@b:9001/eureka/,http://a:9001",
    "Strategy": "start-first", "Serial": "50%", "Keep": 2, "StopTimeout": 40,
    "HealthCheck": {"http": "/health", "settle": "5s", "bake": "3s"},
    "Drain": {"method": "eureka", "wait": "auto"}, "Hooks": {"before": "notify 'a b'"}, "Freeze": "year end"`;

  async function loaded(own: string): Promise<Project> {
    const first = '"DockerImageURL": "r.example.com/ns/"';
    await put("conf/prod_conf.json", `{"public": {${common}}, "a": {${first}, ${own}}}`);
    return project((await load("prod")).environment, "a");
  }

  it("come from public, objects key by key, where it has none of its own", async () => {
    const own = `"DockerRunArg": "-p 127.0.0.2:8000-8001:80", "AppSpringName": "a", "Serial": [1, "100%"],
      "HealthCheck": {"bake": "0", "docker": false, "tcp": "9000"}, "Drain": {"wait": 5, "shutdown": "/actuator/shutdown"},
      "Hooks": {"after": ["x", "y z"]}, "EnvFile": "/etc/a.env", "Freeze": false`;
    expect(await loaded(own)).toMatchObject({
      strategy: "start-first",
      serial: [
        { kind: "count", count: 1 },
        { kind: "percent", percent: 100 },
      ],
      keep: 2,
      stopTimeout: 40_000,
      healthCheck: {
        http: "http://127.0.0.2:8000/health",
        tcp: "127.0.0.1:9000",
        docker: false,
        settle: 5000,
        bake: 0,
      },
      drain: { method: "eureka", wait: 5000, shutdown: "/actuator/shutdown" },
      hooks: { before: [["notify", "a b"]], after: [["x"], ["y", "z"]], failed: [] },
      envFile: "/etc/a.env",
      freeze: [],
    });
  });

  it("take logins out of Eureka's URLs and keep them from being printed", async () => {
    const { eureka } = await loaded('"DockerRunArg": "-p 8000-8001:80", "AppSpringName": " a "');
    expect(eureka).toMatchObject({ appName: "a", urls: ["http://a:9001", "http://b:9001/eureka"] });
    const login = eureka?.logins["http://b:9001/eureka"];
    expect([login?.user, login?.password.reveal()]).toEqual(["user", "p@ss"]);
    expect(JSON.stringify(eureka)).not.toContain("p@ss");
  });

  it("drain nothing where the project is not in Eureka, whatever public says", async () => {
    const own = '"HealthCheck": {"http": ":8080/x"}, "AppSpringName": "null"';
    expect(await loaded(own)).toMatchObject({ eureka: undefined, drain: { method: "none", wait: "auto" } });
  });

  it.each([
    ["true", [{ reason: "" }]],
    ['"stocktaking"', [{ reason: "stocktaking" }]],
    ["false", []],
    [
      '[{"from": "2026-10-01T00:00Z", "reason": "x"}, {"to": "2026-10-01T00:00Z"}]',
      [
        { from: Date.UTC(2026, 9, 1), reason: "x" },
        { to: Date.UTC(2026, 9, 1), reason: "" },
      ],
    ],
  ])("freeze by %s", async (freeze, windows) => {
    expect((await loaded(`"HealthCheck": {"http": ""}, "Freeze": ${freeze}`)).freeze).toEqual(windows);
  });
});

it("warnings alone do not stop an environment from loading", async () => {
  await put(
    "conf/prod_conf.json",
    '{"a": {"DockerImageURL": "r/ns/", "AppSpringName": "a", "DockerRunArg": "--new=1"}}',
  );
  const { warnings } = await load("prod");
  expect(warnings.map(({ code }) => code)).toEqual(["no-eureka-url", "docker-run-unknown-flag"]);
});

it("an environment has its projects, and near names for those it has not", async () => {
  await put(
    "conf/prod_conf.json",
    '{"public": {}, "demo1": {"DockerImageURL": "r/ns/"}, "web": {"DockerImageURL": "r/ns/"}}',
  );
  const { environment } = await load("prod");
  expect(findProject(environment, "web")).toMatchObject({ ok: true, value: { name: "web" } });
  expect(findProject(environment, "public")).toEqual({
    ok: false,
    failure: { code: "project-reserved", name: "public" },
  });
  expect(findProject(environment, "demo2")).toEqual({
    ok: false,
    failure: {
      code: "project-unknown",
      name: "demo2",
      file: environment.file,
      known: ["demo1", "web"],
      nearest: ["demo1"],
    },
  });
});
