import { expect, test } from "vitest";
import { kindOfSlug, paths } from "./paths.ts";

test("addresses hold only what was given", () => {
  expect(paths.order(3)).toBe("/orders/3");
  expect(paths.order(3, { from: 12 })).toBe("/orders/3?from=12");
  expect(paths.history({ state: "failed", text: "a&b", by: "" })).toBe("/history?state=failed&text=a%26b");
  expect(paths.definition("config_centre", 2)).toBe("/configuration/config-centres/2");
  expect(paths.signIn("/")).toBe("/sign-in");
  expect(paths.signIn("/requests/4?x=1", true)).toBe("/sign-in?return=%2Frequests%2F4%3Fx%3D1&ended=1");
});

test("a word in a URL names a kind, or none", () => {
  expect(kindOfSlug("work-orders")).toBe("work_order");
  expect(kindOfSlug("nonsense")).toBeUndefined();
});
