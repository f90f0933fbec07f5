import { describe, expect, it } from "vitest";
import type { FormField } from "../../../contract/requests.ts";
import { fieldsForEdit, sentValues } from "./sent-values.ts";

const field = (name: string, part: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  description: "",
  formType: "text",
  values: "input",
  default: [],
  required: true,
  pattern: "",
  min: 3,
  max: null,
  secret: false,
  dependsOn: [],
  ...part,
});
const fields = [field("reason"), field("token", { secret: true })];

describe("what a form sends", () => {
  it("has no value for an empty text", () => {
    expect(sentValues(fields, { reason: [" "], token: ["x"] }, false)).toEqual({ reason: [], token: ["x"] });
  });

  it("leaves a secret out of an edit that nobody has typed anew", () => {
    expect(sentValues(fields, { reason: ["a"], token: [""] }, true)).toEqual({ reason: ["a"] });
    expect(sentValues(fields, { reason: ["a"], token: ["new"] }, true)).toEqual({ reason: ["a"], token: ["new"] });
    expect(sentValues(fields, { reason: ["a"], token: [] }, false)).toEqual({ reason: ["a"], token: [] });
  });
});

it("only secrets may stay empty when a request is edited", () => {
  const edited = fieldsForEdit(fields, "Empty: as it is.");
  expect(edited.map(({ required, min, description }) => [required, min, description])).toEqual([
    [true, 3, ""],
    [false, null, "Empty: as it is."],
  ]);
});
