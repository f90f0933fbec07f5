import type { Catalogue } from "../catalogue.ts";

export const notificationChannels: Catalogue["notificationChannels"] = {
  active: "激活",
  kind: "类型",
  language: "语言",
  url: "Webhook 地址",
  secret: "签名密钥",
  host: "SMTP 服务器",
  port: "端口",
  security: "加密方式",
  user: "用户",
  password: "密码",
  from: "发件人",
  to: "收件人",
};
