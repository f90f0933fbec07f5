import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { getNodeValue } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { configJsonSchema, type JsonSchema } from "./json-schema.ts";
import { parseConfigFile } from "./parse.ts";
import { SCHEMA_WORDS } from "./schema-words.ts";
import { projectSchema, publicSchema } from "./schema.ts";

const examples = join(import.meta.dirname, "../../../examples");
const environment = configJsonSchema("environment", "en");

async function read(file: string): Promise<unknown> {
  const { root } = parseConfigFile(file, await readFile(join(examples, file), "utf8"));
  return root === undefined ? undefined : getNodeValue(root);
}

/** Checks a value as an editor would: by the printed schema alone. */
function valid(schema: JsonSchema, value: unknown): boolean {
  return z.fromJSONSchema(JSON.parse(JSON.stringify(schema))).safeParse(value).success;
}

describe("the printed JSON Schema", () => {
  it.each(["pl_deploy_docker/conf/demo.json", "pl_deploy_docker/conf/demo_conf.json"])("accepts %s", async (file) => {
    expect(valid(environment, await read(file))).toBe(true);
  });

  it("accepts the conf_pub file", async () => {
    expect(valid(configJsonSchema("conf_pub", "zh"), await read("conf_pub/demo_conf.json"))).toBe(true);
  });

  it.each([
    ["a project without image", { demo1: {} }],
    ["an unknown key", { demo1: { DockerImageURL: "r/", Dokcer: 1 } }],
    ["a wrong type", { demo1: { DockerImageURL: 1 } }],
    ["a value that is not on the list", { public: { Strategy: "x" } }],
    ["a bad duration", { public: { StopTimeout: "1m 30s" } }],
    ["a bad serial", { public: { Serial: [1, "150%"] } }],
    ["auto where it means nothing", { public: { StopTimeout: "auto" } }],
  ])("refuses %s", (_, value) => {
    expect(valid(environment, value)).toBe(false);
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

  it("gives editors defaults and examples", () => {
    const { properties } = environment.additionalProperties as { properties: Record<string, Record<string, unknown>> };
    expect(properties["Keep"]).toMatchObject({ type: "integer", default: 5, minimum: 1 });
    expect(properties["DockerRunArg"]).toMatchObject({ default: "", examples: [" -d -m 1000m -v /data/logs:/logs"] });
    for (const key of [...Object.keys(projectSchema.shape), ...Object.keys(publicSchema.shape)]) {
      if (key !== "EurekaUrl") expect(properties[key]).toHaveProperty("description");
    }
  });
});
