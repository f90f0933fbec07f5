import type { LookupProblemWords } from "../problem-words.ts";
import { firstNames, quoted } from "../shown-values.ts";

const didYouMean = (nearest: readonly string[]): string =>
  nearest.length === 0 ? "" : `是否想用 ${nearest.join(" 或 ")}?`;

function list(names: readonly string[]): string {
  const { shown, more } = firstNames(names);
  return `${shown.join("、")}${more > 0 ? ` 等 ${names.length} 个` : ""}`;
}

/** 操作系统错误码的含义。 */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "没有权限",
  EPERM: "没有权限",
  EISDIR: "它是一个目录",
  ELOOP: "符号链接成环",
};

/** 查找或读取配置文件时的问题。 */
export const lookupProblems: LookupProblemWords = {
  "home-missing": (p) => `配置所在目录 ${p.home} 不存在。请用 --home 或 $GANTRY_HOME 指定。`,
  "environment-name": (p) =>
    `${quoted(p.name)} 不能作为环境名。只能用字母、数字、"_"、"-" 和不相连的 ".", 最多 64 个字符, 且以字母、数字或 "_" 开头。`,
  "environment-unknown": (p) =>
    p.known.length === 0
      ? `没有环境 ${quoted(p.name)}, 也没有其他环境: ${p.folders.join(" 和 ")} 中没有 *_conf.json。请用 --home 指定配置所在目录。`
      : `没有环境 ${quoted(p.name)}。${p.nearest.length === 0 ? "" : `${didYouMean(p.nearest)} `}现有的环境: ${list(p.known)} (查找的目录: ${p.folders.join("、")})。`,
  "environment-twice": (p) => `${p.file} 生效, ${p.ignored} 不生效: 两者属于同一环境。请删除其中一个或改名。`,
  unreadable: (p) => {
    const reason = reasons[p.detail];
    return `无法读取 ${p.file}: ${reason === undefined ? p.detail : `${reason} (${p.detail})`}。请确认它是文件, 且当前用户可读。`;
  },
  "not-utf8": () => "此处不是 UTF-8 编码。请将文件另存为 UTF-8, 例如: iconv -f GB18030 -t UTF-8。",
  "project-unknown": (p) => {
    const there = p.known.length === 0 ? "该文件中没有项目。" : `现有的项目: ${list(p.known)}。`;
    return `${p.file} 中没有项目 ${quoted(p.name)}。${p.nearest.length === 0 ? there : didYouMean(p.nearest)}`;
  },
  "project-reserved": (p) =>
    `${quoted(p.name)} 是保留名, 用于所有项目的公共配置, 不是项目。请指定一个项目, \`gantry projects\` 可列出所有项目。`,
};
