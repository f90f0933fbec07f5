import type { OrderProblem } from "../../domain/order-check.ts";
import type { TaskProblem } from "../../domain/task-problems.ts";
import { taskProblemsEn } from "./task-problems-en.ts";
import { taskProblemsZh } from "./task-problems-zh.ts";
import { textOf } from "./texts.ts";

export type Language = "en" | "zh";

/** What is wrong with a task, in words; places are added by `placed`. */
export function taskProblemText(problem: TaskProblem, language: Language): string {
  return textOf<TaskProblem>(language === "zh" ? taskProblemsZh : taskProblemsEn, problem);
}

/** `line 2, column 14: ...`. */
export function placed(
  place: { readonly line: number; readonly column: number },
  text: string,
  language: Language,
): string {
  return language === "zh"
    ? `第 ${place.line} 行第 ${place.column} 列: ${text}`
    : `line ${place.line}, column ${place.column}: ${text}`;
}

/** What is wrong with a work order's tasks and names, in words. */
export function orderProblemText(problem: OrderProblem, language: Language): string {
  const say = (en: string, zh: string): string => (language === "zh" ? zh : en);
  switch (problem.reason) {
    case "no-command":
      return say("There is no command in it.", "其中没有命令。");
    case "reserved-name":
      return say(
        `${problem.name}: names that begin with sk__ are the system's. Choose another one.`,
        `${problem.name}: 以 sk__ 开头的名字由系统使用, 请换一个。`,
      );
    case "defined-twice":
      return say(
        `${problem.name} is defined twice, as a built-in variable and in the variable group, or twice in the group.`,
        `${problem.name} 定义了两次 (内置变量与变量组, 或变量组内重复)。`,
      );
    case "secret-name":
      return say(
        `${problem.name} is secret and reaches tasks by the environment: its name may hold only letters a to z, digits and _.`,
        `${problem.name} 是机密, 通过环境变量传给任务: 名字只能含英文字母、数字和 _。`,
      );
    default:
      return "line" in problem
        ? placed(problem, taskProblemText(problem, language), language)
        : taskProblemText(problem, language);
  }
}
