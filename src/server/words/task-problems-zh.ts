import type { ShellWordsProblem } from "../../domain/shell-words.ts";
import type { TaskProblem } from "../../domain/task-problems.ts";
import { textOf, type Texts } from "./texts.ts";

const shellWordsZh: Texts<ShellWordsProblem> = {
  "unterminated-quote": (p) => `引号 ${p.quote} 没有闭合。`,
  "trailing-backslash": () => "末尾的反斜杠没有连接任何内容, 请删除。",
  operator: (p) =>
    `${p.operator === "\n" ? "换行" : p.operator} 只对 shell 有意义。若属于参数请加引号, 或让这一行以 shell: 开头。`,
  "command-substitution": (p) => `${p.text} 会执行另一条命令。请放入单引号, 或让这一行以 shell: 开头。`,
  expansion: (p) => `${p.text} 只有 shell 才会替换。取值请写 {name}; 也可放入单引号, 或让这一行以 shell: 开头。`,
  lookalike: (p) => `${p.character} 看起来像${p.meant === " " ? "空格" : ` ${p.meant}`}, 其实不是。请替换。`,
  nul: () => "含有 NUL 字符。",
};

export const taskProblemsZh: Texts<TaskProblem> = {
  words: (p) => textOf(shellWordsZh, p.problem),
  braces: (p) => `${p.text} 有两种读法。取值请写 {name}, 花括号本身请写 {{name}}。`,
  comment: () => "# 会被当作参数传给命令。注释请单独成行。",
  assignment: (p) => `这一行不经过 shell, ${p.text} 不是赋值。请写: env ${p.text} 命令`,
  "shell-only": (p) => `"${p.word}" 不是程序: 每一行都是独立的进程。需要 shell 时, 请以 shell: 开头。`,
  "shell-prefix": (p) => `请写小写的 shell: 和半角冒号 (现为: ${p.seen})。`,
  "empty-command": (p) => (p.name === undefined ? "没有命令。" : `{${p.name}} 为空, 因此没有命令。`),
  "quoted-placeholder": (p) =>
    `{${p.name}} 位于引号或 here-document (${p.within}) 之内。取值自带引号: 请去掉外面的引号。`,
  "evaluated-placeholder": (p) =>
    `{${p.name}} 会被 ${p.by} 执行或计算。请作为单独的参数传入, 例如: sh -c '… "$1"' sh {${p.name}}`,
  "ambiguous-shell": (p) => `各种 shell 对 ${p.construct} 的解释不同, 因此同一行中不能有占位符。`,
  unterminated: (p) => `${p.opener} 没有闭合。`,
  "unterminated-here-document": (p) => `here-document 缺少结束行 ${p.delimiter}。`,
  "trailing-backslash": () => "末尾的反斜杠没有连接任何内容, 请删除。",
  nul: (p) => (p.name === undefined ? "含有 NUL 字符。" : `${p.name} 的值含有 NUL 字符, 参数无法容纳。`),
  "unknown-variable": (p) => `没有变量 ${p.name}。${p.near.length > 0 ? `是否指 ${p.near.join(", ")}?` : ""}`,
  secret: (p) =>
    `${p.name} 是机密, 写在这里会出现在进程列表中。程序可从环境变量 ${p.variable} 读取; 在 shell: 行中写 "$${p.variable}"。`,
  "ill-formed": (p) => `${p.name} 的值不是合法的 Unicode 文本。`,
  "argument-too-long": (p) =>
    `一个参数有 ${p.bytes} 字节${p.name === undefined ? "" : ` (因 ${p.name})`}, Linux 最多允许 ${p.limit}。`,
  "line-too-long": (p) =>
    `这一行有 ${p.bytes} 字节${p.name === undefined ? "" : ` (因 ${p.name})`}, 最多允许 ${p.limit}。`,
};
