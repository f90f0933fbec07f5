import { describe, expect, it } from "vitest";
import { DURATION_FORMS, DURATION_PATTERN, formatDuration, parseDuration } from "./duration.ts";

describe("a duration", () => {
  it.each([
    ["90", 90_000],
    ["0", 0],
    ["3s", 3000],
    ["60s", 60_000],
    ["1m", 60_000],
    ["1m30s", 90_000],
    ["500ms", 500],
    ["1h", 3_600_000],
    ["1h30m", 5_400_000],
    ["1d", 86_400_000],
    ["1d2h3m4s5ms", 93_784_005],
    ["1.5m", 90_000],
    ["0.5", 500],
    [" 60s ", 60_000],
    ["20d", 1_728_000_000],
  ])("%j is read", (text, milliseconds) => {
    expect(parseDuration(text)).toEqual({ ok: true, value: milliseconds });
    expect(new RegExp(DURATION_PATTERN).test(text.trim())).toBe(true);
  });

  it.each([
    ["", "empty"],
    ["  ", "empty"],
    ["abc", "format"],
    ["60 s", "format"],
    ["1m 30s", "format"],
    ["30s1m", "format"],
    ["1s1s", "format"],
    ["60S", "format"],
    ["-1", "format"],
    ["+1", "format"],
    ["1.", "format"],
    [".5s", "format"],
    ["1e3", "format"],
    ["\uff16\uff10s", "format"],
    ["s", "format"],
    ["auto", "format"],
    ["21d", "too-long"],
    ["9999999999", "too-long"],
  ])("%j is refused", (text, reason) => {
    expect(parseDuration(text)).toEqual({ ok: false, failure: { reason, seen: text, allowed: DURATION_FORMS } });
    if (reason === "format") expect(new RegExp(DURATION_PATTERN).test(text)).toBe(false);
  });

  it.each([
    [0, "0s"],
    [500, "500ms"],
    [90_000, "1m30s"],
    [3_600_000, "1h"],
    [93_784_005, "1d2h3m4s5ms"],
  ])("of %d ms is written %s and read back", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
    expect(parseDuration(text)).toEqual({ ok: true, value: milliseconds });
  });
});
