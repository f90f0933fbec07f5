import { expect, test } from "vitest";
import { csvText } from "./read-csv-file.ts";

test("a file in UTF-8 is read without its byte order mark", () => {
  const bytes = new TextEncoder().encode("\uFEFFname,displayName\nwang,王芳\n");
  expect(csvText(bytes)).toEqual({ text: "name,displayName\nwang,王芳\n", encoding: "UTF-8" });
});

test("a file of a Chinese spreadsheet is read as GB18030", () => {
  const bytes = Uint8Array.of(0x77, 0x61, 0x6e, 0x67, 0x2c, 0xcd, 0xf5, 0xb7, 0xbc);
  expect(csvText(bytes)).toEqual({ text: "wang,王芳", encoding: "GB18030" });
});

test("a file in UTF-16 is read as such", () => {
  expect(csvText(Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x8b, 0x73))).toEqual({ text: "a王", encoding: "UTF-16" });
});
