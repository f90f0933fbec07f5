import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { getNodeValue } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { schemaMistakes } from "../../../test/fixtures/config/json-schema-validator.ts";
import { configJsonSchema } from "./json-schema.ts";
import { parseConfigFile } from "./parse.ts";
import { SCHEMA_WORDS } from "./schema-words.ts";
import { projectSchema } from "./schema.ts";
import { valueAt } from "./sections.ts";

const examples = join(import.meta.dirname, "../../../examples");
const environment = configJsonSchema("environment", "en");

async function read(file: string): Promise<unknown> {
  const { root } = parseConfigFile(file, await readFile(join(examples, file), "utf8"));
  return root === undefined ? undefined : getNodeValue(root);
}

describe("the printed JSON Schema", () => {
  it.each(["pl_deploy_docker/conf/demo.json", "pl_deploy_docker/conf/demo_conf.json"])("accepts %s", async (file) => {
    expect(schemaMistakes(environment, await read(file))).toEqual([]);
  });

  it("accepts the conf_pub file", async () => {
    expect(schemaMistakes(configJsonSchema("conf_pub", "zh"), await read("conf_pub/demo_conf.json"))).toEqual([]);
  });

  it("accepts notes, and the line by which editors find it", () => {
    expect(
      schemaMistakes(environment, { $schema: "./x.json", _note: 1, demo1: { DockerImageURL: "r/", "x-y": 1 } }),
    ).toEqual([]);
  });

  it.each([
    ["a project without image", { demo1: {} }, ["demo1 lacks DockerImageURL"]],
    ["an unknown key", { demo1: { DockerImageURL: "r/", Dokcer: 1 } }, ["demo1.Dokcer is not allowed"]],
    ["a wrong type", { demo1: { DockerImageURL: 1 } }, ["demo1.DockerImageURL: type"]],
    ["a value that is not on the list", { public: { Strategy: "x" } }, ["public.Strategy: enum"]],
    ["a number that is too small", { public: { Keep: 0 } }, ["public.Keep: minimum"]],
    ["a bad duration", { public: { StopTimeout: "1m 30s" } }, ["public.StopTimeout: anyOf"]],
    ["a bad serial", { public: { Serial: [1, "150%"] } }, ["public.Serial: anyOf"]],
    ["auto where it means nothing", { public: { StopTimeout: "auto" } }, ["public.StopTimeout: anyOf"]],
    ["an unknown key below", { public: { Drain: { wait: "auto", waits: 1 } } }, ["public.Drain.waits is not allowed"]],
  ])("refuses %s", (_, value, found) => {
    expect(schemaMistakes(environment, value)).toEqual(found);
  });

  it("describes every key in both languages, and leaves nothing of our own in it", () => {
    for (const language of ["en", "zh"] as const) {
      const printed = JSON.stringify([
        configJsonSchema("environment", language),
        configJsonSchema("conf_pub", language),
      ]);
      for (const described of Object.values(SCHEMA_WORDS))
        expect(printed).toContain(JSON.stringify(described[language]));
      expect(printed).not.toContain('"words"');
    }
  });

  it("gives editors descriptions, defaults and examples", () => {
    const properties = valueAt(environment, ["additionalProperties", "properties"]);
    expect(valueAt(properties, ["Keep"])).toMatchObject({ type: "integer", default: 5, minimum: 1 });
    expect(valueAt(properties, ["DockerRunArg", "examples"])).toEqual([" -d -m 1000m -v /data/logs:/logs"]);
    for (const key of Object.keys(projectSchema.shape)) {
      expect(valueAt(properties, [key, "description"])).toEqual(expect.any(String));
    }
  });
});
