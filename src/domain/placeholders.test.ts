import { describe, expect, it } from "vitest";
import { placeholderNames, readPlaceholders } from "./placeholders.ts";

/** The parts as a text in which `<name>` is a placeholder. */
function shown(text: string): string {
  return readPlaceholders(text)
    .parts.map((part) => (part.kind === "text" ? part.text : `<${part.name}>`))
    .join("");
}

describe("braces", () => {
  it.each([
    ["{name}", "<name>"],
    ["a{b}c{d}", "a<b>c<d>"],
    ["{_x1}{项目}", "<_x1><项目>"],
    ["{{name}}", "{name}"],
    ["{{{name}}}", "{<name>}"],
    ["{{{{name}}}}", "{{name}}"],
    ['{"a":{x}}', '{"a":<x>}'],
    ['{"a":{"b":{x}}}', '{"a":{"b":<x>}}'],
  ])("around a name: %s is %s", (text, parts) => {
    expect(shown(text)).toBe(parts);
  });

  it.each([
    "{a,b}",
    "{}",
    "{ name }",
    "{1a}",
    "{a-b}",
    '{"a":{"b":1}}',
    "{{.Names}}",
    "{{ y }}",
    "{name",
    "name}",
    "{{",
  ])("that hold no name mean themselves: %s", (text) => {
    expect(shown(text)).toBe(text);
  });

  it.each([
    ["{{name}", "{{name}"],
    ["a {{{name}} b", "{{{name}}"],
  ])("that can be read in two ways are a problem: %s", (text, seen) => {
    expect(readPlaceholders(text).problems).toEqual([{ reason: "braces", offset: text.indexOf("{"), text: seen }]);
  });

  it("by the thousand are read in a moment", () => {
    const began = performance.now();
    expect(shown("{".repeat(50_000))).toBe("{".repeat(50_000));
    expect(shown(`{${"a".repeat(50_000)}`)).toHaveLength(50_001);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

it("gives each placeholder its place, and each name once", () => {
  const { parts } = readPlaceholders("x{a} {{{b}}}{a}");
  expect(parts.filter((part) => part.kind === "placeholder").map((part) => part.offset)).toEqual([1, 7, 12]);
  expect(placeholderNames(parts)).toEqual(["a", "b"]);
});
