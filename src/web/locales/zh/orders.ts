import type { Catalogue } from "../catalogue.ts";

export const orders: Catalogue["orders"] = {
  title: "工单",
  filter: "筛选工单",
  filterHint: "名字、分类或描述的一部分; 回车打开第一个",
  favourites: "收藏",
  noCategory: "其他",
  addFavourite: (name) => `收藏 ${name}`,
  removeFavourite: (name) => `取消收藏 ${name}`,
  last: "最近",
  never: "尚未提单",
  environment: "环境",
  all: "全部",
  nothing: "没有匹配的工单",
  nothingText: "换一个词, 或在上方选择其他环境。",
  none: "没有您可以提单的工单",
  noneText: "管理员在“配置”中定义工单, 并指定哪些用户组可以提单。",
  define: "定义工单",
  clear: "清除筛选",
  found: (count) => `${count} 个工单`,
};
