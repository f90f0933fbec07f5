import type { Catalogue } from "../catalogue.ts";

export const request: Catalogue["request"] = {
  title: "提单记录",
};
