import type { CommandLine, FormValues } from "../../contract/requests.ts";
import { valuesGiven } from "../../domain/form-values.ts";
import { gantryLine } from "../../domain/gantry-line.ts";
import { parseTask } from "../../domain/task-line.ts";
import { resolveTask, type TaskValues } from "../../domain/task-values.ts";
import type { SYSTEM_VARIABLES } from "../../domain/system-variables.ts";
import { taskNameCreated } from "../../domain/task-name.ts";
import { invalid, type FieldProblem } from "../api/problem-error.ts";
import { placed, taskProblemText, type Language } from "../words/task-words.ts";
import type { LoadedOrder } from "./loaded-order.ts";

const TASKS = [
  ["pre", "preTask"],
  ["main", "mainTask"],
  ["post", "postTask"],
] as const;

/** All names that may stand in an order's task lines, with their values: the system's beat fixed ones beat the form's. */
export function valuesOf(loaded: LoadedOrder, values: FormValues, time: Date): TaskValues {
  const { order, environment, variables } = loaded;
  return new Map<string, readonly string[]>([
    ...variables.map(({ data }) => [data.name, valuesGiven(values, data.name)] as const),
    ...Object.entries(order.builtIn).map(([name, value]) => [name, [value]] as const),
    ...systemValues(order.name, environment.name, time),
  ]);
}

/** The values that every task and script can use. */
export function systemValues(order: string, environment: string, time: Date): [string, string[]][] {
  const values: Readonly<Record<(typeof SYSTEM_VARIABLES)[number], string>> = {
    sk__name: order,
    sk__env: environment,
    sk__task_name_created: taskNameCreated(order, time),
  };
  return Object.entries(values).map(([name, value]) => [name, [value]]);
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
