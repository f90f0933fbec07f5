import type { RequestState } from "../../contract/states.ts";

export interface CsvWords {
  readonly columns: (zone: string) => string[];
  readonly states: Readonly<Record<RequestState, string>>;
  /** The last line of a file that has not everything. */
  readonly cut: (rows: number) => string;
}

/** What a CSV file of requests says besides the data. */
export const csvWords: Readonly<Record<"en" | "zh", CsvWords>> = {
  en: {
    columns: (zone) => [
      "Request",
      "Work order",
      "Environment",
      "Category",
      "State",
      "Submitted by",
      `Submitted (${zone})`,
      `Scheduled (${zone})`,
      `Started (${zone})`,
      `Ended (${zone})`,
      "Seconds",
      "Values",
    ],
    states: {
      waiting: "waiting for approval",
      approved: "approved",
      scheduled: "scheduled",
      queued: "queued",
      running: "running",
      succeeded: "succeeded",
      failed: "failed",
      stopped: "stopped",
      lost: "lost",
      rejected: "rejected",
      revoked: "taken back",
      expired: "expired",
      refused: "refused",
    },
    cut: (rows) => `Only the newest ${rows} requests are here: narrow the filters to get the others.`,
  },
  zh: {
    columns: (zone) => [
      "提单记录",
      "工单",
      "环境",
      "分类",
      "状态",
      "提单人",
      `提单时间 (${zone})`,
      `定时 (${zone})`,
      `开始时间 (${zone})`,
      `结束时间 (${zone})`,
      "耗时 (秒)",
      "变量值",
    ],
    states: {
      waiting: "待审核",
      approved: "审核通过",
      scheduled: "已定时",
      queued: "排队中",
      running: "运行中",
      succeeded: "成功",
      failed: "失败",
      stopped: "已停止",
      lost: "失联",
      rejected: "已驳回",
      revoked: "已撤回",
      expired: "已过期",
      refused: "已拒绝",
    },
    cut: (rows) => `此处只有最新的 ${rows} 条提单记录; 请缩小筛选范围以获取其余记录。`,
  },
};
