import { describe, expect, it } from "vitest";
import { parsePattern } from "./pattern.ts";

function matches(pattern: string, text: string): boolean {
  const matcher = parsePattern(pattern);
  if (!matcher.ok) throw new Error(`${pattern}: ${matcher.failure.reason}`);
  return matcher.value(text);
}

/** Patterns of every kind, held against texts of every kind. */
const patterns = [
  ...["", "a", "ab|c", "(a|b)*c", "(?:a+b?)+", "(?<n>a){2,3}", "a{0}", "a{2,}", "a*?b", "^a$", "^$", "a|", "(|a)+b"],
  ...["[a-c]+", "[^a]", "[\\]\\-x]+", "\\d{1,3}(\\.\\d{1,3}){3}", "\\w+@\\w+\\.com", ".", ".*", "\\s\\S", "\\.", "\\/"],
  ...["\\bab\\b", "a\\Bb", "a\\b b", "(?=.*\\d)(?=.*[a-z]).{3,}", "(?!-).+", "(a(?!b))*.?", "((?=a)a)+"],
  ...["\\u{1f600}", "\\ud83d\\ude00", "[😀é]", "\\p{L}+", "\\P{L}", "\\x61", "\\u0061", "\\ca", "\\0", "\\t", "中文?"],
];
const texts = [
  ...["", "a", "b", "ab", "aab", "abc", "c", "ababc", "aa", "aaa", "aaaa", "a b", "x", "]-x", "-a", "1.2.3.4", "1.2.3"],
  ...["me@x.com", "\n", " a", ".", "/", "a1b", "12", "😀", "é", "中", "中文", "\u0001", "\0", "\t", "\u2028"],
];

describe("a pattern", () => {
  it.each(patterns)("matches the texts that JavaScript's own /^(?:%s)$/u does", (pattern) => {
    const native = new RegExp(`^(?:${pattern})$`, "u");
    expect(texts.filter((text) => matches(pattern, text))).toEqual(texts.filter((text) => native.test(text)));
  });

  it.each([
    ["(a+)+$", `${"a".repeat(9999)}!`],
    ["(a|a)*b", "a".repeat(10_000)],
    ["(.*.*.*)*x", "a".repeat(10_000)],
    [".{0,2400}x", "a".repeat(10_000)],
    ["(?:(?=.*x)b|a)*b", "a".repeat(10_000)],
    ["(a?){1000}a{1000}", "a".repeat(999)],
  ])("%s answers in bounded time", (pattern, text) => {
    const began = performance.now();
    expect(matches(pattern, text)).toBe(false);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it("is not held against texts of more than 10,000 characters", () => {
    expect(matches("😀*", "😀".repeat(10_000))).toBe(true);
    expect(matches("a*", "a".repeat(10_001))).toBe(false);
  });

  it.each([
    ["(", { reason: "syntax" }],
    ["a**", { reason: "syntax" }],
    ["[z-a]", { reason: "syntax" }],
    ["\\-", { reason: "syntax" }],
    ["(a)\\1", { reason: "backreference", seen: "\\1" }],
    ["(?<n>a)\\k<n>", { reason: "backreference", seen: "\\k" }],
    ["(?<=a)b", { reason: "lookbehind", seen: "(?<=" }],
    ["(?i:a)", { reason: "flags", seen: "(?i:" }],
    ["a{5001}", { reason: "too-large", limit: 5000 }],
    ["((a{100}){100}){100}", { reason: "too-large", limit: 5000 }],
    ["a".repeat(1001), { reason: "too-large", limit: 1000 }],
  ])("%s cannot be used", (pattern, problem) => {
    expect(parsePattern(pattern)).toMatchObject({ ok: false, failure: problem });
  });

  it("that repeats nothing for ever is read at once", () => {
    expect(matches("(){9007199254740991}", "")).toBe(true);
    expect(matches("(()*)*a", "a")).toBe(true);
  });
});
