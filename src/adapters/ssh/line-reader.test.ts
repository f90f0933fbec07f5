import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { readLines } from "./line-reader.ts";

async function linesOf(stream: Readable): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of readLines(stream)) lines.push(line);
  return lines;
}

const lines = (...chunks: readonly Buffer[]): Promise<readonly string[]> => linesOf(Readable.from(chunks));

test("lines and characters may lie across chunks", async () => {
  const bytes = Buffer.from("one\nzwölf 👍\n\nlast");
  const single = Array.from(bytes, (byte) => Buffer.from([byte]));
  expect(await lines(...single)).toEqual(["one", "zwölf 👍", "", "last"]);
  expect(await lines(bytes)).toEqual(["one", "zwölf 👍", "", "last"]);
  expect(await lines()).toEqual([]);
});

test("a stream that breaks ends the lines", async () => {
  const stream = new Readable({ read: () => {} });
  stream.push("one\ntwo");
  setImmediate(() => stream.destroy(new Error("broken")));
  expect(await linesOf(stream)).toEqual(["one", "two"]);
});
