import { describe, expect, test } from "vitest";
import type { EurekaInstance } from "./eureka-instance.ts";
import { isOfThisStart } from "./registration.ts";
import { createServerClock } from "./server-clock.ts";

const hour = 3_600_000;
const start = Date.parse("2026-11-23T10:00:00.700Z");
const at = (milliseconds: number) => new Date(start + milliseconds);

function registered(registeredAt: number | undefined, dirtyAt: number | undefined): EurekaInstance {
  return {
    id: "web1:demo1:8080",
    app: "DEMO1",
    hostname: "web1",
    address: "10.0.0.1",
    port: 8080,
    ports: [8080],
    status: "UP",
    overriddenStatus: "UNKNOWN",
    deleted: false,
    ...(registeredAt === undefined ? {} : { registeredAt }),
    ...(dirtyAt === undefined ? {} : { dirtyAt }),
  };
}

/** A peer's clock that is ahead, learnt from answers at these moments. */
function clockAhead(ahead: number, ...moments: readonly number[]) {
  const clock = createServerClock();
  for (const moment of moments) clock.learn(new Date(start + moment + ahead).toUTCString(), start + moment);
  return clock;
}

describe("a registration is of this start", () => {
  test("when the peer took it after the start and the instance made it after the start, each by its own clock", () => {
    for (const ahead of [-hour, 0, hour]) {
      const clock = clockAhead(ahead, 0, 130, 290);
      const started = { since: at(0), startedAt: at(-ahead) };
      expect(isOfThisStart(registered(start + ahead + 1, start - ahead), started, clock)).toBe(true);
      expect(isOfThisStart(registered(start + ahead - 1500, start - ahead), started, clock)).toBe(false);
      expect(isOfThisStart(registered(start + ahead + 1, start - ahead - 1), started, clock)).toBe(false);
    }
  });

  test("never when a time is missing that has to be compared", () => {
    const clock = clockAhead(0, 0);
    expect(isOfThisStart(registered(undefined, start + 1), { since: at(0) }, clock)).toBe(false);
    expect(isOfThisStart(registered(start + 1, undefined), { since: at(0), startedAt: at(0) }, clock)).toBe(false);
    expect(isOfThisStart(registered(start + 1, undefined), { since: at(0) }, clock)).toBe(true);
  });
});

describe("a peer's clock", () => {
  test("is never taken for later than it is, and known the better the more answers there are", () => {
    const rough = clockAhead(hour, 0).fromLocal(start) - start;
    const better = clockAhead(hour, 0, 310, 620, 930).fromLocal(start) - start;
    expect(rough).toBe(hour - 700);
    expect(better).toBe(hour - 10);
    expect(clockAhead(hour, 0, 310).ahead()).toBe(3600);
  });

  test("is this machine's where the peer sends no dates", () => {
    const clock = createServerClock();
    clock.learn(undefined, start);
    clock.learn("yesterday", start);
    expect(clock.fromLocal(start)).toBe(start);
    expect(clock.ahead()).toBeUndefined();
  });
});
