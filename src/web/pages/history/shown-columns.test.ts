import { expect, it } from "vitest";
import { parseColumns, toggled, USUAL_COLUMNS } from "./shown-columns.ts";

it("reads the columns that were stored, and shows the usual ones where that makes no sense", () => {
  expect(parseColumns('{"fixed":["by","state","nonsense"],"variables":["group1",7]}')).toEqual({
    fixed: ["state", "by"],
    variables: ["group1"],
  });
  for (const wrong of [null, "", "{", "[]", '{"fixed":1,"variables":[]}']) {
    expect(parseColumns(wrong), String(wrong)).toBe(USUAL_COLUMNS);
  }
});

it("puts a column in and out, fixed ones at their place and variables at the end", () => {
  const without = toggled(USUAL_COLUMNS, { fixed: "values" });
  expect(without.fixed).toEqual(["state", "order", "environment", "by", "submitted", "duration"]);
  expect(toggled(without, { fixed: "values" })).toEqual(USUAL_COLUMNS);
  const variables = toggled(toggled(USUAL_COLUMNS, { variable: "tag" }), { variable: "group1" });
  expect(variables.variables).toEqual(["tag", "group1"]);
  expect(toggled(variables, { variable: "tag" }).variables).toEqual(["group1"]);
});
