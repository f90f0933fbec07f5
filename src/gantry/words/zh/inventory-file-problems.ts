import type { YamlSyntaxProblem, NameProblem } from "../../../adapters/inventory/errors.ts";
import type { HostRangeProblem } from "../../../adapters/inventory/host-range.ts";
import type { LiteralProblem } from "../../../adapters/inventory/python-literal.ts";
import type { InventoryFileProblem, InventoryFileWords } from "../problem-words.ts";
import { isHidden, oneLine, quoted, shortened } from "../shown-values.ts";

const didYouMean = (near: readonly string[]): string => (near.length === 0 ? "" : `是否想写 ${near.join(" 或 ")}? `);
const shown = (text: string): string => (isHidden(text) ? "某段内容 (可能是密码, 不显示)" : quoted(shortened(text)));

/** 主机清单适配器所称的值类型。 */
export const kinds: Readonly<Record<string, string>> = {
  null: "空值",
  boolean: "布尔值",
  integer: "整数",
  float: "数字",
  list: "列表",
  dictionary: "字典",
  string: "文本",
};

type Structure = Extract<InventoryFileProblem, { readonly reason: "inventory-structure" }>;

const structures: Readonly<Record<Structure["what"], (name: string) => string>> = {
  file: () => "整个文件",
  group: (name) => `组 ${quoted(name)} `,
  vars: (name) => `组 ${quoted(name)} 的 vars `,
  children: (name) => `组 ${quoted(name)} 的 children `,
  hosts: (name) => `组 ${quoted(name)} 的 hosts `,
  host: (name) => `主机 ${quoted(name)} `,
};

const yaml: Readonly<Record<YamlSyntaxProblem, (detail: string) => string>> = {
  syntax: (detail) => `不是有效的 YAML${detail === "" ? "" : ` (${oneLine(detail)})`}。请检查缩进、冒号、括号和引号。`,
  template: () => `{{ }} 不加引号时, YAML 会当作字典。请给整个值加引号: "{{ name }}"。`,
  tab: () => "此行用制表符缩进, YAML 不允许。请改用空格。",
  alias: (detail) => alias(detail),
  tag: (detail) => `Ansible 无法识别此处的 ${quoted(detail)}。如果是文本, 请加引号。`,
  date: (detail) => `${quoted(detail)} 不是存在的日期或时间。如果是文本, 请加引号。`,
  key: () => "列表或字典不能作为键。如果键是文本, 请加引号。",
  merge: () => "<< 只能合并字典。请用锚点引用一个字典: <<: *defaults。",
  documents: () => "此处开始了第二个 YAML 文档, 而 Ansible 只读一个。请删除 ---, 或拆成单独的文件。",
};

function alias(detail: string): string {
  if (detail.startsWith("*")) return `${detail} 引用的锚点不存在。请在它之前定义 &${detail.slice(1)}。`;
  if (detail.startsWith("&")) return `锚点 ${detail} 重复。请将其中一个改名。`;
  return "此处引用了它自身所在的值。请直接写出值。";
}

const literals: Readonly<Record<LiteralProblem, string>> = {
  unhashable: "用列表、集合或字典作为键或集合的元素, Python 不允许",
  key: "含有既不是文本也不是数字的键",
};

const names: Readonly<Record<NameProblem, (text: string) => string>> = {
  empty: (text) => `${quoted(text)} 的名称为空。请写出主机名或组名。`,
  colon: (text) => `${quoted(text)} 有冒号却没有端口。请去掉冒号; 如果文件是 YAML, 文件名应以 .yml 结尾。`,
  "yaml-marker": (text) => `${quoted(text)} 是 YAML 的开头, 但该文件按 INI 读取。文件名应以 .yml 结尾。`,
  "not-text": (text) => `YAML 不把 ${quoted(text)} 当作文本, 而名称必须是文本。请加引号。`,
};

