import { expect, test } from "vitest";
import { expandHostRange } from "./host-range.ts";

test.each([
  ["web", ["web"]],
  ["web[1:3]", ["web1", "web2", "web3"]],
  ["web[01:05:2].x", ["web01.x", "web03.x", "web05.x"]],
  ["db-[a:c]", ["db-a", "db-b", "db-c"]],
  ["c[y:B]", ["cy", "cz", "cA", "cB"]],
  ["n[:2]", ["n0", "n1", "n2"]],
  ["a[1:2]b[x:y]", ["a1bx", "a1by", "a2bx", "a2by"]],
  ["down[5:1:-2]", ["down5", "down3"]],
  ["none[3:1]", []],
])("%s stands for %j", (text, names) => {
  expect(expandHostRange(text)).toEqual({ ok: true, value: names });
});

test.each([
  ["a[1]", "form"],
  ["a[1:2:3:4]", "form"],
  ["a[1:2", "form"],
  ["a|b[1:2]", "form"],
  ["a[1:]", "no-end"],
  ["a[01:100]", "width"],
  ["a[c:a]", "order"],
  ["a[1:x]", "not-a-number"],
  ["a[1:5:0]", "zero-step"],
  ["a[1:999999999]", "too-many"],
])("%s is refused: %s", (text, problem) => {
  expect(expandHostRange(text)).toEqual({ ok: false, failure: problem });
});
