import { nearNames } from "./near-names.ts";
import { placeholderNames, readPlaceholders } from "./placeholders.ts";
import { fail, ok, type Result } from "./result.ts";
import { namesInTask, parseTask } from "./task-line.ts";

/** A variable with those whose values its own depend on. */
export interface CascadeVariable {
  readonly name: string;
  readonly parents: readonly string[];
}

export type CascadeProblem =
  /** Each needs the next one, and the last one is the first: `a`, `b`, `a`. */
  | { readonly reason: "cycle"; readonly names: readonly string[] }
  | {
      readonly reason: "unknown-parent";
      readonly name: string;
      readonly parent: string;
      readonly near: readonly string[];
    };

/** The names in braces in a variable's source, each once: of a script as a task line is read, else in the plain text. */
export function dependenciesOf(source: string): readonly string[] {
  const lines = parseTask(source);
  return lines.ok ? namesInTask(lines.value) : placeholderNames(readPlaceholders(source).parts);
}

/**
 * The order in which variables can be fetched at first: parents before those that need them, else as they were given.
 * Names in `given` have values already (the system's, built-in ones). Returns every unknown parent and every cycle.
 */
export function orderVariables(
  variables: readonly CascadeVariable[],
  given: ReadonlySet<string> = new Set(),
): Result<readonly string[], readonly CascadeProblem[]> {
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  const unknown = variables.flatMap(({ name, parents }) =>
    parents
      .filter((parent) => !byName.has(parent) && !given.has(parent))
      .map((parent): CascadeProblem => {
        const candidates = [...byName.keys(), ...given].filter((candidate) => candidate !== name);
        return { reason: "unknown-parent", name, parent, near: nearNames(parent, candidates) };
      }),
  );
  const { order, cycles } = sortByParents(byName);
  const problems = [...unknown, ...cycles.map((names): CascadeProblem => ({ reason: "cycle", names }))];
  return problems.length > 0 ? fail(problems) : ok(order);
}

/** The variables to fetch again when one has changed, parents first: all that depend on it, directly or through others. */
export function variablesToRefresh(variables: readonly CascadeVariable[], changed: string): readonly string[] {
  const { order } = sortByParents(new Map(variables.map((variable) => [variable.name, variable])));
  const stale = new Set([changed]);
  const parentsOf = new Map(variables.map(({ name, parents }) => [name, parents]));
  for (const name of order) if (parentsOf.get(name)?.some((parent) => stale.has(parent))) stale.add(name);
  return order.filter((name) => name !== changed && stale.has(name));
}

function sortByParents(variables: ReadonlyMap<string, CascadeVariable>): {
  readonly order: readonly string[];
  readonly cycles: readonly (readonly string[])[];
} {
  const order: string[] = [];
  const cycles: (readonly string[])[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): void => {
    const variable = variables.get(name);
    if (variable === undefined || done.has(name)) return;
    const start = path.indexOf(name);
    if (start >= 0) return void cycles.push([...path.slice(start), name]);
    path.push(name);
    for (const parent of variable.parents) visit(parent);
    path.pop();
    done.add(name);
    order.push(name);
  };
  for (const name of variables.keys()) visit(name);
  return { order, cycles };
}
