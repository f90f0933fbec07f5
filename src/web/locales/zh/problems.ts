import type { Catalogue } from "../catalogue.ts";

export const problems: Catalogue["problems"] = {
  types: {
    invalid: "有内容需要更正",
    "not-found": "不存在, 或您无权查看",
    forbidden: "您的账号无权这样做",
    changed: "其他人已修改了它",
    "in-use": "它仍在被使用",
    "too-large": "内容太大",
    "too-many-requests": "尝试次数过多, 请稍候一分钟",
    "database-unavailable": "数据库暂时没有应答。没有任何改动, 请几秒后重试。",
    bug: "这是 Gantry 的缺陷, 请附上请求编号反馈。",
  },
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
  fieldRules: {
    "address format": "请填写主机名或 IP 地址。",
    "user format": "请填写不含空格的用户名。",
    "formType does-not-fit": "文本由用户输入, 选项供用户选择: 这个表单类型与取值方法不符。",
    "min too-large": "最少不能大于最多。",
    "pattern format": "这不是正则表达式。",
    "secret does-not-fit": "只有用户输入的值可以保密。",
    "default does-not-fit": "保密的值没有默认值: 否则在这里就能看到。",
    "source.command one-line": "只能填写一行命令。",
    "variables twice": "有变量或变量名在组中出现了两次。",
    "variables cycle": "有些变量互相依赖, 无法先获取其中任何一个。",
  },
  rules: {
    required: "不能为空。",
    tooShort: (limit) => `至少 ${limit} 个字符。`,
    tooLong: (limit) => `最多 ${limit} 个字符。`,
    tooSmall: (limit) => `不能小于 ${limit}。`,
    tooLarge: (limit) => `不能大于 ${limit}。`,
    tooFew: (limit) => `至少 ${limit} 个值。`,
    tooMany: (limit) => `最多 ${limit} 个值。`,
    nameForm: "含有不允许的字符。",
    taken: "这个名字已被使用。",
    unknown: "它不存在 (或已被删除)。",
  },
};
