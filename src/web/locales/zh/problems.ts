import type { Catalogue } from "../catalogue.ts";

export const problems: Catalogue["problems"] = {
  network: {
    title: "无法连接服务器",
    text: "就此页面所知, 没有任何改动。请检查网络后重试。",
  },
  timeout: {
    title: "服务器没有及时应答",
    text: "它可能仍在处理。重复修改之前请先刷新查看。",
  },
  broken: {
    title: "此页面出错了",
    text: "这是 Gantry 的缺陷, 与您的操作无关。请重新加载; 如果再次出现, 请附上下面的文字反馈。",
    reload: "重新加载",
  },
  http: (status) => `服务器应答 HTTP ${status}`,
  seeFields: (count) => `有 ${count} 个字段需要更正。`,
  rules: {
    required: "不能为空。",
    tooShort: (limit) => `至少 ${limit} 个字符。`,
    tooLong: (limit) => `最多 ${limit} 个字符。`,
    tooSmall: (limit) => `不能小于 ${limit}。`,
    tooLarge: (limit) => `不能大于 ${limit}。`,
    tooFew: (limit) => `至少 ${limit} 个值。`,
    tooMany: (limit) => `最多 ${limit} 个值。`,
    nameForm: "只能用字母, 数字, “_”, “.” 和 “-”, 并以字母或数字开头。",
    taken: "这个名字已被使用。",
  },
};
