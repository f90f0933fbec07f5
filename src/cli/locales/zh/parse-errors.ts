/** The sentences of the command line's parser (commander 14) and their Chinese. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.*)'/m, "错误: 未知的命令 '$1'"],
  [/^error: unknown option '(.*)'/m, "错误: 未知的选项 '$1'"],
  [/^error: required option '(.*)' not specified/m, "错误: 缺少必需的选项 '$1'"],
  [/^error: missing required argument '(.*)'/m, "错误: 缺少必需的参数 '$1'"],
  [/^error: option '(.*)' argument missing/m, "错误: 选项 '$1' 缺少取值"],
  [
    /^error: option '(.*)' argument '(.*)' is invalid\. Allowed choices are (.*)\./m,
    "错误: 选项 '$1' 不允许取值 '$2'。可用的取值: $3。",
  ],
  [
    /^error: too many arguments(?: for '(.*)')?\. Expected (\d+) arguments? but got (\d+)(.*)\./m,
    "错误: 参数过多: 应为 $2 个, 实际为 $3 个$4。",
  ],
  [/\(Did you mean one of (.*)\?\)/, "(是否想用其中之一: $1)"],
  [/\(Did you mean (.*)\?\)/, "(是否想用 $1)"],
  [/^error: /m, "错误: "],
];

/** A message of the parser in Chinese; what is not known stays as it is, behind a Chinese "error". */
export function translateParseError(text: string): string {
  return sentences.reduce((translated, [pattern, chinese]) => translated.replace(pattern, chinese), text);
}
