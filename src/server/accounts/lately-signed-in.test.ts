import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { callerOf } from "./caller.fixture.ts";
import { latelySignedIn, remembered } from "./lately-signed-in.ts";
import type { SignedIn } from "./signed-in.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Callers that are told apart by how many looks there were. */
function looks(): () => Promise<SignedIn> {
  let count = 0;
  return async () => callerOf({ id: (count += 1) });
}

it("looks once for calls at the same moment, and anew a moment later", async () => {
  const lately = latelySignedIn();
  const look = looks();
  const both = await Promise.all([lately.find("a", look), lately.find("a", look)]);
  expect(both.map((caller) => caller?.id)).toEqual([1, 1]);
  expect((await lately.find("b", look))?.id).toBe(2);
  vi.advanceTimersByTime(240);
  expect((await lately.find("a", look))?.id).toBe(1);
  vi.advanceTimersByTime(20);
  expect((await lately.find("a", look))?.id).toBe(3);
});

it("looks anew after a change, even where a look from before it has not come back yet", async () => {
  const lately = latelySignedIn();
  const look = looks();
  let answer: (caller: SignedIn) => void = () => undefined;
  const slow = lately.find("a", () => new Promise((resolve) => (answer = resolve)));
  lately.forget();
  expect((await lately.find("a", look))?.id).toBe(1);
  answer(callerOf({ id: 99 }));
  expect((await slow)?.id).toBe(99);
  expect((await lately.find("a", look))?.id).toBe(1);
});

it("remembers neither who was not found nor what has failed", async () => {
  const lately = latelySignedIn();
  expect(await lately.find("a", async () => undefined)).toBeUndefined();
  await expect(lately.find("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect((await lately.find("a", looks()))?.id).toBe(1);
});

it("remembers what was looked up about a caller only as long as the caller", async () => {
  const lately = latelySignedIn();
  let count = 0;
  const seen = async (): Promise<number> => (count += 1);
  const one = await lately.find("a", looks());
  if (one === undefined) throw new Error("not found");
  expect([await remembered(one, "seen", seen), await remembered(one, "seen", seen)]).toEqual([1, 1]);
  lately.forget();
  const again = await lately.find("a", looks());
  if (again === undefined) throw new Error("not found");
  expect(await remembered(again, "seen", seen)).toBe(2);
  const fresh = callerOf({ id: 1 });
  expect([await remembered(fresh, "seen", seen), await remembered(fresh, "seen", seen)]).toEqual([3, 4]);
});
