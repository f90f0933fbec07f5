import { expect, it } from "vitest";
import { logLines } from "./log-frames.ts";

function framed(stream: number, text: string): Buffer {
  const body = Buffer.from(text);
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

it("takes the frames of standard output and error apart, also where a character is split between two", () => {
  const character = Buffer.from("启");
  const halves = [character.subarray(0, 1), character.subarray(1)].map((half) => {
    const header = Buffer.alloc(8);
    header.writeUInt8(1, 0);
    header.writeUInt32BE(half.length, 4);
    return Buffer.concat([header, half]);
  });
  expect(logLines(Buffer.concat([framed(1, "one\n"), framed(2, "two\r\n"), ...halves, framed(1, "\n")]))).toEqual([
    "one",
    "two",
    "启",
  ]);
});

it("reads the bare stream of a container with a terminal", () => {
  expect(logLines(Buffer.from("one\r\ntwo"))).toEqual(["one", "two"]);
  expect(logLines(Buffer.alloc(0))).toEqual([]);
});
