import { describe, expect, it } from "vitest";
import { freezeAt, parseFreezeTime } from "./project-freeze.ts";

describe("an edge of a freeze window", () => {
  it("without an offset is local time", () => {
    expect(parseFreezeTime("2026-10-01 18:30", "from")).toBe(new Date(2026, 9, 1, 18, 30).getTime());
    expect(parseFreezeTime("2026-10-01T18:30:15", "to")).toBe(new Date(2026, 9, 1, 18, 30, 15).getTime());
  });

  it("with an offset is that time anywhere", () => {
    expect(parseFreezeTime("2026-10-01T18:00:00+08:00", "from")).toBe(Date.UTC(2026, 9, 1, 10));
    expect(parseFreezeTime("2026-10-01 18:00Z", "from")).toBe(Date.UTC(2026, 9, 1, 18));
  });

  it("as a bare date takes the whole day in", () => {
    expect(parseFreezeTime("2026-10-01", "from")).toBe(new Date(2026, 9, 1).getTime());
    expect(parseFreezeTime("2026-10-31", "to")).toBe(new Date(2026, 10, 1).getTime());
  });

  it.each([
    "",
    "tomorrow",
    "2026-13-01",
    "2026-02-30",
    "2026-10-01 24:00",
    "2026-10-01 10:60",
    "01.10.2026",
    "20261001",
  ])("%j is none", (text) => {
    expect(parseFreezeTime(text, "from")).toBeUndefined();
  });
});

describe("a freeze", () => {
  const windows = [
    { from: 100, to: 200, reason: "first" },
    { from: 500, reason: "from 500 on" },
  ];

  it.each([
    [99, undefined],
    [100, "first"],
    [199, "first"],
    [200, undefined],
    [500, "from 500 on"],
    [1e15, "from 500 on"],
  ])("at %d: %s", (now, reason) => {
    expect(freezeAt(windows, now)?.reason).toBe(reason);
  });

  it("without edges always holds", () => {
    expect(freezeAt([{ reason: "until further notice" }], 0)?.reason).toBe("until further notice");
  });
});
