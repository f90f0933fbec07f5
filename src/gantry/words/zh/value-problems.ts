import { quoted } from "../shown-values.ts";
import type { ProblemWords } from "../problem-words.ts";

const list = (forms: readonly string[]): string => forms.join("、");

/** 时长, 如 `Drain.wait` 和 `-w`。 */
export const duration: ProblemWords["duration"] = {
  empty: (p) => `时长为空。允许的写法: ${list(p.allowed)} (不带单位的数字以秒计)。`,
  format: (p) => `${quoted(p.seen)} 不是有效的时长。允许的写法: ${list(p.allowed)} (不带单位的数字以秒计)。`,
  "too-long": (p) => `时长 ${quoted(p.seen)} 太长。最长为 20d。`,
};

/** 每批主机数, 如 `Serial` 和 `-s`。 */
export const serial: ProblemWords["serial"] = {
  empty: (p) => `每批主机数为空。允许的写法: ${list(p.allowed.map(quoted))}。`,
  format: (p) => `${quoted(p.seen)} 不是有效的每批主机数。允许的写法: ${list(p.allowed.map(quoted))}。`,
  zero: (p) => `每批主机数不能为 ${quoted(p.seen)}。要一次发布全部主机, 请写 "100%"。`,
  "percent-range": (p) => `${quoted(p.seen)} 超出范围。允许: "1%" 到 "100%"。`,
};

/** 镜像名的各部分, 由 `DockerImageURL` 和 `-t` 组成。 */
export const imageReference: ProblemWords["imageReference"] = {
  empty: () => "镜像标签为空。请指定一个, 例如 latest。",
  tag: (p) =>
    `${quoted(p.seen)} 不是有效的镜像标签。只能用字母、数字、"_"、"." 和 "-", 最多 128 个字符, 且不能以 "." 或 "-" 开头。`,
  digest: (p) => `${quoted(p.seen)} 不是有效的摘要。格式为 "sha256:" 加 64 位十六进制数 (0-9、a-f)。`,
  repository: (p) =>
    `${p.seen === "" ? "其中有空的一段" : `其中不能有 ${quoted(p.seen)}`}。斜杠之间只能用小写字母和数字, 中间可用 "."、"_"、"__" 或 "-" 连接。`,
  registry: (p) =>
    `${quoted(p.seen)} 不是有效的镜像仓库地址。正确的写法如 registry.example.com 或 registry.example.com:5000。`,
  uppercase: (p) => `${quoted(p.seen)} 含有大写字母。请写成 ${quoted(p.seen.toLowerCase())}。`,
  "too-long": (p) => `${quoted(p.seen)} 太长。镜像仓库地址之后最多 255 个字符。`,
};
