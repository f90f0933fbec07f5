import type { Catalogue } from "../catalogue.ts";

export const roles: Catalogue["roles"] = {
  builtIn: {
    administrator: { name: "管理员", help: "全部权限: 配置, 账号, 所有工单。" },
    maintainer: { name: "维护员", help: "配置, 提交并查看所有内容, 但不管理账号。" },
    submitter: { name: "提单人", help: "按用户组和工单的设置提单和审核。" },
    auditor: { name: "审计员", help: "查看所有提单记录和审计, 不能修改。" },
  },
};
