import type { Catalogue } from "../catalogue.ts";

export const frame: Catalogue["frame"] = {
  skip: "跳到正文",
  navigation: "主导航",
  pages: {
    now: "当前",
    orders: "工单",
    history: "历史",
    configuration: "配置",
    administration: "管理",
  },
  shortPages: { now: "当前", orders: "工单", history: "历史", configuration: "配置", administration: "管理" },
  home: "Gantry: 回到首页",
  collapse: "收起导航",
  expand: "展开导航",
  breadcrumb: "当前位置",
  environment: {
    label: "环境",
    all: "全部环境",
    protected: "受保护",
    chosen: (name) => `环境: ${name}`,
  },
  search: {
    open: "搜索",
    title: "搜索工单和提单记录",
    placeholder: "工单名字, 提单编号或参数值",
    orders: "工单",
    requests: "提单记录",
    pages: "页面",
    goToRequest: (id) => `提单 #${id}`,
    nothing: "没有找到。",
    hint: "方向键选择, 回车打开, Esc 关闭",
    results: (count) => `${count} 条结果`,
  },
  language: "语言",
  colourScheme: { label: "配色", light: "浅色", dark: "深色", auto: "跟随系统" },
  user: {
    menu: (name) => `账号 ${name}`,
    account: "账号与安全",
    away: "外出代理",
    signOut: "退出登录",
  },
  notFound: {
    title: "没有这个页面",
    text: "地址可能写错了, 或者它显示的内容已被删除。",
    back: "回到首页",
  },
  forbidden: {
    title: "无权查看",
    text: "您的账号没有此页面的权限, 可请管理员授予。",
  },
  loading: "加载中",
};
