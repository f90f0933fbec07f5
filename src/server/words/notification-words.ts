import type { NotificationEvent } from "../../contract/notification-channel.ts";

interface NotificationWords {
  readonly events: Readonly<Record<NotificationEvent, string>>;
  readonly title: (event: string, order: string, environment: string, values: string) => string;
  readonly environment: string;
  readonly by: string;
  readonly values: string;
  readonly note: string;
  readonly reason: string;
  readonly level: string;
  readonly duration: string;
  readonly scheduledAt: string;
  readonly breakGlass: string;
  readonly open: (request: number) => string;
  readonly decide: (request: number) => string;
  readonly seconds: (seconds: number) => string;
  readonly test: { readonly title: string; readonly fact: readonly [string, string]; readonly open: string };
}

export const NOTIFICATION_WORDS: Readonly<Record<"en" | "zh", NotificationWords>> = {
  en: {
    events: {
      waiting: "⏳ Waiting for approval",
      approved: "✔ Approved",
      refused: "✖ Not to run",
      started: "▶ Started",
      succeeded: "✔ Succeeded",
      failed: "✖ Failed",
    },
    title: (event, order, environment, values) => `${event}: ${order} (${environment}) ${values}`.trim(),
    environment: "Environment",
    by: "Submitted by",
    values: "Values",
    note: "Note",
    reason: "Reason",
    level: "Level",
    duration: "Took",
    scheduledAt: "Scheduled for",
    breakGlass: "In spite of a freeze window",
    open: (request) => `Open request ${request}`,
    decide: (request) => `Look at request ${request} and decide`,
    seconds: (seconds) => (seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`),
    test: {
      title: "Gantry: a test message",
      fact: ["This channel works", "nothing has happened; somebody has pressed Test"],
      open: "Open the console",
    },
  },
  zh: {
    events: {
      waiting: "⏳ 等待审核",
      approved: "✔ 审核通过",
      refused: "✖ 不再执行",
      started: "▶ 开始执行",
      succeeded: "✔ 执行成功",
      failed: "✖ 执行失败",
    },
    title: (event, order, environment, values) => `${event}: ${order} (${environment}) ${values}`.trim(),
    environment: "环境",
    by: "提单人",
    values: "参数",
    note: "备注",
    reason: "原因",
    level: "审核级别",
    duration: "用时",
    scheduledAt: "计划执行时间",
    breakGlass: "封网期间紧急放行",
    open: (request) => `查看提单 ${request}`,
    decide: (request) => `查看并审核提单 ${request}`,
    seconds: (seconds) => (seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`),
    test: { title: "Gantry: 测试消息", fact: ["渠道可用", "没有发生任何事; 有人点击了测试"], open: "打开控制台" },
  },
};
