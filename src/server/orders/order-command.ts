import type { CommandLine, FormValues } from "../../contract/requests.ts";
import { gantryLine } from "../../domain/gantry-line.ts";
import { parseTask } from "../../domain/task-line.ts";
import { resolveTask, type TaskValues } from "../../domain/task-values.ts";
import { taskValues } from "../../domain/system-variables.ts";
import { invalid, type FieldProblem } from "../api/problem-error.ts";
import { placed, taskProblemText, type Language } from "../words/task-words.ts";
import type { LoadedOrder } from "./loaded-order.ts";

const TASKS = [
  ["pre", "preTask"],
  ["main", "mainTask"],
  ["post", "postTask"],
] as const;

/** All names that may stand in an order's task lines, with their values. */
export function valuesOf(loaded: LoadedOrder, values: FormValues, time: Date): TaskValues {
  const { order, environment, variables } = loaded;
  const form = Object.fromEntries(variables.map(({ data }) => [data.name, values[data.name] ?? []]));
  return taskValues({ order: order.name, environment: environment.name, time, builtIn: order.builtIn, form });
}

/** The exact commands of an order with these values; throws every problem with the line it is in. */
export function commandOf(loaded: LoadedOrder, values: TaskValues, language: Language): CommandLine[] {
  const secrets = new Set(loaded.variables.filter(({ data }) => data.secret).map(({ data }) => data.name));
  const problems: FieldProblem[] = [];
  const lines = TASKS.flatMap(([task, field]): CommandLine[] => {
    const parsed = parseTask(loaded.order[field]);
    const resolved = parsed.ok ? resolveTask(parsed.value, values, secrets) : parsed;
    if (!resolved.ok) {
      problems.push(
        ...resolved.failure.map((problem) => ({
          field: "name" in problem && problem.name !== undefined ? `values.${problem.name}` : field,
          rule: problem.reason,
          message: placed(problem, taskProblemText(problem, language), language),
        })),
      );
      return [];
    }
    return resolved.value.map(({ argv, shell }) => ({
      task,
      argv: [...argv],
      shell,
      gantry: !shell && gantryLine(argv) !== undefined,
    }));
  });
  if (problems.length > 0) throw invalid(problems);
  return lines;
}
