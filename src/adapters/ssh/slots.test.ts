import { expect, test } from "vitest";
import { Slots } from "./slots.ts";

test("places go to those in line, in order", async () => {
  const slots = new Slots(1);
  const first = await slots.take();
  const order: string[] = [];
  const second = slots.take().then((release) => (order.push("second"), release));
  const third = slots.take().then((release) => (order.push("third"), release));
  first?.();
  first?.();
  (await second)?.();
  (await third)?.();
  expect(order).toEqual(["second", "third"]);
});

test("nobody slips in between a place given back and the next in line", async () => {
  const slots = new Slots(1);
  const first = await slots.take();
  const second = slots.take();
  first?.();
  const late = slots.take(AbortSignal.timeout(20));
  expect(await second).toBeDefined();
  expect(await late).toBeUndefined();
});

test("an aborted wait holds no place", async () => {
  const slots = new Slots(1);
  const first = await slots.take();
  expect(await slots.take(AbortSignal.timeout(10))).toBeUndefined();
  expect(await slots.take(AbortSignal.abort())).toBeUndefined();
  first?.();
  expect(await slots.take()).toBeDefined();
});
