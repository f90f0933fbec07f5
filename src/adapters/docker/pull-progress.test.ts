import { expect, it } from "vitest";
import { PullMeter } from "./pull-progress.ts";

it("adds up the layers of a pull, and extracting does not count again", () => {
  const meter = new PullMeter();
  expect(meter.add({ status: "Pulling from demo1", id: "v1" })).toBeUndefined();
  expect(meter.add({ status: "Downloading", id: "a", progressDetail: { current: 10, total: 100 } })).toEqual({
    current: 10,
    total: 100,
  });
  expect(meter.add({ status: "Downloading", id: "b", progressDetail: { current: 5, total: 50 } })).toEqual({
    current: 15,
    total: 150,
  });
  expect(meter.add({ status: "Download complete", id: "a" })).toEqual({ current: 105, total: 150 });
  expect(meter.add({ status: "Extracting", id: "a", progressDetail: { current: 1, total: 100 } })).toBeUndefined();
  expect(meter.add({ status: "Pull complete", id: "b" })).toEqual({ current: 150, total: 150 });
});

it("counts a layer whose size the engine does not tell as it comes", () => {
  const meter = new PullMeter();
  expect(meter.add({ status: "Downloading", id: "a", progressDetail: { current: 10 } })).toEqual({
    current: 10,
    total: 10,
  });
});
