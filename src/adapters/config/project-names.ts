import { getNodeValue } from "jsonc-parser";
import { fail, ok, type Result } from "../../domain/result.ts";
import { projectNames } from "./comment-keys.ts";
import { readEnvironmentFile } from "./environment-file.ts";
import { parseConfigFile } from "./parse.ts";
import type { ConfigProblem } from "./problems.ts";

/**
 * The names of an environment's projects in the order of the file, `public` left out; only the keys are read.
 * The way of `var_json_keys`, which forms wait for: it loads neither the schema nor its library.
 */
export async function readProjectNames(
  home: string,
  environment: string,
): Promise<Result<readonly string[], readonly ConfigProblem[]>> {
  const read = await readEnvironmentFile(home, environment);
  if (!read.ok) return fail([read.failure]);
  const { root, problems, source } = parseConfigFile(read.value.file, read.value.text);
  if (problems.length > 0 || root === undefined) return fail(problems);
  if (root.type === "object") return ok(projectNames(root));
  const { wrongType } = await import("./wrong-type.ts");
  return fail([wrongType(source.place(root.offset, ""), getNodeValue(root), ["object"], [])]);
}
