import type { Language } from "./task-words.ts";

/** What is wrong with a submitted value; rules are those of checkValues. */
export function valueProblemText(rule: string, limit: string | number | undefined, language: Language): string {
  const words: Readonly<Record<string, readonly [string, string]>> = {
    required: ["A value is needed.", "必须填写。"],
    pattern: ["It does not have the form that is asked for.", "格式不符合要求。"],
    "too-short": [`At least ${limit} characters.`, `至少 ${limit} 个字符。`],
    "too-long": [`At most ${limit} characters.`, `最多 ${limit} 个字符。`],
    "too-few": [`Choose at least ${limit}.`, `至少选择 ${limit} 项。`],
    "too-many": [`Choose at most ${limit}.`, `最多选择 ${limit} 项。`],
    "not-an-option": [
      "This value cannot be chosen (any more). Choose again.",
      "该值不在可选范围内 (或已失效), 请重新选择。",
    ],
    repeated: ["A value is chosen twice.", "同一个值选择了两次。"],
    "ill-formed": ["This is no Unicode text.", "不是合法的 Unicode 文本。"],
    nul: ["NUL characters are not accepted.", "不能含有 NUL 字符。"],
    unknown: ["This order has no such variable.", "该工单没有这个变量。"],
    "one-line": ["One line only.", "只能有一行。"],
  };
  const [en, zh] = words[rule] ?? [rule, rule];
  return language === "zh" ? zh : en;
}
