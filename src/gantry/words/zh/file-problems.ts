import type { JsonType, SyntaxExpectation } from "../../../adapters/config/problems.ts";
import { textFrom, type FileProblemWords } from "../problem-words.ts";
import { isHidden, jsonEscape, quoted, quotesSlip } from "../shown-values.ts";
import { dockerRun, shellWords } from "./argument-problems.ts";
import { duration, imageReference, serial } from "./value-problems.ts";

const list = (names: readonly string[]): string => names.join("、");
const either = (names: readonly string[]): string => names.join(" 或 ");
const oneOf = (names: readonly string[]): string =>
  names.length < 2 ? list(names) : `${list(names.slice(0, -1))}或${names.at(-1)}`;
const didYouMean = (nearest: string | undefined): string => (nearest === undefined ? "" : `是否想写 ${nearest}?`);
const before = (found: string): string => (found === "" ? "文件末尾" : `${quoted(found)} 之前`);
const butFound = (found: string): string => (found === "" ? "但文件已结束" : `却是 ${quoted(found)}`);

const types: Readonly<Record<JsonType, string>> = {
  string: "字符串",
  number: "数字",
  integer: "整数",
  boolean: "布尔值",
  array: "列表",
  object: "对象",
  null: "空值 (null)",
};

const quotesHint = { add: "请加上双引号。", remove: "请去掉引号。" } as const;

const syntax: Readonly<Record<SyntaxExpectation, (found: string, meant: string) => string>> = {
  comma: (found) => `${before(found)}缺少逗号, 应加在此处。`,
  colon: (found) => `${before(found)}缺少冒号 (键与值之间)。`,
  "quoted-key": (found) => `此处应为带双引号的键, ${butFound(found)}。`,
  value: (found) => `此处应为一个值, ${butFound(found)}。允许: "文本"、5、true、false、null、[...]、{...}。`,
  "closing-brace": (found) => `${before(found)}缺少右花括号 }。`,
  "closing-bracket": (found) => `${before(found)}缺少右方括号 ]。`,
  "closing-quote": (found) => `字符串 ${found} 在本行内没有结束的双引号。请补上。`,
  "comment-end": (found) => `以 ${found} 开始的注释没有结束。请以 */ 结束。`,
  "end-of-file": (found) => `文件应在此处结束, ${butFound(found)}。是否有括号过早关闭?`,
  escape: (found) => String.raw`${found} 不是 JSON 的转义。反斜杠请写成 \\; 允许: \" \\ \/ \b \f \n \r \t \uXXXX。`,
  "escaped-control-character": (found) => `字符串中不能直接写控制字符 ${found}。请写成 ${jsonEscape(found)}。`,
  "plain-json": (found, meant) => `${quoted(found)} 不是 JSON 的写法。请改为${instead[meant] ?? ` ${meant}`}。`,
};

/** 标点单独出现时不易看清。 */
const instead: Readonly<Record<string, string>> = {
  '"': '半角双引号 (")',
  " ": "半角空格",
  ",": "半角逗号 (,)",
  ":": "半角冒号 (:)",
};

