import type { Catalogue } from "../catalogue.ts";

export const states: Catalogue["states"] = {
  waiting: "待审核",
  approved: "审核通过",
  scheduled: "已定时",
  queued: "排队中",
  starting: "启动中",
  running: "运行中",
  unreachable: "无法连接",
  succeeded: "成功",
  failed: "失败",
  stopped: "已停止",
  lost: "失联",
  rejected: "已驳回",
  revoked: "已撤回",
  expired: "已过期",
  refused: "已拒绝",
};
