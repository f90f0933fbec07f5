import type { Catalogue } from "../catalogue.ts";

export const variableGroups: Catalogue["variableGroups"] = {
  variables: "表单中的变量",
  variablesHelp: "按表单中显示的顺序。用箭头按钮或 Alt + 方向键移动。",
  add: "添加变量",
  addPlaceholder: "按名字或标签搜索",
  empty: "还没有变量: 表单不需要填写任何内容。",
  up: (name) => `上移 ${name}`,
  down: (name) => `下移 ${name}`,
  remove: (name) => `移除 ${name}`,
  open: (name) => `打开 ${name}`,
  moved: (name, place, of) => `${name} 现在是第 ${place} 个, 共 ${of} 个。`,
  unknown: (id) => `已删除的变量 ${id}`,
  dependsOn: (names) => `依赖 ${names}`,
  missing: (names) => `依赖 ${names}, 但组中没有`,
};
