import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { inParallel } from "./in-parallel.ts";

test("results keep the order of the items, and no more than the limit are under way", async () => {
  let busy = 0;
  let most = 0;
  const results = await inParallel([30, 10, 20, 1, 5], 2, async (wait) => {
    most = Math.max(most, ++busy);
    await sleep(wait);
    busy--;
    return wait * 2;
  });
  expect(results).toEqual([60, 20, 40, 2, 10]);
  expect(most).toBe(2);
});

test("after a failure nothing more is begun", async () => {
  const begun: number[] = [];
  const work = inParallel([1, 2, 3, 4, 5, 6], 2, async (item) => {
    begun.push(item);
    await sleep(item === 1 ? 1 : 20);
    if (item === 1) throw new Error("broken");
  });
  await expect(work).rejects.toThrow("broken");
  await sleep(50);
  expect(begun).toEqual([1, 2]);
});

test("no items are no work", async () => {
  expect(await inParallel([], 8, () => Promise.resolve(1))).toEqual([]);
});
