import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { loadEnvironment } from "./load.ts";
import { readProjectNames } from "./project-names.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "names-"));
  await mkdir(join(home, "conf"));
});
afterEach(() => rm(home, { recursive: true }));

async function names(text: string): Promise<unknown> {
  await writeFile(join(home, "conf/prod_conf.json"), text);
  return readProjectNames(home, "prod");
}

it("are the keys of the file in its order, whatever their values are, without public and comments", async () => {
  const text =
    '{"z": 1, "public": {}, "a": {}, # "c": 1\n "_n": 1, "$schema": "", "x-n": 1, "x-ray": {"DockerImageURL": ""}, "10": {}}';
  expect(await names(text)).toEqual({ ok: true, value: ["z", "a", "x-ray", "10"] });
});

it("of a file with a mistake in its values are there all the same", async () => {
  expect(await names('{"a": {"Keep": "x"}}')).toEqual({ ok: true, value: ["a"] });
});

it.each(['{"a": 1 "b": 2}', '{"a": 1, "a": 2}', "", "# x", "{", "[]", "1"])(
  "of a broken file (%j) are its problems, the same as when it is loaded whole",
  async (text) => {
    const read = await names(text);
    expect(read).toMatchObject({ ok: false });
    expect(read).toEqual(await loadEnvironment(home, "prod"));
  },
);

it("are read without loading the schema or any package but the parser", () => {
  const program = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { readProjectNames } = await import(process.argv[1]);
    await readProjectNames(process.argv[2], "demo");
    console.log(loaded.filter((url) => url.includes("/node_modules/")).join("\\n"));`;
  const module = join(import.meta.dirname, "project-names.ts");
  const examples = join(import.meta.dirname, "../../../examples");
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program, module, examples]);
  const loaded = printed.toString("utf8").trim().split("\n");
  expect(loaded.filter((url) => !url.includes("/node_modules/jsonc-parser/"))).toEqual([]);
});
