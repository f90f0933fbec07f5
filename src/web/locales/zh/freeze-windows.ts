import type { Catalogue } from "../catalogue.ts";

export const freezeWindows: Catalogue["freezeWindows"] = {
  reason: "原因",
  active: "激活",
  when: "时间",
};
