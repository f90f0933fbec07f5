import type { Catalogue } from "../catalogue.ts";

export const freezeWindows: Catalogue["freezeWindows"] = {
  nameHelp: "与原因一起显示给被拒绝的人。",
  reason: "原因",
  reasonHelp: "为什么不能执行, 以及可以联系谁。",
  active: "激活",
  activeHelp: "未激活的窗口不起作用。",
  when: "时间",
  kinds: { range: "一次, 从某时到某时", cron: "周期重复" },
  from: "开始",
  to: "结束",
  zone: (zone) => `时间按 ${zone} 时区。`,
  endsBefore: "结束时间必须晚于开始时间。",
  timeNeeded: "请填写日期和时间。",
  cron: "开始于",
  cronHelp: "五段 cron 表达式: 分, 时, 日, 月, 星期。“0 18 * * 5” 表示每周五 18:00。",
  timeZone: "时区",
  minutes: "持续",
  minutesUnit: "分钟",
  lasting: (duration) => `即 ${duration}。`,
  next: "接下来的时间",
  nextNone: "已经结束, 或不会开始。",
  hoursAndMinutes: (hours, minutes) =>
    [...(hours > 0 ? [`${hours} 小时`] : []), ...(minutes > 0 ? [`${minutes} 分钟`] : [])].join(" "),
};
