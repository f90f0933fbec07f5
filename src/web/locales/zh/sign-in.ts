import type { Catalogue } from "../catalogue.ts";

export const signIn: Catalogue["signIn"] = {
  title: "登录",
  name: "账号",
  password: "密码",
  submit: "登录",
  wrong: "账号或密码不正确。",
  lockedOut: "密码错误次数过多",
  lockedOutText: (minutes) => `请${minutes === undefined ? "几" : ` ${minutes} `}分钟后再试, 或请管理员设置新密码。`,
  ended: "会话已结束。重新登录后可继续刚才的页面。",
  change: {
    title: "修改密码",
    oneTime: "您用一次性密码登录, 请先设置自己的密码。",
    current: "当前密码",
    currentOneTime: "一次性密码",
    next: "新密码",
    nextHelp: "至少 10 个字符; 一句话比符号更好记。",
    again: "再次输入新密码",
    differs: "两次输入不一致。",
    submit: "修改密码",
    done: "密码已修改, 您的其他会话已结束。",
    wrong: "这不是您的当前密码。",
    same: "新密码不能与当前密码相同。",
  },
};
