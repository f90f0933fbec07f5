import type { ConfigProblem } from "../../adapters/config/problems.ts";
import type { InventoryProblem } from "../../adapters/inventory/errors.ts";
import type { Inventory } from "../../adapters/inventory/inventory.ts";
import { failureMessage } from "../../contract/words/explain.ts";
import type { Host } from "../../domain/host.ts";
import type { Project } from "../../domain/project.ts";
import type { Failure } from "../../engine/errors.ts";
import { loadFailureWords, loadInventoryWords, loadProblemWords, type Language } from "../../gantry/words/language.ts";
import { inventoryProblemText, problemTexts } from "../../gantry/words/problem-text.ts";
import type { LocalGantryParts } from "./local-parts.ts";

/** What Gantry says where it refuses; carries it through code that would otherwise check every call. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** The home directory, found as the command line finds it. */
export async function homeOf({ adapters, gantryEnv, env, cwd }: LocalGantryParts): Promise<string> {
  const variable = gantryEnv["GANTRY_HOME"] ?? env["GANTRY_HOME"];
  return (await adapters.resolveHome({ variable, cwd })).path;
}

/** A project with all its settings. Throws Refused. */
export async function configured(
  parts: LocalGantryParts,
  environment: string,
  name: string,
  language: Language,
): Promise<Project> {
  const { adapters } = parts;
  const loaded = await adapters.loadEnvironment(await homeOf(parts), environment);
  if (!loaded.ok) throw await refusedBy(loaded.failure, language);
  const project = await adapters.findProject(loaded.value.environment, name);
  if (!project.ok) throw await refusedBy([project.failure], language);
  return project.value;
}

/** The inventory, read as the command line reads it. Throws Refused. */
export async function readInventory(parts: LocalGantryParts, language: Language): Promise<Inventory> {
  const { adapters, env, gantryEnv, cwd } = parts;
  const all = { ...env, ...gantryEnv };
  const read = await adapters.loadInventory({ sources: [], reader: "auto", cwd, env: all });
  if (!read.ok) throw await inventoryRefused(read.failure, language);
  return read.value;
}

/** The hosts that a pattern selects. Throws Refused. */
export async function hostsOf(parts: LocalGantryParts, pattern: string, language: Language): Promise<readonly Host[]> {
  const { adapters } = parts;
  const inventory = await readInventory(parts, language);
  const selection = await adapters.selectHosts(inventory, pattern);
  if (!selection.ok) throw await inventoryRefused([selection.failure], language);
  const hosts = await Promise.all(selection.value.hosts.map((name) => adapters.toHost(inventory, name)));
  const problems = hosts.flatMap((host) => (host.ok ? [] : host.failure));
  if (problems.length > 0) throw await inventoryRefused(problems, language);
  return hosts.flatMap((host) => (host.ok ? [host.value] : []));
}

/** What is wrong with configuration files, each problem on a line of its own. */
export async function refusedBy(problems: readonly ConfigProblem[], language: Language): Promise<Refused> {
  return new Refused(problemTexts(problems, await loadProblemWords(language)));
}

/** What failed at hosts or registries. */
export async function failed(failures: readonly Failure[], language: Language): Promise<Refused> {
  const words = { failures: await loadFailureWords(language) };
  const texts = failures.map((failure) => {
    const { what, todo } = failureMessage(words, failure);
    return todo === "" ? what : `${what} ${todo}`;
  });
  return new Refused(texts.join("\n"));
}

async function inventoryRefused(problems: readonly InventoryProblem[], language: Language): Promise<Refused> {
  const words = await loadInventoryWords(language);
  return new Refused(problems.map((problem) => inventoryProblemText(problem, words)).join("\n"));
}
