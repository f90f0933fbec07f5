import type {
  InventoryProblem,
  SourceOrigin,
  UnmatchedPart,
  VariableProblem,
  VaultProblem,
} from "../../../adapters/inventory/errors.ts";
import type { InventoryProblemWords, InventoryUseWords } from "../problem-words.ts";
import { firstNames, oneLine, quoted } from "../shown-values.ts";
import { inventoryFileProblems, kinds } from "./inventory-file-problems.ts";

const either = (names: readonly string[]): string => names.join(" 或 ");

const origins: Readonly<Record<SourceOrigin, string>> = {
  option: "由 -i 指定",
  environment: "由 $ANSIBLE_INVENTORY 指定",
  "ansible.cfg": "由 ansible.cfg 指定",
  default: "Ansible 的默认值",
};

const vault: Readonly<Record<VaultProblem, string>> = {
  "no-password":
    "由 Ansible Vault 加密, 但没有密码。请在 $ANSIBLE_VAULT_PASSWORD_FILE 或 ansible.cfg 的 vault_password_file 中指定密码文件。",
  "wrong-password":
    "由 Ansible Vault 加密, 已知的密码都无法解密。请检查 $ANSIBLE_VAULT_PASSWORD_FILE、$ANSIBLE_VAULT_IDENTITY_LIST 和 ansible.cfg 指定的文件。",
  damaged: "由 Ansible Vault 加密, 但内容已损坏。请用 ansible-vault 重新加密。",
  "password-file":
    "无法解密: 某个 Vault 密码文件不存在、为空、不可读, 或是执行失败的程序。请检查 $ANSIBLE_VAULT_PASSWORD_FILE、$ANSIBLE_VAULT_IDENTITY_LIST 和 ansible.cfg。",
};

const variables: Readonly<Record<VariableProblem, (text: string) => string>> = {
  template: (text) => `${text} 是模板, Gantry 只能替换 {{ name }}。请直接写值。`,
  undefined: (text) => `${text} 引用了该主机没有的变量。请定义它, 或直接写值。`,
  "template-loop": (text) => `${text} 循环引用了自身。请直接写值。`,
  "not-text": (text) => `${text} 不是文本。请加引号, 或改正。`,
  "not-a-port": (text) => `${text} 不是有效的端口。允许: 1 到 65535。`,
  "not-a-boolean": (text) => `${text} 既不是 yes 也不是 no。允许: yes、no、true、false。`,
  quoting: (text) => `${text} 中有未闭合的引号, 或以反斜杠结尾。请补上或删除。`,
  connection: (text) => `Gantry 不支持连接方式 ${text}。允许: ssh、local。`,
  "become-method": (text) => `Gantry 不支持提权方式 ${text}。允许: sudo。`,
};

type Pattern = Extract<InventoryProblem, { readonly reason: "inventory-pattern" }>;

const patterns: Readonly<Record<Pattern["problem"], (part: string) => string>> = {
  empty: (part) => `${part} 没有写名称。请写出主机或组, all 表示所有主机。`,
  brackets: () => "方括号不成对。允许的写法: web[0]、web[0:2]、web[1:]。",
  "regular-expression": (part) => `${part} 不是有效的正则表达式。请改正 ~ 后面的部分。`,
  subscript: (part) => `${part} 的位置不存在。允许的写法: web[0]、web[0:2]、web[1:]。`,
};

function unmatched({ part, near }: UnmatchedPart): string {
  return `${quoted(part)} 不匹配任何主机或组。${near.length === 0 ? "" : `是否想写 ${either(near)}? `}`;
}

function sourceList(sources: readonly string[]): string {
  const { shown, more } = firstNames(sources);
  return shown.length === 0 ? "" : ` (${shown.join("、")}${more > 0 ? ` 等 ${sources.length} 个` : ""}) `;
}

/** 查找、执行、打开或使用主机清单时的问题。 */
const use: InventoryUseWords = {
  "inventory-missing": (p) => `主机清单 ${p.source} 不存在 (${origins[p.origin]})。请改正路径, 或用 -i 指定其他清单。`,
  "inventory-unreadable": (p) =>
    `无法读取主机清单文件 ${p.file}: ${oneLine(p.detail)}。请确认它是文件, 且当前用户可读。`,
  "inventory-empty-directory": (p) =>
    `主机清单目录 ${p.directory} 中没有 Ansible 会读取的文件。请放入文件, 或用 -i 指定其他清单。`,
  "inventory-needs-ansible": (p) =>
    `${p.file} ${{ script: "是程序", plugin: `使用清单插件${p.name === undefined ? "" : ` ${p.name}`}`, toml: "是 TOML" }[p.kind]}, 只有 Ansible 能读取。请在本机安装 Ansible, 且不要使用 --reader builtin。`,
  "inventory-program-missing": (p) => `本机没有安装 ${p.program}。请安装 Ansible, 或使用 --reader builtin。`,
  "inventory-program-failed": (p) =>
    `${p.program} 失败 (${p.exitCode === undefined ? "没有退出码" : `退出码 ${p.exitCode}`}): ${oneLine(p.detail)}。请先解决, 或使用 --reader builtin。`,
  "inventory-program-deadline": (p) =>
    `${p.program} 在 ${p.seconds} 秒内没有应答。请手动执行看它在等什么, 或使用 --reader builtin。`,
  "inventory-program-output": (p) =>
    `${p.program} 输出的不是主机清单: ${oneLine(p.detail)}。请手动执行看它输出什么, 或使用 --reader builtin。`,
  "inventory-variables-file": (p) =>
    `${p.file} 必须是字典 (形如 "name: value" 的行), 现在是${kinds[p.found] ?? ` ${p.found}`}。请改写。`,
  "inventory-vault": (p) => {
    const file = p.file ?? "";
    const ofHost = p.host === undefined ? "" : `主机 ${p.host} 的`;
    const variable = p.variable === undefined ? undefined : `${ofHost}变量 ${p.variable}`;
    const what = variable === undefined ? file : `${variable}${file === "" ? "" : ` (${file})`}`;
    return `${what === "" ? "某个值" : `${what} `}${vault[p.problem]}`;
  },
  "inventory-variable": (p) => `主机 ${p.host} 的 ${p.variable}: ${variables[p.problem](quoted(p.text))}`,
  "inventory-pattern": (p) => `主机匹配模式 ${quoted(p.pattern)}: ${patterns[p.problem](quoted(p.part))}`,
  "inventory-no-match": (p) => {
    const from = sourceList(p.sources);
    if (p.hosts === 0) {
      return `没有主机匹配 ${quoted(p.pattern)}: 主机清单${from}中没有主机。请用 -i 指定其他清单, 或添加主机。`;
    }
    const why =
      p.unmatched.length > 0
        ? p.unmatched.map(unmatched).join("")
        : /[&!]/.test(p.pattern)
          ? "各部分组合后没有剩下主机, 请检查 & 和 !。"
          : "所指的组中没有主机。";
    return `没有主机匹配 ${quoted(p.pattern)}。${why}主机清单${from}中有 ${p.hosts} 台主机: gantry inventory --list。`;
  },
  "inventory-unknown-host": (p) =>
    `主机清单中没有主机 ${quoted(p.host)}。${p.near.length === 0 ? "gantry inventory --list 可列出所有主机。" : `是否想用 ${either(p.near)}?`}`,
};

/** 所有主机清单问题的中文说明。 */
export const inventoryProblems: InventoryProblemWords = {
  warning: "警告:",
  inventory: { ...inventoryFileProblems, ...use },
  unmatched,
};
