import { sql } from "kysely";
import { expect, it } from "vitest";
import { openTestDatabase } from "../store/test-database.fixture.ts";
import { addDurations, noDurations, quantile, readDurations } from "./duration-steps.ts";

it("reads counts out of the number that PostgreSQL adds up", async () => {
  const { db } = await openTestDatabase();
  const { rows } = await sql<{ durations: string }>`
    select sum(n * duration_lane(step)) as durations from (values (1, 3), (2, 9999999), (20, 1), (38, 40)) s(step, n)`.execute(
    db,
  );
  const steps = readDurations(rows[0]?.durations ?? "");
  expect(steps.flatMap((count, place) => (count === 0 ? [] : [[place, count]]))).toEqual([
    [0, 3],
    [1, 9_999_999],
    [19, 1],
    [37, 40],
  ]);
  expect(readDurations("0")).toEqual(noDurations());
}, 60_000);

it("adds counts, and says below which time a part of the runs stayed", () => {
  const durations = readDurations("30000001");
  expect(durations.slice(0, 3)).toEqual([1, 3, 0]);
  addDurations(durations, readDurations("0000000".concat("1")));
  expect(durations.slice(0, 3)).toEqual([2, 3, 0]);
  expect(quantile(durations, 0.2)).toBeCloseTo(0.297, 3);
  expect(quantile(noDurations(), 0.5)).toBeNull();
});
