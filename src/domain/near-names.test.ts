import { describe, expect, it } from "vitest";
import { nearNames } from "./near-names.ts";

describe("names that were likely meant", () => {
  const names = ["project", "projects", "tag", "ExecMode", "hosts"];

  it.each([
    ["projet", ["project", "projects"]],
    ["porject", ["project", "projects"]],
    ["execmode", ["ExecMode"]],
    ["Exec", ["ExecMode"]],
    ["tga", ["tag"]],
    ["xyz", []],
    ["", []],
  ])("for %j are %j", (seen, near) => {
    expect(nearNames(seen, names)).toEqual(near);
  });

  it("are at most as many as asked for, each once", () => {
    expect(nearNames("aa", ["ab", "ac", "ad", "ab"], 2)).toEqual(["ab", "ac"]);
  });

  it("are found in a moment for a name that is absurdly long", () => {
    const began = performance.now();
    expect(nearNames("a".repeat(100_000), names)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
