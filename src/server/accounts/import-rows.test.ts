import { expect, test } from "vitest";
import { readImport } from "./import-rows.ts";

const read = (csv: string) => {
  const file = readImport(csv);
  return file.ok ? file.value.lines : file.failure.rule;
};

test("each line has the columns of the header, in whatever case and order they come", () => {
  expect(read("ROLE, Name\nsubmitter, wang \n")).toEqual([
    { line: 2, fields: { role: "submitter", name: "wang" }, ragged: false },
  ]);
});

test("a byte order mark, CRLF and quoted fields are fine", () => {
  expect(read('\uFEFFname,displayName\r\nwang,"Wang, ""Fang"""\r\nli,Li\r\n')).toEqual([
    { line: 2, fields: { name: "wang", displayName: 'Wang, "Fang"' }, ragged: false },
    { line: 3, fields: { name: "li", displayName: "Li" }, ragged: false },
  ]);
});

test("a row is named by the line on which it begins, after empty lines and within quotes", () => {
  const lines = read('name,displayName\n\nwang,"Wang\nFang\n(ops)"\n\n\nli,Li\n');
  expect(lines).toMatchObject([
    { line: 3, fields: { name: "wang" } },
    { line: 8, fields: { name: "li" } },
  ]);
});

test.each([
  ["name;groups", 'wang;"ops;dev"'],
  ["name\tgroups", "wang\tops;dev"],
  ["name,groups", "wang,ops;dev"],
])("what separates the header separates the rows: %j", (header, row) => {
  expect(read(`${header}\n${row}\n`)).toMatchObject([{ fields: { name: "wang", groups: "ops;dev" } }]);
});

test("a row with more or fewer fields than the header says so", () => {
  expect(read("name,role\nwang\nli,submitter,x\nzhao,auditor")).toMatchObject([
    { line: 2, ragged: true },
    { line: 3, ragged: true },
    { line: 4, ragged: false },
  ]);
});

test.each([
  ["empty", ""],
  ["empty", "\n\n"],
  ["no-name-column", "displayName,role\nWang,submitter"],
  ["unknown-column", "name,password\nwang,secret"],
  ["double-column", "name,role,Name\n"],
  ["csv-form", 'name,role\n"wang,submitter\n'],
  ["too-many-rows", `name\n${"x\n".repeat(2001)}`],
])("what is not such a file is refused whole: %s", (rule, csv) => {
  expect(read(csv)).toBe(rule);
});
