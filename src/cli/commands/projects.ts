import { pythonList } from "../../domain/python-list.ts";
import { EXIT, UsageError, type CommonOptions, type Services } from "../services.ts";
import { homeOf, problemsError } from "./configuration.ts";
import { nameFilter, namePattern } from "../../gantry/name-filter.ts";

export interface ProjectsOptions extends CommonOptions {
  readonly environment: string;
  readonly filterKeyword?: string;
  readonly exclude?: string;
  readonly json?: boolean;
}

/** Prints the projects of an environment, one a line or as JSON. */
export async function projects(options: ProjectsOptions, services: Services): Promise<number> {
  const names = await matching(options, services);
  services.stdout.write(
    options.json === true ? `${JSON.stringify(names)}\n` : names.map((name) => `${name}\n`).join(""),
  );
  return EXIT.done;
}

/** The original's `var_json_keys`: a Python list, because other tools evaluate it. `None` means no filter. */
export async function varJsonKeys(options: ProjectsOptions, services: Services): Promise<number> {
  const names = await matching(options, services);
  services.stdout.write(`${options.json === true ? JSON.stringify(names) : pythonList(names)}\n`);
  return EXIT.done;
}

async function matching(
  { environment, filterKeyword, exclude, ...options }: ProjectsOptions,
  services: Services,
): Promise<readonly string[]> {
  const problems = [...patternProblem("-k", filterKeyword, services), ...patternProblem("-d", exclude, services)];
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  const names = await services.adapters.readProjectNames(await homeOf(options, services), environment);
  if (!names.ok) throw await problemsError(names.failure, services);
  return names.value.filter(nameFilter(filterKeyword, exclude));
}

function patternProblem(option: string, text: string | undefined, { words }: Services): readonly string[] {
  try {
    namePattern(text);
    return [];
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [words.usage.badPattern(option, text ?? "", detail)];
  }
}
