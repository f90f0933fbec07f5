import { expect, test } from "vitest";
import { readRefusal } from "./refusal-reason.ts";

test.each([
  [
    "frozen until 2026-11-30T00:00:00.000Z at least (weekend): Ask wang.\nReally.",
    { kind: "frozen", until: "2026-11-30T00:00:00.000Z", name: "weekend", detail: "Ask wang.\nReally." },
  ],
  ["was to run at 2026-11-25T10:00:00.000Z, not approved by then", { kind: "late", at: "2026-11-25T10:00:00.000Z" }],
  ["changed since approval: work order deploy 2 is now 3", { kind: "changed", detail: "work order deploy 2 is now 3" }],
  ["locked: request 12 of this order runs, or is about to", { kind: "locked", request: "12" }],
  ["Something else.", { kind: "other", detail: "Something else." }],
])("a refusal is read: %s", (reason, read) => {
  expect(readRefusal(reason)).toEqual(read);
});
