import { expect, test } from "vitest";
import { WholeLines } from "./whole-lines.ts";

const push = (lines: WholeLines, text: string): unknown => {
  const told = lines.push(Buffer.from(text));
  return told === undefined ? undefined : [told.offset, told.bytes.toString()];
};

test("pieces become whole lines, with the offset of the first", () => {
  const lines = new WholeLines(100);
  expect(push(lines, "ab")).toBeUndefined();
  expect(push(lines, "c\nde\nf")).toEqual([100, "abc\nde\n"]);
  expect([lines.offset, lines.next]).toEqual([107, 108]);
  expect(push(lines, "g")).toBeUndefined();
  expect(push(lines, "\n")).toEqual([107, "fg\n"]);
  expect([lines.offset, lines.next]).toEqual([110, 110]);
});

test("a line without an end is handed on when it has become too long", () => {
  const lines = new WholeLines(0);
  const piece = Buffer.alloc(9 * 1024 * 1024, "x");
  expect(lines.push(piece)).toBeUndefined();
  expect(lines.push(piece)?.bytes).toHaveLength(18 * 1024 * 1024);
  expect(push(lines, "y\n")).toEqual([18 * 1024 * 1024, "y\n"]);
});
