import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_HOME, isEnvironmentName, listEnvironments, resolveHome } from "./home.ts";

let root = "";
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "home-")));
});
afterEach(() => rm(root, { recursive: true }));

async function put(...files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), "{}");
  }
}

describe("the home directory is", () => {
  it("what --home says, before $GANTRY_HOME, before the nearest folder", async () => {
    await put("conf/a_conf.json");
    expect(await resolveHome({ flag: "x", variable: "/y", cwd: root })).toEqual({
      path: join(root, "x"),
      source: "flag",
    });
    expect(await resolveHome({ variable: "/y", cwd: root })).toEqual({ path: "/y", source: "variable" });
    expect(await resolveHome({ flag: "", variable: "", cwd: root })).toEqual({ path: root, source: "nearest" });
  });

  it("the nearest folder upward with pl_deploy_docker/conf", async () => {
    await put("pl_deploy_docker/conf/demo.json", "pl_deploy_git/deep/x");
    expect(await resolveHome({ cwd: join(root, "pl_deploy_git/deep") })).toEqual({ path: root, source: "nearest" });
  });

  it("the one above pl_deploy_docker for who works in there, as with the original", async () => {
    await put("pl_deploy_docker/conf/prod_conf.json");
    expect(await resolveHome({ cwd: join(root, "pl_deploy_docker") })).toEqual({ path: root, source: "nearest" });
    expect(await resolveHome({ cwd: join(root, "pl_deploy_docker/conf") })).toEqual({ path: root, source: "nearest" });
  });

  it("not a folder whose conf/ holds something else", async () => {
    await put("conf/prod_conf.json", "app/conf/nginx.conf");
    expect(await resolveHome({ cwd: join(root, "app") })).toEqual({ path: root, source: "nearest" });
  });

  it("the original's default where there is nothing", async () => {
    expect(await resolveHome({ cwd: root })).toEqual({ path: DEFAULT_HOME, source: "default" });
  });
});

it("lists the environments of both folders, by files that end in _conf.json only", async () => {
  await put("pl_deploy_docker/conf/stage_conf.json", "pl_deploy_docker/conf/demo.json", "conf/prod_conf.json");
  await put("conf/stage_conf.json", "conf/.x_conf.json", "conf/old_conf.json.bak", "conf_pub/pub_conf.json");
  expect(await listEnvironments(root)).toEqual(["prod", "stage"]);
  expect(await listEnvironments(join(root, "nowhere"))).toEqual([]);
});

describe("environment names", () => {
  it.each(["prod", "stage-2", "eu.west", "预发", "A_1"])("%s", (name) => {
    expect(isEnvironmentName(name)).toBe(true);
  });

  it.each(["", ".", "..", "../prod", "a/b", "a\\b", "a..b", ".prod", "-e", "a b", "a\0b", "a\n", "x".repeat(65)])(
    "not %j",
    (name) => {
      expect(isEnvironmentName(name)).toBe(false);
    },
  );
});
