import { expect, it, vi } from "vitest";
import { latelyAnswered } from "./lately-answered.ts";

it("makes an answer once for all who ask within some seconds, and anew after that", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const ask = latelyAnswered<number>();
    let made = 0;
    const make = async (): Promise<number> => (made += 1);
    expect(await Promise.all([ask("a", make), ask("a", make), ask("b", make)])).toEqual([1, 1, 2]);
    vi.advanceTimersByTime(4000);
    expect(await ask("a", make)).toBe(1);
    vi.advanceTimersByTime(2000);
    expect(await ask("a", make)).toBe(3);
  } finally {
    vi.useRealTimers();
  }
});

it("does not keep a failure", async () => {
  const ask = latelyAnswered<number>();
  await expect(ask("a", () => Promise.reject(new Error("the database is away")))).rejects.toThrow("away");
  expect(await ask("a", async () => 1)).toBe(1);
});
