import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadEnvironment, type LoadedEnvironment } from "./load.ts";
import type { ConfigProblem } from "./problems.ts";
import { readProjectNames } from "./project-names.ts";

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

async function load(name: string): Promise<LoadedEnvironment> {
  const loaded = await loadEnvironment(home, name);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.failure));
  return loaded.value;
}

async function problems(name: string): Promise<readonly ConfigProblem[]> {
  const loaded = await loadEnvironment(home, name);
  return loaded.ok ? [] : loaded.failure;
}

describe("log_path", () => {
  beforeEach(() => put("conf/prod_conf.json", "{}"));

  it("is <home>/logs where nothing says otherwise", async () => {
    const byDefault = { logPath: join(home, "logs"), logPathFrom: "default" };
    expect((await load("prod")).environment).toMatchObject(byDefault);
    await put("conf_pub/prod_conf.json", '{"other_program": 1}');
    expect((await load("prod")).environment).toMatchObject(byDefault);
  });

  it("counts from the home directory when it is relative", async () => {
    await put("conf_pub/prod_conf.json", '{"log_path": "var/log/"}');
    expect((await load("prod")).environment).toMatchObject({ logPath: join(home, "var/log"), logPathFrom: "conf_pub" });
  });

  it("is checked together with the environment file", async () => {
    const file = await put("conf_pub/prod_conf.json", '{"logpath": "/x"}');
    await put("conf/prod_conf.json", '{"a": 1}');
    expect(await problems("prod")).toMatchObject([
      { file, code: "unknown-key", key: "logpath", nearest: "log_path" },
      { code: "wrong-type", path: "a" },
    ]);
  });

  it.each([
    ['{"log_path": 1}', "wrong-type"],
    ['{"log_path": ""}', "empty-value"],
    ['{"log_path": "/a\\u0000"}', "control-character"],
    ["[]", "wrong-type"],
    ["{", "syntax"],
    ["", "empty-file"],
  ])("of %j is a problem", async (text, code) => {
    await put("conf_pub/prod_conf.json", text);
    expect(await problems("prod")).toMatchObject([{ code }]);
  });
});

describe("an environment that cannot be read says why", () => {
  it("when there is none of that name, with those there are", async () => {
    await put("conf/prod_conf.json", "{}");
    await put("pl_deploy_docker/conf/stage_conf.json", "{}");
    const folders = [join(home, "pl_deploy_docker/conf"), join(home, "conf")];
    const unknown = { code: "environment-unknown", folders, known: ["prod", "stage"] };
    expect(await problems("stag")).toEqual([{ ...unknown, name: "stag", nearest: ["stage"] }]);
    expect(await problems("zzzzzzz")).toEqual([{ ...unknown, name: "zzzzzzz", nearest: [] }]);
    expect(await readProjectNames(home, "stag")).toMatchObject({ ok: false, failure: [{ nearest: ["stage"] }] });
  });

  it("when its name leads elsewhere", async () => {
    expect(await problems("../secret")).toEqual([{ code: "environment-name", name: "../secret" }]);
  });

  it("when the home directory is not there", async () => {
    expect(await loadEnvironment("/nowhere", "prod")).toEqual({
      ok: false,
      failure: [{ code: "home-missing", home: "/nowhere" }],
    });
  });

  it("when it is a folder", async () => {
    await mkdir(join(home, "conf/prod_conf.json"), { recursive: true });
    expect(await problems("prod")).toMatchObject([{ code: "unreadable", detail: "EISDIR" }]);
  });

  it("when it may not be read", async () => {
    const file = await put("conf/prod_conf.json", "{}");
    await chmod(file, 0);
    // Root may read everything.
    const expected = process.getuid?.() === 0 ? [] : [{ code: "unreadable", file, detail: "EACCES" }];
    expect(await problems("prod")).toEqual(expected);
  });

  it("when it is not UTF-8, with the place", async () => {
    const gbk = Uint8Array.from([...Buffer.from('{\n "a": 1, # '), 0xcf, 0xee, 0xc4, 0xbf, 0x0a, 0x7d]);
    const file = await put("conf/prod_conf.json", gbk);
    expect(await problems("prod")).toEqual([{ code: "not-utf8", file, line: 2, column: 12 }]);
  });

  it("when its root is no object", async () => {
    await put("conf/prod_conf.json", "[1]");
    expect(await problems("prod")).toMatchObject([{ code: "wrong-type", path: "", seen: "[1]", allowed: ["object"] }]);
    expect(await readProjectNames(home, "prod")).toEqual({ ok: false, failure: await problems("prod") });
  });
});

describe("two files for one environment", () => {
  it("are worth a word: that of pl_deploy_docker counts", async () => {
    const file = await put("pl_deploy_docker/conf/prod_conf.json", "{}");
    const ignored = await put("conf/prod_conf.json", "{}");
    expect((await load("prod")).warnings).toEqual([{ code: "environment-twice", file, ignored }]);
  });

  it("are one when one is a link to the other", async () => {
    const file = await put("pl_deploy_docker/conf/prod_conf.json", "{}");
    await mkdir(join(home, "conf"));
    await symlink(file, join(home, "conf/prod_conf.json"));
    expect((await load("prod")).warnings).toEqual([]);
  });
});
