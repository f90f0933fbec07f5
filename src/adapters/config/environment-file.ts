import { stat } from "node:fs/promises";
import { join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import { configurationFolders, isEnvironmentName, listEnvironments, SUFFIX } from "./home.ts";
import type { LookupProblem } from "./problems.ts";
import { readTextFile } from "./read-file.ts";

export interface EnvironmentText {
  readonly file: string;
  readonly text: string;
}

/** Reads the file of an environment from the first folder that has it. */
export async function readEnvironmentFile(
  home: string,
  environment: string,
): Promise<Result<EnvironmentText, LookupProblem>> {
  if (!isEnvironmentName(environment)) return fail({ code: "environment-name", name: environment });
  for (const folder of configurationFolders(home)) {
    const file = join(folder, environment + SUFFIX);
    const text = await readTextFile(file);
    if (!text.ok) return text;
    if (text.value !== undefined) return ok({ file, text: text.value });
  }
  return fail(await whyNotFound(home, environment));
}

/** A file for the same environment in the other folder, which does not count. */
export async function ignoredEnvironmentFile(
  home: string,
  { file }: EnvironmentText,
  environment: string,
): Promise<LookupProblem[]> {
  const others = configurationFolders(home)
    .map((folder) => join(folder, environment + SUFFIX))
    .filter((other) => other !== file);
  const found: LookupProblem[] = [];
  for (const other of others) {
    if (await isAnotherFile(file, other)) found.push({ code: "environment-twice", file, ignored: other });
  }
  return found;
}

async function whyNotFound(home: string, environment: string): Promise<LookupProblem> {
  const exists = await stat(home).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!exists) return { code: "home-missing", home };
  const known = await listEnvironments(home);
  const { nearestNames } = await import("./nearest.ts");
  const nearest = nearestNames(environment, known);
  return { code: "environment-unknown", name: environment, folders: configurationFolders(home), known, nearest };
}

/** A link to the file that counts is no other file. */
async function isAnotherFile(file: string, other: string): Promise<boolean> {
  const [one, two] = await Promise.all([file, other].map((path) => stat(path).catch(() => undefined)));
  return one !== undefined && two !== undefined && !(one.dev === two.dev && one.ino === two.ino);
}
