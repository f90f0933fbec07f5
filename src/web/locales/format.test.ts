import { expect, test } from "vitest";
import { languageOf } from "./catalogue.ts";
import { absoluteMoment, bytes, duration, milliseconds, percent, relativeMoment, typicalDuration } from "./format.ts";

const now = new Date("2026-11-23T10:00:00Z");
const before = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

test("a moment is told relative to now, in both languages, before and after it", () => {
  expect(relativeMoment(before(3), now, "en")).toBe("now");
  expect(relativeMoment(before(-3), now, "en")).toBe("now");
  expect(relativeMoment(before(45), now, "en")).toBe("45 seconds ago");
  expect(relativeMoment(before(3599), now, "en")).toBe("59 minutes ago");
  expect(relativeMoment(before(-7200), now, "en")).toBe("in 2 hours");
  expect(relativeMoment(before(86_400), now, "en")).toBe("yesterday");
  expect(relativeMoment(before(7200), now, "zh")).toBe("2小时前");
  expect(relativeMoment(before(30 * 86_400), now, "en")).toBe("Oct 24, 2026");
});

test("an absolute moment has seconds and names its zone", () => {
  expect(absoluteMoment(now, "en", "Asia/Shanghai")).toBe("11/23/2026, 18:00:00 GMT+8");
  expect(absoluteMoment(now, "zh", "Asia/Shanghai")).toBe("2026/11/23 18:00:00 GMT+8");
});

test("what is typical of short runs is told in parts of a second", () => {
  expect([0.0874, 0.4, 9.96, 10, 80].map(typicalDuration)).toEqual(["87 ms", "400 ms", "10.0 s", "0:10", "1:20"]);
});

test("durations read the same in both languages", () => {
  expect(duration(0)).toBe("0:00");
  expect(duration(41.9)).toBe("0:41");
  expect(duration(4805)).toBe("1:20:05");
  expect(duration(2 * 86_400 + 4800)).toBe("2 d 01:20");
  expect(duration(-5)).toBe("0:00");
});

test("bytes and milliseconds are short", () => {
  expect(bytes(0)).toBe("0 B");
  expect(bytes(1023)).toBe("1023 B");
  expect(bytes(1536)).toBe("1.5 KiB");
  expect(bytes(2 ** 30)).toBe("1 GiB");
  expect(milliseconds(12.4)).toBe("12 ms");
  expect(milliseconds(1440)).toBe("1.4 s");
});

test("the language is the chosen one, else the first of the browser's that there is, else English", () => {
  expect(languageOf("zh", ["en-GB"])).toBe("zh");
  expect(languageOf(null, ["fr-FR", "zh-TW", "en"])).toBe("zh");
  expect(languageOf(null, ["fr-FR"])).toBe("en");
  expect(languageOf("klingon", ["zh-CN"])).toBe("zh");
});

test("a part of one is a percentage, with a decimal only where that says something", () => {
  expect([0, 0.004, 0.0996, 0.12, 1].map(percent)).toEqual(["0%", "0.4%", "10.0%", "12%", "100%"]);
});
