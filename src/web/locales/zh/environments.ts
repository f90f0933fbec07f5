import type { Catalogue } from "../catalogue.ts";

export const environments: Catalogue["environments"] = {
  nameHelp: "也是配置文件 <名字>_conf.json 的名字。字母, 数字, “_”, “.” 和 “-”。",
  colour: "颜色",
  colourHelp: "该环境的每个页面顶部都有一条此颜色的细线。",
  colours: {
    gray: "灰",
    red: "红",
    pink: "粉",
    grape: "紫",
    violet: "蓝紫",
    blue: "蓝",
    cyan: "青",
    teal: "蓝绿",
    green: "绿",
    yellow: "黄",
    orange: "橙",
  },
  protected: "受保护",
  protectedHelp: "无论选什么颜色, 细线都是红色, 以免与其他环境混淆。",
};
