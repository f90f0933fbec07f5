import type { Catalogue } from "../catalogue.ts";

export const order: Catalogue["order"] = {
  title: "工单",
};
