import { expect, test } from "vitest";
import { dependsOn } from "./depends-on.ts";
import { sameJson } from "./draft.ts";

test("two definitions are the same whatever the order of their fields, but not of their lists", () => {
  expect(sameJson({ a: 1, b: { c: [1, 2], d: null } }, { b: { d: null, c: [1, 2] }, a: 1 })).toBe(true);
  expect(sameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  expect(sameJson({ a: null }, {})).toBe(false);
});

test("a source depends on the variables in its braces, each once, and never on those of the system", () => {
  expect(dependsOn({ kind: "script", command: "x -e {sk__env} -p {group1} {group1} {{text}}", timeout: 5 })).toEqual([
    "group1",
  ]);
  expect(dependsOn({ kind: "tags", project: "{项目}", limit: 5 })).toEqual(["项目"]);
  expect(dependsOn({ kind: "list", values: ["{group1}"] })).toEqual([]);
});
