import { expect, it } from "vitest";
import { changesIn, restOf, shown } from "./event-data.ts";

it("finds the fields that differ, also those that came or went", () => {
  const data = {
    before: { role: "submitter", groups: [1], note: "x" },
    after: { role: "auditor", groups: [1], to: 2 },
  };
  expect(changesIn(data)).toEqual([
    { path: "role", before: "submitter", after: "auditor" },
    { path: "note", before: "x", after: undefined },
    { path: "to", before: undefined, after: 2 },
  ]);
  expect(restOf({ ...data, reason: "asked for" })).toEqual([["reason", "asked for"]]);
});

it("leaves data that compares nothing as it is", () => {
  expect(changesIn({ before: "votes", after: { x: 1 } })).toEqual([]);
  expect(restOf({ before: "votes", version: 3 })).toEqual([
    ["before", "votes"],
    ["version", 3],
  ]);
});

it("shows lists with commas, and what is nested as JSON", () => {
  expect([shown(undefined), shown(null), shown(["a", 2]), shown(true), shown({ a: 1 })]).toEqual([
    "",
    "",
    "a, 2",
    "true",
    '{\n  "a": 1\n}',
  ]);
});
