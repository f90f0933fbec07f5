import { describe, expect, it } from "vitest";
import { batchSizes, formatSerial, ONE_BY_ONE, parseSerial, SERIAL_FORMS } from "./serial.ts";

function batches(value: string | number | readonly (string | number)[], hosts: number): number[] {
  const serial = parseSerial(value);
  if (!serial.ok) throw new Error(serial.failure.reason);
  return batchSizes(serial.value, hosts);
}

describe("batches fall as with Ansible's serial", () => {
  it.each([
    ["1", 3, [1, 1, 1]],
    [1, 3, [1, 1, 1]],
    ["3", 7, [3, 3, 1]],
    ["10", 3, [3]],
    ["50%", 5, [2, 2, 1]],
    ["30%", 10, [3, 3, 3, 1]],
    ["10%", 5, [1, 1, 1, 1, 1]],
    ["1%", 3, [1, 1, 1]],
    ["100%", 4, [4]],
    ["1,50%,100%", 10, [1, 5, 4]],
    ["1,25%,100%", 20, [1, 5, 14]],
    [[1, "25%", "100%"], 20, [1, 5, 14]],
    ["1,2", 6, [1, 2, 2, 1]],
    ["1, 2 ,5", 3, [1, 2]],
    ["29%", 100, [28, 28, 28, 16]],
    ["33%", 3, [1, 1, 1]],
    ["67%", 3, [2, 1]],
    ["1", 0, []],
  ])("%j of %d hosts", (value, hosts, sizes) => {
    expect(batches(value, hosts)).toEqual(sizes);
  });

  it("is one host at a time by default", () => {
    expect(batchSizes(ONE_BY_ONE, 2)).toEqual([1, 1]);
  });
});

describe("a serial is refused", () => {
  it.each([
    ["", "empty", ""],
    ["1,,2", "empty", ""],
    ["1,", "empty", ""],
    [[], "empty", ""],
    ["0", "zero", "0"],
    [0, "zero", "0"],
    ["-1", "format", "-1"],
    [1.5, "format", "1.5"],
    ["abc", "format", "abc"],
    ["1,half", "format", "half"],
    ["50 %", "format", "50 %"],
    ["0%", "percent-range", "0%"],
    ["101%", "percent-range", "101%"],
    ["2.5%", "format", "2.5%"],
  ])("%j", (value, reason, seen) => {
    expect(parseSerial(value)).toEqual({ ok: false, failure: { reason, seen, allowed: SERIAL_FORMS } });
  });
});

it("is written as users type it", () => {
  const serial = parseSerial([1, "25%", " 100%"]);
  expect(serial.ok && formatSerial(serial.value)).toBe("1,25%,100%");
});
