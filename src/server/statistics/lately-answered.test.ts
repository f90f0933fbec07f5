import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { latelyAnswered } from "./lately-answered.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** Lets what has been begun go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("makes an answer once for all who ask within some seconds, then anew while the last one is given", async () => {
  const ask = latelyAnswered<number>();
  let made = 0;
  const make = async (): Promise<number> => (made += 1);
  expect(await Promise.all([ask("a", make), ask("a", make), ask("b", make)])).toEqual([1, 1, 2]);
  vi.advanceTimersByTime(4000);
  expect(await ask("a", make)).toBe(1);
  vi.advanceTimersByTime(2000);
  expect(await Promise.all([ask("a", make), ask("a", make)])).toEqual([1, 1]);
  await settle();
  expect(await ask("a", make)).toBe(3);
  expect(made).toBe(3);
});

it("gives nobody an answer that is too old", async () => {
  const ask = latelyAnswered<number>();
  let made = 0;
  const make = async (): Promise<number> => (made += 1);
  await ask("a", make);
  vi.advanceTimersByTime(21_000);
  expect(await ask("a", make)).toBe(2);
});

it("makes new answers one after the other", async () => {
  const ask = latelyAnswered<number>();
  let inHand = 0;
  let most = 0;
  const make = async (): Promise<number> => {
    most = Math.max(most, (inHand += 1));
    await settle();
    inHand -= 1;
    return 0;
  };
  const keys = ["a", "b", "c"];
  for (const key of keys) await ask(key, make);
  most = 0;
  vi.advanceTimersByTime(6000);
  await Promise.all(keys.map((key) => ask(key, make)));
  for (let n = 0; n < 12; n += 1) await settle();
  expect(most).toBe(1);
});

it("does not keep a failure", async () => {
  const ask = latelyAnswered<number>();
  await expect(ask("a", () => Promise.reject(new Error("the database is away")))).rejects.toThrow("away");
  expect(await ask("a", async () => 1)).toBe(1);
  vi.advanceTimersByTime(6000);
  expect(await ask("a", () => Promise.reject(new Error("the database is away")))).toBe(1);
  await settle();
  expect(await ask("a", async () => 2)).toBe(2);
});
