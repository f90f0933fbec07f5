import { expect, test } from "vitest";
import { compareVersions, shownTags } from "./tag-order.ts";

const names = (...tags: string[]) => tags.map((name) => ({ name }));

test("versions are ordered as people number them", () => {
  const ordered = [
    "main",
    "stable",
    "1.0-alpha.2",
    "1.0-beta",
    "1.0-rc2",
    "1.0-rc10",
    "1.0",
    "1.0-alpine",
    "1.0.1",
    "v1.9",
    "1.10.0-SNAPSHOT",
    "1.10.0",
    "1.10.0-20261123",
    "2",
    "20261123.030502",
    "20261123.030503",
  ];
  for (const [i, a] of ordered.entries()) {
    for (const [j, b] of ordered.entries()) {
      expect([a, b, Math.sign(compareVersions(a, b))]).toEqual([a, b, Math.sign(i - j)]);
    }
  }
});

test("words that only begin like a pre-release are no pre-release", () => {
  expect(compareVersions("1.0-device", "1.0")).toBe(1);
  expect(compareVersions("1.0-M2", "1.0")).toBe(-1);
  expect(compareVersions("1.0-mobile", "1.0")).toBe(1);
});

test("latest stands in second place", () => {
  const shown = shownTags(names("1.0", "latest", "1.2", "1.1"), 20);
  expect(shown.map(({ name }) => name)).toEqual(["1.2", "latest", "1.1", "1.0"]);
});

test("latest alone stands first, and no latest leaves no gap", () => {
  expect(shownTags(names("latest"), 20)).toEqual(names("latest"));
  expect(shownTags(names("a", "b"), 20)).toEqual(names("b", "a"));
  expect(shownTags([], 20)).toEqual([]);
});

test("the page holds the newest, latest among them", () => {
  const many = names("latest", ...Array.from({ length: 50 }, (_, i) => `1.${i}`));
  expect(shownTags(many, 3).map(({ name }) => name)).toEqual(["1.49", "latest", "1.48"]);
  expect(shownTags(many, 1).map(({ name }) => name)).toEqual(["1.49"]);
});

test("build dates decide when every tag but latest has one", () => {
  const a = { name: "1.0", created: new Date("2026-03-01") };
  const b = { name: "2.0", created: new Date("2026-01-01") };
  const c = { name: "3.0", created: new Date("2026-02-01") };
  expect(shownTags([a, b, { name: "latest" }, c], 20).map(({ name }) => name)).toEqual(["1.0", "latest", "3.0", "2.0"]);
});

test("one tag without a date puts all in the order of names", () => {
  const dated = { name: "1.0", created: new Date("2026-03-01") };
  expect(shownTags([dated, ...names("2.0")], 20).map(({ name }) => name)).toEqual(["2.0", "1.0"]);
});

test("equal dates fall back on the names", () => {
  const created = new Date("2026-03-01");
  const shown = shownTags(
    [...names("1.9", "1.10", "1.8")].map((tag) => ({ ...tag, created })),
    20,
  );
  expect(shown.map(({ name }) => name)).toEqual(["1.10", "1.9", "1.8"]);
});
