import { expect, test } from "vitest";
import { nearNames } from "./near-names.ts";

const names = ["web01", "web02", "db01", "production", "prod-eu", "主机1"];

test.each([
  ["wbe01", ["web01"]],
  ["WEB01", ["web01", "web02"]],
  ["web", ["web01", "web02"]],
  ["prod", ["prod-eu", "production"]],
  ["主机2", ["主机1"]],
  ["nothing", []],
])("%s was likely meant as %j", (name, expected) => {
  expect(nearNames(name, names)).toEqual(expected);
});
