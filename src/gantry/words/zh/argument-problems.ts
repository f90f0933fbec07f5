import type { ReservedFlagReason } from "../../../domain/docker-run-problems.ts";
import { textFrom, type ProblemWords } from "../problem-words.ts";
import { quoted } from "../shown-values.ts";

const character = (text: string): string => (text === "\n" ? "换行" : quoted(text));

/** 作为参数内容的引号在 JSON 文件中的写法。 */
const escaped = (quote: "'" | '"'): string => (quote === "'" ? String.raw`\\'` : String.raw`\\\"`);

/** 无法拆分成参数的文本。 */
export const shellWords: ProblemWords["shellWords"] = {
  "unterminated-quote": (p) => `引号 ${p.quote} 没有闭合。请补上另一半, 或写成 ${escaped(p.quote)} 表示该字符本身。`,
  "trailing-backslash": () => "末尾的反斜杠后面没有字符。请删除它, 或写成两个。",
  operator: (p) =>
    `${character(p.operator)} 只对 shell 有意义, 而这里不经过 shell。请删除它; 如果属于参数本身, 请加引号。`,
  "command-substitution": (p) =>
    `${quoted(p.text)} 在 shell 中会执行命令, 而这里不经过 shell。请直接写结果, 或放在单引号中。`,
  expansion: (p) => `${quoted(p.text)} 在 shell 中会被替换, 而这里不经过 shell。请直接写值, 或放在单引号中。`,
  lookalike: (p) =>
    p.meant === " "
      ? `${quoted(p.character)} 看似空格, 但不是。请改用半角空格。`
      : `${p.character} 不起引号的作用。请改为 ${p.meant === "'" ? p.meant : String.raw`\"`}。`,
  nul: () => "文本中含有 NUL 字符, 参数中不能有它。请删除。",
};

const reserved: Readonly<Record<ReservedFlagReason, string>> = {
  "gantry-names": "容器名由 Gantry 按版本命名 (<项目>-<日期>.<时间>)。请删除。",
  "rollback-needs-container": "容器停止后会被删除, 而回滚要重新启动它。请删除。",
  "file-exists-next-time": "文件已存在时 docker run 会拒绝执行, 下次发布必然失败。请删除。",
  "must-detach": "容器启动后 docker run 必须返回。请删除, 或写成 -d。",
  attaches: "容器在后台启动 (-d) 时, Docker 不允许附加到它。请删除。",
  "digest-is-pinned": "所有主机都运行开始时确定的同一个镜像, 而它可能拉取到别的镜像。请删除。",
  "runs-nothing": "docker run 只会显示帮助。请删除。",
};

/** 取其他值时允许的选项。 */
const onlyWith: Readonly<Partial<Record<ReservedFlagReason, string>>> = {
  "must-detach": "=false",
  "digest-is-pinned": "=always",
};

/** DockerRunArg 中选项的问题。 */
export const dockerRun: ProblemWords["dockerRun"] = {
  words: (p) => textFrom(shellWords, p.problem.reason, p.problem),
  "reserved-flag": (p) => `不允许使用 ${p.flag}${onlyWith[p.why] ?? ""}: ${reserved[p.why]}`,
  "unknown-short-flag": (p) =>
    `docker run 没有选项 ${p.flag}。${p.meant === undefined ? "可用的选项见 docker run --help。" : `是否想写 ${p.meant}?`}`,
  "missing-value": (p) => `${p.flag} 后面缺少值。请补上, 或删除该选项。`,
  "stray-word": ({ word, after }) => {
    const what = word === undefined ? "有一个词" : `${quoted(word)} `;
    const place = after === undefined ? "" : `--${after} 后面的${word === undefined ? "词" : " "}`;
    return `${place}${word === undefined && after !== undefined ? "" : what}不属于任何选项, Docker 会把它当作镜像名。含空格的值请加引号; 容器内执行的命令请写在 DockerRunCmd 中。`;
  },
  "bad-boolean": (p) => `${p.flag} 只能是 true 或 false, 不能是 ${quoted(p.seen)}。只写 ${p.flag} 即为 true。`,
  "bad-port": (p) =>
    `${quoted(p.seen)} 不是有效的端口映射。允许的写法: 8080:80、127.0.0.1:8080:80、8080:80/udp、8000-8009:8000-8009。`,
  "bad-number": (p) => `${p.flag} 的值 ${quoted(p.seen)} 无效。请写整秒数, 不带单位; -1 表示不限时。`,
  "reserved-label": (p) => `不允许使用容器标签 ${quoted(p.label)}: 以 gantry. 开头的由 Gantry 用来记录版本。请改名。`,
};
