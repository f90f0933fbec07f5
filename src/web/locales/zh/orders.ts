import type { Catalogue } from "../catalogue.ts";

export const orders: Catalogue["orders"] = {
  title: "工单",
};
