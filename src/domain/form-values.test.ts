import { describe, expect, it } from "vitest";
import { checkValues, valuesGiven, type FormInput } from "./form-values.ts";

function input(change: Partial<FormInput>): FormInput {
  const plain = { name: "v", formType: "text", values: "input", required: true, pattern: "", min: null, max: null };
  return { ...plain, ...change } as FormInput;
}

const select = input({ formType: "select", values: "options" });
const several = input({ formType: "checkboxes", values: "options" });

/** The rules that the values of one input break, with their limits. */
function rules(form: FormInput, values: readonly string[] | undefined, options?: readonly string[]): readonly string[] {
  const given = options === undefined ? new Map() : new Map([["v", options]]);
  return checkValues([form], values === undefined ? {} : { v: values }, given).map(({ field, rule, limit }) => {
    expect(field).toBe("v");
    return limit === undefined ? rule : `${rule} ${limit}`;
  });
}

describe("a text", () => {
  it.each([
    [{}, ["a"], []],
    [{}, undefined, ["required"]],
    [{}, [], ["required"]],
    [{}, [""], ["required"]],
    [{}, [" \t"], ["required"]],
    [{ required: false, min: 3, pattern: "x+" }, [""], []],
    [{ required: false, min: 3, pattern: "x+" }, ["ab"], ["too-short 3", "pattern"]],
    [{ min: 2, max: 3 }, ["😀😀"], []],
    [{ min: 2, max: 3 }, ["😀"], ["too-short 2"]],
    [{ max: 3 }, ["abcd"], ["too-long 3"]],
    [{}, ["a", "b"], ["too-many 1"]],
    [{}, ["a\nb"], ["one-line"]],
    [{}, ["a\rb"], ["one-line"]],
    [{ formType: "textarea" }, ["a\nb"], []],
    [{ formType: "textarea" }, ["a".repeat(100_000)], []],
    [{ formType: "textarea" }, ["a".repeat(100_001)], ["too-long 100000"]],
    [{ formType: "textarea", max: 200_000 }, ["a".repeat(100_001)], ["too-long 100000"]],
    [{}, ["a\0b"], ["nul"]],
    [{ required: false }, ["\ud800"], ["ill-formed"]],
    [{ pattern: "[a-z]+|v\\d" }, ["abc"], []],
    [{ pattern: "[a-z]+|v\\d" }, ["v1x"], ["pattern"]],
    [{ pattern: "(" }, ["("], ["pattern"]],
    [{ pattern: "(a+)+" }, [`${"a".repeat(9000)}!`], ["pattern"]],
    [{ formType: "textarea", pattern: "[^]*" }, ["a".repeat(20_001)], ["pattern"]],
  ] as const)("of %j with %j", (form, values, expected) => {
    expect(rules(input(form), values)).toEqual(expected);
  });
});

describe("a single choice", () => {
  it.each([
    [["a"], []],
    [[], ["required"]],
    [[""], ["required"]],
    [["a", "b"], ["too-many 1"]],
    [["c"], ["not-an-option"]],
    [["a\0"], ["nul", "not-an-option"]],
  ] as const)("of a or b with %j", (values, expected) => {
    expect(rules(select, values, ["a", "b"])).toEqual(expected);
    expect(rules({ ...select, formType: "radio" }, values, ["a", "b"])).toEqual(expected);
  });

  it("may be left out where it is optional, or empty where that is an option", () => {
    expect(rules({ ...select, required: false }, [""], ["a"])).toEqual([]);
    expect(rules(select, [""], ["", "a"])).toEqual([]);
  });

  it("is not looked up where its options are not given", () => {
    expect(rules(select, ["anything"])).toEqual([]);
  });

  it("is held against no pattern unless it is typed", () => {
    expect(rules({ ...select, pattern: "x" }, ["a"], ["a"])).toEqual([]);
    expect(rules({ ...select, pattern: "x", values: "input" }, ["a"])).toEqual(["pattern"]);
  });
});

describe("several choices", () => {
  it.each([
    [{}, ["a", "b"], []],
    [{}, [], ["required"]],
    [{ required: false, min: 2 }, [], []],
    [{ min: 2 }, ["a"], ["too-few 2"]],
    [{ min: 2 }, ["a", "a"], ["too-few 2", "repeated"]],
    [{ max: 1 }, ["a", "b"], ["too-many 1"]],
    [{}, ["a", "x", "y"], ["not-an-option"]],
  ] as const)("of %j with %j", (form, values, expected) => {
    expect(rules({ ...several, ...form }, values, ["a", "b"])).toEqual(expected);
    expect(rules({ ...several, ...form, formType: "multiselect" }, values, ["a", "b"])).toEqual(expected);
  });
});

it("every input is checked, and names that no input has are refused", () => {
  const values = JSON.parse('{"v":["a\\nb"],"__proto__":["x"],"constructor":["y"]}') as Record<string, string[]>;
  expect(checkValues([input({}), input({ name: "toString" })], values)).toEqual([
    { field: "v", rule: "one-line" },
    { field: "toString", rule: "required" },
    { field: "__proto__", rule: "unknown" },
    { field: "constructor", rule: "unknown" },
  ]);
});

it("names that every object has are names of variables like others", () => {
  expect(valuesGiven({}, "constructor")).toEqual([]);
  expect(valuesGiven({ constructor: ["mine"] }, "constructor")).toEqual(["mine"]);
  expect(checkValues([input({ name: "toString" })], {}).map(({ rule }) => rule)).toEqual(["required"]);
});
