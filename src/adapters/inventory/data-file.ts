import { fail, ok, type Result } from "../../domain/result.ts";
import { KeyPlaces } from "./key-places.ts";
import { readJson } from "./python-json-read.ts";
import type { Value } from "./values.ts";
import { readYaml, type YamlIssue } from "./yaml-data.ts";

/** The value of a whole YAML or JSON text, and where its keys stand. */
export interface DataText {
  readonly value: Value;
  readonly places: KeyPlaces;
}

/** Reads a text as Ansible reads variables files and YAML inventories: as JSON if it is that, else as YAML. */
export function readData(text: string): Result<DataText, YamlIssue[]> {
  const normal = text.replaceAll(/\r\n?/g, "\n");
  const places = new KeyPlaces(normal);
  const json = readJson(normal, places);
  if (json.ok) return ok({ value: json.value, places });
  const yaml = readYaml(normal, places);
  if (yaml.ok) return ok({ value: yaml.value, places });
  // What begins as JSON is told where it stops being that.
  const isJson = /^\s*[{[]/.test(normal) && yaml.failure.every(({ problem }) => problem === "syntax");
  return fail(isJson ? [{ ...json.failure, problem: "syntax", detail: "JSON" }] : yaml.failure);
}
