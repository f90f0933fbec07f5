import type { Catalogue } from "../catalogue.ts";

export const general: Catalogue["general"] = {
  save: "保存",
  cancel: "取消",
  close: "关闭",
  delete: "删除",
  copy: "复制",
  copied: "已复制",
  retry: "重试",
  yes: "是",
  no: "否",
  requestId: "请求编号",
  never: "从未",
  clear: "清除",
  by: (name) => `由 ${name}`,
  filters: {
    toggle: (active) => (active === 0 ? "筛选" : `筛选 (${active})`),
    clear: "清除筛选",
  },
  unsaved: {
    title: "不保存就离开?",
    text: "此页面上的修改尚未保存。",
    stay: "留在这里",
    leave: "离开并放弃修改",
  },
};
