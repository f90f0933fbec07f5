import type { Catalogue } from "../catalogue.ts";

export const definitionFiles: Catalogue["definitionFiles"] = {
  title: "导出和导入",
  about: "把全部配置导出为一个 YAML 文件: 用 Git 管理, 或迁移到另一个控制台。文件中不含机密; 导入时机密保持不变。",
  export: "导出",
  exportHelp: "下载 gantry-definitions.yaml, 不含取默认值的字段。",
  import: "导入",
  importHelp:
    "与导出格式相同的 YAML, 或 skstack 的 manage.py dumpdata 的输出。同名的内容有差异时修改, 没有的新建, 不删除任何内容。全部导入或全部不导入。",
  text: "文件内容",
  choose: "选择文件…",
  dryRun: "查看将有哪些变更",
  apply: (count) => `导入 ${count} 处变更`,
  nothing: "没有变更。",
  applied: (count) => `已导入 ${count} 项配置。`,
  problems: (count) => `${count} 个问题: 不能导入。`,
  line: (line) => `第 ${line} 行`,
  outcomes: { created: "新建", changed: "修改", unchanged: "不变" },
  unchanged: (count) => `${count} 项不变`,
  userGroup: "用户组",
};
