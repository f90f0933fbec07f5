import type { OrderProblem } from "../../domain/order-check.ts";
import type { ShellWordsProblem } from "../../domain/shell-words.ts";
import type { TaskProblem } from "../../domain/task-problems.ts";

export type Language = "en" | "zh";

/** What is wrong with a task, in words; places are added by `placed`. */
export function taskProblemText(problem: TaskProblem, language: Language): string {
  return language === "zh" ? zh(problem) : en(problem);
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

function en(p: TaskProblem): string {
  switch (p.reason) {
    case "words":
      return wordsEn(p.problem);
    case "braces":
      return `${p.text} can be read in two ways. Write {name} for a value, {{name}} for braces.`;
    case "comment":
      return "# would be given to the command. Put comments on lines of their own.";
    case "assignment":
      return `No shell reads this line, so ${p.text} is no assignment. Write: env ${p.text} command`;
    case "shell-only":
      return `"${p.word}" is no program: each line is a process of its own. Begin the line with shell: if you need a shell.`;
    case "shell-prefix":
      return `Write shell: in small letters with a plain colon (seen: ${p.seen}).`;
    case "empty-command":
      return p.name === undefined ? "There is no command." : `{${p.name}} is empty, so there is no command.`;
    case "quoted-placeholder":
      return `{${p.name}} stands within ${p.within.replaceAll("-", " ")}. A value brings its own quotes: take these away.`;
    case "evaluated-placeholder":
      return `{${p.name}} would be run or calculated by ${p.by}. Give it as an argument of its own, for example: sh -c '… "$1"' sh {${p.name}}`;
    case "ambiguous-shell":
      return `Shells read ${p.construct} differently, so no placeholder may stand in the same line.`;
    case "unterminated":
      return `${p.opener} is not closed.`;
    case "unterminated-here-document":
      return `The here-document has no line ${p.delimiter}.`;
    case "trailing-backslash":
      return "A backslash at the end joins nothing. Remove it.";
    case "nul":
      return p.name === undefined
        ? "There is a NUL character."
        : `The value of ${p.name} has a NUL character, which no argument can hold.`;
    case "unknown-variable":
      return `There is no variable ${p.name}.${p.near.length > 0 ? ` Did you mean ${p.near.join(", ")}?` : ""}`;
    case "secret":
      return `${p.name} is secret and would show in the process list. The program finds it in the environment as ${p.variable}; in a shell: line write "$${p.variable}".`;
    case "ill-formed":
      return `The value of ${p.name} is no Unicode text.`;
    case "argument-too-long":
      return `An argument has ${p.bytes} bytes${p.name === undefined ? "" : ` because of ${p.name}`}; Linux allows ${p.limit}.`;
    case "line-too-long":
      return `The line has ${p.bytes} bytes${p.name === undefined ? "" : ` because of ${p.name}`}; at most ${p.limit} are allowed.`;
  }
}

function wordsEn(p: ShellWordsProblem): string {
  switch (p.reason) {
    case "unterminated-quote":
      return `The quote ${p.quote} is not closed.`;
    case "trailing-backslash":
      return "A backslash at the end joins nothing. Remove it.";
    case "operator":
      return `${p.operator === "\n" ? "A line break" : p.operator} has a meaning only for a shell. Put it in quotes if it belongs to an argument, or begin the line with shell:.`;
    case "command-substitution":
      return `${p.text} would run another command. Put it in single quotes, or begin the line with shell:.`;
    case "expansion":
      return `${p.text} is replaced by a shell only. Write {name} for a value, put it in single quotes, or begin the line with shell:.`;
    case "lookalike":
      return `${p.character} looks like ${p.meant === " " ? "a space" : p.meant} and is none. Replace it.`;
    case "nul":
      return "There is a NUL character.";
  }
}

function zh(p: TaskProblem): string {
  switch (p.reason) {
    case "words":
      return wordsZh(p.problem);
    case "braces":
      return `${p.text} 有两种读法。取值请写 {name}, 花括号本身请写 {{name}}。`;
    case "comment":
      return "# 会被当作参数传给命令。注释请单独成行。";
    case "assignment":
      return `这一行不经过 shell, ${p.text} 不是赋值。请写: env ${p.text} 命令`;
    case "shell-only":
      return `"${p.word}" 不是程序: 每一行都是独立的进程。需要 shell 时, 请以 shell: 开头。`;
    case "shell-prefix":
      return `请写小写的 shell: 和半角冒号 (现为: ${p.seen})。`;
    case "empty-command":
      return p.name === undefined ? "没有命令。" : `{${p.name}} 为空, 因此没有命令。`;
    case "quoted-placeholder":
      return `{${p.name}} 位于引号或 here-document (${p.within}) 之内。取值自带引号: 请去掉外面的引号。`;
    case "evaluated-placeholder":
      return `{${p.name}} 会被 ${p.by} 执行或计算。请作为单独的参数传入, 例如: sh -c '… "$1"' sh {${p.name}}`;
    case "ambiguous-shell":
      return `各种 shell 对 ${p.construct} 的解释不同, 因此同一行中不能有占位符。`;
    case "unterminated":
      return `${p.opener} 没有闭合。`;
    case "unterminated-here-document":
      return `here-document 缺少结束行 ${p.delimiter}。`;
    case "trailing-backslash":
      return "末尾的反斜杠没有连接任何内容, 请删除。";
    case "nul":
      return p.name === undefined ? "含有 NUL 字符。" : `${p.name} 的值含有 NUL 字符, 参数无法容纳。`;
    case "unknown-variable":
      return `没有变量 ${p.name}。${p.near.length > 0 ? `是否指 ${p.near.join(", ")}?` : ""}`;
    case "secret":
      return `${p.name} 是机密, 写在这里会出现在进程列表中。程序可从环境变量 ${p.variable} 读取; 在 shell: 行中写 "$${p.variable}"。`;
    case "ill-formed":
      return `${p.name} 的值不是合法的 Unicode 文本。`;
    case "argument-too-long":
      return `一个参数有 ${p.bytes} 字节${p.name === undefined ? "" : ` (因 ${p.name})`}, Linux 最多允许 ${p.limit}。`;
    case "line-too-long":
      return `这一行有 ${p.bytes} 字节${p.name === undefined ? "" : ` (因 ${p.name})`}, 最多允许 ${p.limit}。`;
  }
}

function wordsZh(p: ShellWordsProblem): string {
  switch (p.reason) {
    case "unterminated-quote":
      return `引号 ${p.quote} 没有闭合。`;
    case "trailing-backslash":
      return "末尾的反斜杠没有连接任何内容, 请删除。";
    case "operator":
      return `${p.operator === "\n" ? "换行" : p.operator} 只对 shell 有意义。若属于参数请加引号, 或让这一行以 shell: 开头。`;
    case "command-substitution":
      return `${p.text} 会执行另一条命令。请放入单引号, 或让这一行以 shell: 开头。`;
    case "expansion":
      return `${p.text} 只有 shell 才会替换。取值请写 {name}; 也可放入单引号, 或让这一行以 shell: 开头。`;
    case "lookalike":
      return `${p.character} 看起来像${p.meant === " " ? "空格" : ` ${p.meant}`}, 其实不是。请替换。`;
    case "nul":
      return "含有 NUL 字符。";
  }
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
