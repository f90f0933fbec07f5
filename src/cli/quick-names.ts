import { parseArgs } from "node:util";
import { resolveHome } from "../adapters/config/home.ts";
import { readProjectNames } from "../adapters/config/project-names.ts";
import { pythonList } from "../domain/python-list.ts";
import { nameFilter } from "../gantry/name-filter.ts";

/**
 * What `var_json_keys` prints, without loading the command line's machinery: forms wait for it each time they are
 * opened. Undefined for everything but the plain success; the full program then does it all again and says what is wrong.
 */
export async function quickNames(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
): Promise<string | undefined> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        environment: { type: "string", short: "e" },
        "filter-keyword": { type: "string", short: "k" },
        exclude: { type: "string", short: "d" },
        home: { type: "string" },
      },
    });
    if (values.environment === undefined) return undefined;
    const passes = nameFilter(values["filter-keyword"], values.exclude);
    const home = await resolveHome({ flag: values.home, variable: env["GANTRY_HOME"], cwd });
    const names = await readProjectNames(home.path, values.environment);
    return names.ok ? `${pythonList(names.value.filter(passes))}\n` : undefined;
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
