import type { Environment, Project } from "../../domain/project.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { PUBLIC } from "./comment-keys.ts";
import { ConfigDocument } from "./document.ts";
import { ignoredEnvironmentFile, readEnvironmentFile } from "./environment-file.ts";
import { nearestNames } from "./nearest.ts";
import { normaliseProject } from "./normalise.ts";
import { parseConfigFile } from "./parse.ts";
import { isWarning, type ConfigProblem } from "./problems.ts";
import { readLogPath } from "./public-file.ts";
import { checkEnvironmentFile } from "./rules.ts";
import { environmentSchema, type ProjectEntry, type PublicEntry } from "./schema.ts";

/** An environment, with what is worth a word about its files but stops nothing. */
export interface LoadedEnvironment {
  readonly environment: Environment;
  readonly warnings: readonly ConfigProblem[];
}

/**
 * Reads the files of an environment: everything is checked and every default is filled in, or every problem of both
 * files is reported at once (warnings among them). Nothing is written.
 */
export async function loadEnvironment(
  home: string,
  name: string,
): Promise<Result<LoadedEnvironment, readonly ConfigProblem[]>> {
  const read = await readEnvironmentFile(home, name);
  if (!read.ok) return fail([read.failure]);
  const { file, text } = read.value;
  const projects = readProjects(file, text, name);
  const [logs, ignored] = await Promise.all([readLogPath(home, name), ignoredEnvironmentFile(home, read.value, name)]);
  const found = [...ignored, ...(logs.ok ? [] : logs.failure), ...projects.problems];
  if (!logs.ok || found.some((problem) => !isWarning(problem))) return fail(found);
  return ok({ environment: { name, file, ...logs.value, projects: projects.projects }, warnings: found });
}

/** A project of an environment, or the names that are near. */
export function findProject(environment: Environment, name: string): Result<Project, ConfigProblem> {
  const project = environment.projects.get(name);
  if (project !== undefined) return ok(project);
  if (name === PUBLIC) return fail({ code: "project-reserved", name });
  const known = [...environment.projects.keys()];
  return fail({ code: "project-unknown", name, file: environment.file, known, nearest: nearestNames(name, known) });
}

interface ReadProjects {
  readonly problems: readonly ConfigProblem[];
  readonly projects: ReadonlyMap<string, Project>;
}

function readProjects(file: string, text: string, environment: string): ReadProjects {
  const { source, root, problems } = parseConfigFile(file, text);
  if (root === undefined || problems.length > 0) return { problems, projects: new Map() };
  const document = new ConfigDocument(source, root);
  const found = checkEnvironmentFile(document);
  if (found.some((problem) => !isWarning(problem))) return { problems: found, projects: new Map() };

  const entries: Readonly<Record<string, ProjectEntry>> & { readonly public?: PublicEntry | undefined } =
    environmentSchema.parse(document.value);
  const { public: common = {}, ...projects } = entries;
  return {
    problems: found,
    projects: new Map(
      Object.entries(projects).map(([name, own]) => [name, normaliseProject(environment, name, own, common)]),
    ),
  };
}
