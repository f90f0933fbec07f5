import { expect, test } from "vitest";
import { CollectedOutput } from "./collected-output.ts";

test("characters may lie across chunks", () => {
  const output = new CollectedOutput();
  for (const byte of Buffer.from("ü界👍")) output.push(Buffer.from([byte]));
  expect(output.text()).toBe("ü界👍");
});

test("10 MB are kept, and a last line tells that there was more", () => {
  const output = new CollectedOutput();
  const megabyte = Buffer.alloc(1024 * 1024, "x");
  for (let times = 0; times < 10; times += 1) output.push(megabyte);
  expect(output.text()).toHaveLength(10 * 1024 * 1024);
  output.push(Buffer.from("y"));
  expect(output.text().endsWith("x\n[output cut after 10 MB]\n")).toBe(true);
});
