import { isSystemName, SYSTEM_VARIABLES } from "./system-variables.ts";
import { parseTask } from "./task-line.ts";
import type { TaskLineProblem } from "./task-problems.ts";
import { placeholderProblems } from "./task-values.ts";

/** What of a work order must fit together. */
export interface OrderParts {
  readonly preTask: string;
  readonly mainTask: string;
  readonly postTask: string;
  readonly builtIn: Readonly<Record<string, string>>;
  /** Of its variable group, in order. */
  readonly variables: readonly { readonly name: string; readonly secret: boolean }[];
}

const TASK_FIELDS = ["preTask", "mainTask", "postTask"] as const;
type TaskField = (typeof TASK_FIELDS)[number];

/** A problem with the field of the editor in which it can be mended. */
export type OrderProblem =
  | (TaskLineProblem & { readonly field: TaskField })
  /** No command in it, only blank lines and comments. */
  | { readonly field: "mainTask"; readonly reason: "no-command" }
  /** Names that begin with `sk__` are the system's. */
  | { readonly field: VariableField; readonly reason: "reserved-name"; readonly name: string }
  /** The name is defined there, too: which one counts would not be seen. */
  | {
      readonly field: VariableField;
      readonly reason: "defined-twice";
      readonly name: string;
      readonly other: VariableField;
    }
  /** A secret reaches tasks as an environment variable, and a shell can read only names of ASCII letters, digits and `_`. */
  | { readonly field: "variableGroup"; readonly reason: "secret-name"; readonly name: string }
  | { readonly field: "builtIn"; readonly reason: "nul" | "ill-formed"; readonly name: string };

type VariableField = "builtIn" | "variableGroup";

/** Every problem of a work order's tasks and variables: what a task cannot be, and names that are unknown or defined twice. */
export function checkOrder(order: OrderParts): readonly OrderProblem[] {
  const known = new Set([
    ...SYSTEM_VARIABLES,
    ...Object.keys(order.builtIn),
    ...order.variables.map(({ name }) => name),
  ]);
  const secrets = new Set(order.variables.filter(({ secret }) => secret).map(({ name }) => name));
  const inTasks = TASK_FIELDS.flatMap((field) => taskProblems(field, order[field], known, secrets));
  return [...inTasks, ...builtInProblems(order.builtIn), ...variableProblems(order)];
}

function taskProblems(
  field: TaskField,
  text: string,
  known: ReadonlySet<string>,
  secrets: ReadonlySet<string>,
): readonly OrderProblem[] {
  const lines = parseTask(text);
  if (!lines.ok) return lines.failure.map((problem) => ({ ...problem, field }));
  if (field === "mainTask" && lines.value.length === 0) return [{ field, reason: "no-command" }];
  return lines.value.flatMap((line) =>
    placeholderProblems(line, known, secrets).map((problem) => ({ ...problem, field })),
  );
}

function builtInProblems(builtIn: OrderParts["builtIn"]): readonly OrderProblem[] {
  return Object.entries(builtIn).flatMap(([name, value]): OrderProblem[] => {
    const field = "builtIn";
    if (isSystemName(name)) return [{ field, reason: "reserved-name", name }];
    if (value.includes("\0")) return [{ field, reason: "nul", name }];
    return value.isWellFormed() ? [] : [{ field, reason: "ill-formed", name }];
  });
}

function variableProblems({ builtIn, variables }: OrderParts): readonly OrderProblem[] {
  const field = "variableGroup";
  const before = new Set<string>();
  return variables.flatMap(({ name, secret }): OrderProblem[] => {
    const problems: OrderProblem[] = [];
    if (isSystemName(name)) problems.push({ field, reason: "reserved-name", name });
    if (Object.hasOwn(builtIn, name)) problems.push({ field, reason: "defined-twice", name, other: "builtIn" });
    if (before.has(name)) problems.push({ field, reason: "defined-twice", name, other: field });
    if (secret && !/^\w+$/.test(name)) problems.push({ field, reason: "secret-name", name });
    before.add(name);
    return problems;
  });
}