/** 配置文件内容的问题; 前面是文件、行、列和路径。 */
export const fileProblems: FileProblemWords = {
  syntax: (p) => syntax[p.expected](p.found, p.meant ?? ""),
  "duplicate-key": (p) =>
    `键 ${quoted(p.key)} 重复, 首次出现在第 ${p.firstLine} 行第 ${p.firstColumn} 列。请删除其中一个或改名。`,
  "empty-file": () => `文件为空。至少应有 {}, 有项目时如: {"demo1": {"DockerImageURL": "..."}}。`,
  "wrong-type": (p) => {
    const seen =
      isHidden(p.seen) || p.seenType === "null" ? "" : ` (${p.seenType === "string" ? quoted(p.seen) : p.seen})`;
    const slip = quotesSlip(p);
    return `值是${types[p.seenType]}${seen}, 应为${oneOf(p.allowed.map((type) => types[type]))}。${slip === undefined ? "" : quotesHint[slip]}`;
  },
  "unknown-key": (p) => {
    if (p.nearest === undefined) return `未知的配置项 ${quoted(p.key)}。此处可用: ${list(p.allowed)}。`;
    const onlyCase = p.nearest.toLowerCase() === p.key.toLowerCase();
    return `未知的配置项 ${quoted(p.key)}。${didYouMean(p.nearest)}${onlyCase ? " 配置项区分大小写。" : ""}`;
  },
  "misplaced-key": (p) =>
    p.belongs === "public"
      ? `${quoted(p.key)} 写在项目中不起作用。请移到 "public" 中。`
      : `${quoted(p.key)} 写在 "public" 中不起作用。请移到各项目中。`,
  "missing-key": (p) => `缺少配置项 ${quoted(p.key)}。请在此处补上。`,
  "not-allowed": (p) =>
    `不允许的值 ${quoted(p.seen)}。${p.nearest === undefined ? "" : `${didYouMean(p.nearest)} `}允许: ${list(p.allowed)}。`,
  "out-of-range": (p) => `${p.seen} 超出范围。允许: ${range(p.minimum, p.maximum)}。`,
  "empty-value": () => "值为空。请填写或删除。",
  "control-character": (p) => `文本中含有控制字符 ${p.character}。请删除它。`,
  duration: ({ problem, autoAllowed }) =>
    textFrom(duration, problem.reason, { ...problem, allowed: [...problem.allowed, ...(autoAllowed ? ["auto"] : [])] }),
  serial: (p) => textFrom(serial, p.problem.reason, p.problem),
  url: (p) =>
    p.problem === "scheme"
      ? `${quoted(p.seen)} 没有以 http:// 或 https:// 开头。正确的写法如 ${either(p.allowed)}。`
      : `${quoted(p.seen)} 不是可用的 URL。正确的写法如 ${either(p.allowed)}。`,
  address: (p) => `${quoted(p.seen)} 不是可访问的地址。正确的写法如 ${either(p.allowed)}。`,
  "no-port": (p) =>
    `${quoted(p.seen)} 没有写端口, DockerRunArg 也没有映射可用的端口。请写明端口 (:8080${p.seen.startsWith("/") ? p.seen : "/health"}), 或用 -p 映射一个。`,
  path: (p) => `${quoted(p.seen)} 不可用: 必须是绝对路径, 且不含空格。正确的写法如 ${either(p.allowed)}。`,
  time: (p) => `${quoted(p.seen)} 不是有效的日期或时间。正确的写法如 ${either(p.allowed)}。`,
  "time-order": (p) => `结束时间 (${quoted(p.to)}) 不晚于开始时间 (${quoted(p.from)})。请修改其中之一。`,
  "project-name": (p) => projectName[p.problem](p.name),
  "image-url": (p) =>
    p.problem === "scheme"
      ? `${quoted(p.seen)} 带有协议, 而镜像名不带协议。请去掉 ${p.seen.split("//", 1)[0] ?? ""}//。`
      : `${quoted(p.seen)} 带有标签或摘要。请去掉: DockerImageURL 之后接项目名, 标签由 -t 指定。`,
  image: (p) =>
    `与项目名拼成的镜像名 ${quoted(p.image)} 无效: ${textFrom(imageReference, p.problem.reason, p.problem)}`,
  "shell-words": ({ path, problem }) => {
    const wantsShell = shellWanted.has(problem.reason) && !path.endsWith("DockerRunArg");
    return `${textFrom(shellWords, problem.reason, problem)}${wantsShell ? "确实需要 shell 时, 请写成 sh -c '...'。" : ""}`;
  },
  "docker-run": (p) => textFrom(dockerRun, p.problem.reason, p.problem),
  "start-first-port": (p) =>
    `Strategy 为 start-first 时新旧版本同时运行, 都要占用主机端口 ${p.port}。请改用 stop-first, 或映射一个可选的端口范围, 如 -p 8080-8081:80。`,
  "drain-without-eureka": () =>
    "Drain.method 为 eureka 时项目必须在 Eureka 中。请设置 AppSpringName 和 EurekaUrl, 或改用 http 或 none。",
  "docker-run-unknown-flag": (p) => `docker run 没有 Gantry 所知的选项 ${p.flag}, 将原样传递。${didYouMean(p.nearest)}`,
  "docker-run-restart-always": () =>
    "--restart=always 会在 Docker 引擎重启时把保留的旧版本也启动起来。请改用 --restart=unless-stopped。",
  "image-url-joins": (p) =>
    `DockerImageURL 没有以 "/" 结尾, 因此镜像名为 ${quoted(p.image)}。如果不是本意, 请补上斜杠。`,
  "no-eureka-url": (p) =>
    `AppSpringName 为 ${quoted(p.appName)}, 但没有 EurekaUrl, 因此该项目将不经过 Eureka 发布。请在 "public" 中设置 EurekaUrl, 或把 AppSpringName 设为 "null"。`,
  "start-first-host-network": () =>
    "Strategy 为 start-first 且使用主机网络时, 新旧版本会同时运行, 不能监听同一端口。否则请改用 stop-first。",
};

/** 只有 shell 能做的事: 命令可以调用 shell, DockerRunArg 不能。 */
const shellWanted: ReadonlySet<string> = new Set(["operator", "command-substitution", "expansion"]);

const projectName = {
  uppercase: (name: string) =>
    `项目名 ${quoted(name)} 含有大写字母, 而镜像名不允许大写。请改名为 ${quoted(name.toLowerCase())}。`,
  characters: (name: string) =>
    `${quoted(name)} 不能作为项目名, 因为镜像和容器都以它命名。只能用小写字母、数字、"."、"_" 和 "-", 且以字母或数字开头。`,
  "too-long": (name: string) => `项目名 ${quoted(name)} 太长, 无法用作容器名。最多 100 个字符。`,
} as const;

function range(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return `不大于 ${maximum}`;
  return maximum === undefined ? `不小于 ${minimum}` : `${minimum} 到 ${maximum}`;
}
