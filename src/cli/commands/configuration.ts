import type { ConfigProblem } from "../../adapters/config/problems.ts";
import type { Environment, Project } from "../../domain/project.ts";
import { UsageError, type CommonOptions, type Services } from "../services.ts";

/** The home directory: `--home`, else $GANTRY_HOME, else found upward from here. */
export async function homeOf({ home }: CommonOptions, { adapters, env, cwd }: Services): Promise<string> {
  return (await adapters.resolveHome({ flag: home, variable: env["GANTRY_HOME"], cwd })).path;
}

/** All problems of a configuration as one error, each on lines of its own. */
export async function problemsError(problems: readonly ConfigProblem[], services: Services): Promise<UsageError> {
  const { problemTexts } = await import("../../gantry/words/problem-text.ts");
  return new UsageError(problemTexts(problems, await services.problemWords()));
}

/** The environment's configuration, checked; throws all its problems. Warnings go to standard error. */
export async function loadEnvironment(
  options: CommonOptions & { readonly environment: string },
  services: Services,
): Promise<Environment> {
  const loaded = await services.adapters.loadEnvironment(await homeOf(options, services), options.environment);
  if (!loaded.ok) throw await problemsError(loaded.failure, services);
  if (loaded.value.warnings.length > 0)
    services.stderr.write(`${(await problemsError(loaded.value.warnings, services)).message}\n`);
  return loaded.value.environment;
}

/** One project of an environment; throws when there is none of that name. */
export async function loadProject(
  options: CommonOptions & { readonly environment: string; readonly project: string },
  services: Services,
): Promise<{ environment: Environment; project: Project }> {
  const environment = await loadEnvironment(options, services);
  const found = await services.adapters.findProject(environment, options.project);
  if (!found.ok) throw await problemsError([found.failure], services);
  return { environment, project: found.value };
}
