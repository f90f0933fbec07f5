import { pythonList } from "../../domain/python-list.ts";
import { EXIT, UsageError, type CommonOptions, type Services } from "../services.ts";
import { homeOf, problemsError } from "./configuration.ts";

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
  const wanted = pattern("-k", filterKeyword, services);
  const unwanted = pattern("-d", exclude, services);
  const names = await services.adapters.readProjectNames(await homeOf(options, services), environment);
  if (!names.ok) throw await problemsError(names.failure, services);
  return names.value.filter((name) => (wanted?.test(name) ?? true) && !(unwanted?.test(name) ?? false));
}

function pattern(option: string, text: string | undefined, { words }: Services): RegExp | undefined {
  if (text === undefined || text === "None" || text === "") return undefined;
  try {
    return new RegExp(text, "u");
  } catch (error) {
    throw new UsageError(words.usage.badValue(option, text, error instanceof Error ? error.message : String(error)));
  }
}