const ranges: Readonly<Record<HostRangeProblem, string>> = {
  form: "不是有效的范围",
  "no-end": "的范围没有终点",
  width: "的范围两端位数不同",
  order: "的范围终点在起点之前",
  "not-a-number": "的范围两端既不是整数也不是单个字母",
  "zero-step": "的范围步长为 0",
  "too-many": "的范围包含过多主机",
};

/** 主机清单、变量文件或 ansible.cfg 内容的问题; 前面是文件和行。 */
export const inventoryFileProblems: InventoryFileWords = {
  "inventory-config": (p) =>
    `${shown(p.text)} 不是 ansible.cfg 的写法。允许: [section], 以及其下的 name = value, 每项只写一次。`,
  "inventory-encoding": () => "此行不是 UTF-8 编码。请将文件另存为 UTF-8, 例如: iconv -f GB18030 -t UTF-8。",
  "inventory-section": (p) => `${shown(p.text)} 不是有效的段。允许: [group]、[group:children]、[group:vars]。`,
  "inventory-section-kind": (p) =>
    `${quoted(`[${p.group}:${p.kind}]`)} 不是有效的段。${didYouMean(p.near.map((kind) => `[${p.group}:${kind}]`))}允许: [${p.group}]、[${p.group}:children]、[${p.group}:vars]。`,
  "inventory-undefined-group": (p) =>
    p.section === "vars"
      ? `有 [${p.group}:vars], 却没有组 ${quoted(p.group)}。${didYouMean(p.near)}请添加 [${p.group}], 或改正名称。`
      : `[${p.parent ?? ""}:children] 中的组 ${quoted(p.group)} 不存在。${didYouMean(p.near)}请添加 [${p.group}], 或改正名称。`,
  "inventory-group-name": (p) => `${shown(p.text)} 不能作为组名。请每行写一个名称, 不含空格和冒号。`,
  "inventory-assignment": (p) =>
    p.section === "hosts"
      ? `${shown(p.text)} 跟在主机后面, 但不是变量。请写成 name=value, "=" 两侧不留空格, 且每行只写一台主机。`
      : `${shown(p.text)} 没有设置变量。请写成 name=value。`,
  "inventory-quoting": (p) =>
    p.problem === "quote"
      ? `${shown(p.text)} 中有引号没有闭合。请补上。`
      : `${shown(p.text)} 中有反斜杠后面没有字符。请删除它, 或写成两个。`,
  "inventory-literal": (p) => `${p.name} 的值${literals[p.problem]}。如果是文本, 请整个放在双引号中。`,
  "inventory-yaml": (p) => yaml[p.problem](p.detail),
  "inventory-structure": (p) =>
    `${structures[p.what](p.name)}必须是字典 (形如 "name:" 或 "name: value" 的行), 现在是${kinds[p.found] ?? ` ${p.found}`}。请改写。`,
  "inventory-unexpected-key": (p) =>
    `${quoted(p.key)} 在组 ${quoted(p.group)} 中不起作用, Ansible 会忽略它。${didYouMean(p.near)}允许: hosts、children、vars。`,
  "inventory-name": (p) => names[p.problem](p.text),
  "inventory-range": (p) =>
    `${quoted(p.text)} ${ranges[p.problem]}。正确的写法如 web[1:9]、web[01:12]、web[0:10:2] 或 web[a:f]。`,
  "inventory-loop": (p) =>
    p.group === p.child
      ? `组 ${quoted(p.group)} 不能是自己的子组。请在此处删除。`
      : `组 ${quoted(p.child)} 不能是 ${quoted(p.group)} 的子组, 因为 ${quoted(p.group)} 已在它之下。请删除其中一处。`,
  "inventory-priority": (p) =>
    `组 ${quoted(p.group)} 的 ansible_group_priority ${p.text === "" ? "不是数字" : `为 ${quoted(p.text)}`}。允许: 整数。`,
};
