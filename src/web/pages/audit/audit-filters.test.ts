import { expect, it } from "vitest";
import { auditQuery, filtersIn, markIn } from "./audit-filters.ts";

it("takes filters out of an address, and leaves out what makes no sense", () => {
  expect(filtersIn({ actor: "wang", action: "approved", id: "7", from: "soon", to: "2026-11-20", text: "" })).toEqual({
    actor: "wang",
    action: "approved",
    kind: undefined,
    id: undefined,
    text: undefined,
    from: undefined,
    to: "2026-11-20",
  });
  expect(filtersIn({ kind: "request", id: "7" })).toMatchObject({ kind: "request", id: "7" });
});

it("asks for all actions of an area, and for whole days", () => {
  const { action, to } = auditQuery({ action: "configuration", to: "2026-11-20" });
  expect(action).toBe("definition-created,definition-changed,definition-deleted");
  expect(to).toBe(new Date(2026, 10, 21).toISOString());
  expect(auditQuery({ action: "approved" }).action).toBe("approved");
});

it("reads a head as people write it down, and nothing that only looks like one", () => {
  const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  const mark = { seq: 4312, hash };
  for (const written of [`4312 ${hash}`, ` #4312: ${hash.toUpperCase()}\n`, `4312\t${hash}`]) {
    expect(markIn(written), written).toEqual(mark);
  }
  for (const wrong of ["", "4312", hash, `4312 ${hash.slice(1)}`, `4312 ${hash}0`, `x ${hash}`]) {
    expect(markIn(wrong), wrong).toBeUndefined();
  }
});
