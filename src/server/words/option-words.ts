import type { OptionListProblem } from "../../domain/option-list.ts";
import type { Language } from "./task-words.ts";

/** Why a variable's values could not be had from its script. */
export function optionProblemText(
  problem: OptionListProblem | { readonly reason: "exit-code"; readonly exitCode: number },
  language: Language,
): string {
  return language === "zh" ? zh(problem) : en(problem);
}

type Problem = Parameters<typeof optionProblemText>[0];

function en(p: Problem): string {
  switch (p.reason) {
    case "exit-code":
      return `The script ended with exit code ${p.exitCode}. Its output stands below.`;
    case "empty":
      return "The script printed nothing. It must print a list, such as ['a', 'b'] or [\"a\", \"b\"].";
    case "too-large":
      return `The script printed ${p.bytes} bytes; at most ${p.limit} are read.`;
    case "too-many":
      return `The script printed ${p.count} values; at most ${p.limit} can be chosen from.`;
    case "value-too-long":
      return `Value ${p.index} has ${p.characters} characters; at most ${p.limit} are accepted.`;
    case "nul":
    case "ill-formed":
      return `Value ${p.index} holds characters that no argument can have.`;
    default: {
      const why = {
        "not-a-list": "It must print nothing but a list, such as ['a', 'b'] or [\"a\", \"b\"].",
        "behind-list": "Something follows the list.",
        unterminated: "The list is not closed.",
        nested: "A value must not be a list or dictionary itself.",
        bytes: "b'...' is bytes, not text: decode it in the script.",
        syntax: "This is neither JSON nor Python.",
      }[p.reason];
      return `${why} Line ${p.line}, column ${p.column}: ${p.seen}`;
    }
  }
}

function zh(p: Problem): string {
  switch (p.reason) {
    case "exit-code":
      return `脚本以退出码 ${p.exitCode} 结束, 输出见下。`;
    case "empty":
      return "脚本没有输出。它必须打印一个列表, 例如 ['a', 'b'] 或 [\"a\", \"b\"]。";
    case "too-large":
      return `脚本输出了 ${p.bytes} 字节, 最多读取 ${p.limit}。`;
    case "too-many":
      return `脚本输出了 ${p.count} 个值, 最多可选 ${p.limit} 个。`;
    case "value-too-long":
      return `第 ${p.index} 个值有 ${p.characters} 个字符, 最多 ${p.limit}。`;
    case "nul":
    case "ill-formed":
      return `第 ${p.index} 个值含有参数无法容纳的字符。`;
    default: {
      const why = {
        "not-a-list": "脚本只能打印一个列表, 例如 ['a', 'b'] 或 [\"a\", \"b\"]。",
        "behind-list": "列表之后还有其他内容。",
        unterminated: "列表没有结束。",
        nested: "列表中的值不能是列表或字典。",
        bytes: "b'...' 是字节而不是文本, 请在脚本中解码。",
        syntax: "既不是 JSON 也不是 Python 写法。",
      }[p.reason];
      return `${why} 第 ${p.line} 行第 ${p.column} 列: ${p.seen}`;
    }
  }
}
