import { z } from "zod";
import { SCHEMA_WORDS, type Described, type SchemaWord } from "./schema-words.ts";
import { environmentSchema, publicFileSchema } from "./schema.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft 2020-12) of a kind of file, for editors and CI, described in the given language: made from the
 * same schema that Gantry itself checks files with.
 */
export function configJsonSchema(kind: "environment" | "conf_pub", language: keyof Described): JsonSchema {
  const schema = kind === "environment" ? environmentSchema : publicFileSchema;
  return z.toJSONSchema(schema, {
    io: "input",
    override: ({ jsonSchema, path }) => {
      const { words } = jsonSchema;
      if (isSchemaWord(words)) {
        delete jsonSchema["words"];
        jsonSchema.description = SCHEMA_WORDS[words][language];
      }
      // Keys of comments, and `$schema` itself, are no mistakes.
      if (jsonSchema.type === "object") jsonSchema.patternProperties = { "^(?:_|x-)": {} };
      if (path.length === 0) jsonSchema.properties = { $schema: { type: "string" }, ...jsonSchema.properties };
    },
  });
}

function isSchemaWord(word: unknown): word is SchemaWord {
  return typeof word === "string" && Object.hasOwn(SCHEMA_WORDS, word);
}
