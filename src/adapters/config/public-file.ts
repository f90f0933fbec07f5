import { dirname, join, resolve } from "node:path";
import type { Environment } from "../../domain/project.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { ConfigDocument } from "./document.ts";
import { publicFile } from "./home.ts";
import { nearestName } from "./nearest.ts";
import { parseConfigFile } from "./parse.ts";
import type { ConfigProblem, FileProblem } from "./problems.ts";
import { readTextFile } from "./read-file.ts";
import { inOrder } from "./rules.ts";
import { noControlCharacters } from "./rules/characters.ts";
import { publicFileSchema } from "./schema.ts";
import { valueAt } from "./sections.ts";
import { checkStructure } from "./structure.ts";

const LOG_PATH = "log_path";

/** Where the logs of an environment go: `log_path` of its conf_pub file, else `<home>/logs`. */
export async function readLogPath(
  home: string,
  environment: string,
): Promise<Result<Pick<Environment, "logPath" | "logPathFrom">, readonly ConfigProblem[]>> {
  const byDefault = { logPath: join(home, "logs"), logPathFrom: "default" } as const;
  const file = publicFile(home, environment);
  const text = await readTextFile(file);
  if (!text.ok) return fail([text.failure]);
  if (text.value === undefined) return ok(byDefault);

  const { source, root, problems } = parseConfigFile(file, text.value);
  if (root === undefined || problems.length > 0) return fail(problems);
  const document = new ConfigDocument(source, root);
  const found = inOrder([
    ...checkStructure(document, publicFileSchema),
    ...noControlCharacters(document),
    ...logPathProblems(document),
  ]);
  if (found.length > 0) return fail(found);
  const logPath = valueAt(document.value, [LOG_PATH]);
  // Relative to the home directory, which conf_pub/ stands in.
  if (typeof logPath === "string")
    return ok({ logPath: resolve(dirname(dirname(file)), logPath), logPathFrom: "conf_pub" });
  return ok(byDefault);
}

/** Other programs keep their own keys in this file, so only what looks like a slip for `log_path` is a mistake. */
function logPathProblems(document: ConfigDocument): readonly FileProblem[] {
  const logPath = valueAt(document.value, [LOG_PATH]);
  if (logPath === "") return [{ ...document.valuePlace([LOG_PATH]), code: "empty-value" }];
  if (logPath !== undefined) return [];
  return Object.keys(Object(document.value)).flatMap((key) => {
    if (nearestName(key, [LOG_PATH]) === undefined) return [];
    return [{ ...document.keyPlace([key]), code: "unknown-key", key, allowed: [LOG_PATH], nearest: LOG_PATH }];
  });
}
