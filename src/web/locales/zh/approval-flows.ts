import type { Catalogue } from "../catalogue.ts";

export const approvalFlows: Catalogue["approvalFlows"] = {
  levels: "审核级别",
  selfApproval: "提单人可以审核自己的提单",
  distinctPeople: "同一人不能审核两级",
  expiryHours: "过期时间 (小时)",
};
