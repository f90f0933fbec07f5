import { expect, it } from "vitest";
import { readRunProblem } from "./run-problem.ts";

it.each([
  ["timeout", { reason: "timeout", detail: "" }],
  ["host-key-changed: another one\nsecond line", { reason: "host-key-changed", detail: "another one\nsecond line" }],
  ["It is in words", { reason: "", detail: "It is in words" }],
])("reads %j", (problem, read) => {
  expect(readRunProblem(problem)).toEqual(read);
});
