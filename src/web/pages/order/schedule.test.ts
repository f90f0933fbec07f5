import { describe, expect, it } from "vitest";
import { scheduledMoment } from "./schedule.ts";

const now = new Date(2026, 10, 25, 10, 10, 30);

describe("when a request runs", () => {
  it("is now, or the moment that was given, with the viewer's offset", () => {
    expect(scheduledMoment({ kind: "now", local: "2020-01-01T00:00" }, now)).toEqual({ at: null });
    const answer = scheduledMoment({ kind: "at", local: "2026-11-25T22:00" }, now);
    const at = "at" in answer ? answer.at : null;
    expect(at).toMatch(/^2026-11-25T22:00:00[+-]\d{2}:\d{2}$/);
    expect(Date.parse(at ?? "")).toBe(new Date(2026, 10, 25, 22, 0).getTime());
  });

  it("cannot be in the past, or nothing", () => {
    expect(scheduledMoment({ kind: "at", local: "2026-11-25T10:10" }, now)).toEqual({ problem: "past" });
    expect(scheduledMoment({ kind: "at", local: "" }, now)).toEqual({ problem: "needed" });
  });
});
