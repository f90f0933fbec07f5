import { describe, expect, it } from "vitest";
import { firstError, LogSearch } from "./log-search.ts";
import type { LogSource } from "./log-source.ts";
import { MemoryLog } from "./memory-log.fixture.ts";

const { signal } = new AbortController();

/** 10,000 lines; every so many says "hit". */
function logWith(every: number): MemoryLog {
  const log = new MemoryLog();
  const lines = Array.from({ length: 10_000 }, (_, line) => `${line} ${line % every === 0 ? "Hit" : "miss"}`);
  log.append(`${lines.join("\n")}\n`);
  return log;
}

describe("a search with few matches", () => {
  it("begins at what is looked at, and goes on in both directions and around", async () => {
    const search = new LogSearch(logWith(1000).source, "hit");
    expect((await search.start(2500, signal))?.line).toBe(3000);
    expect(search.count).toEqual({ lines: 10, more: false });
    expect(search.place).toBe(4);
    expect((await search.next(signal))?.line).toBe(4000);
    expect((await search.previous(signal))?.line).toBe(3000);
    await search.previous(signal);
    await search.previous(signal);
    expect((await search.previous(signal))?.line).toBe(0);
    expect((await search.previous(signal))?.line).toBe(9000);
    expect((await search.next(signal))?.line).toBe(0);
  });

  it("finds what has been added since", async () => {
    const log = logWith(5000);
    const search = new LogSearch(log.source, "hit");
    await search.start(5000, signal);
    log.append("a new hit\n");
    expect((await search.next(signal))?.line).toBe(10_000);
    expect(search.count).toEqual({ lines: 3, more: false });
  });

  it("finds nothing where there is nothing", async () => {
    const search = new LogSearch(logWith(100).source, "no such text");
    expect(await search.start(0, signal)).toBeUndefined();
    expect(await search.next(signal)).toBeUndefined();
    expect(await search.previous(signal)).toBeUndefined();
  });
});

describe("a search with more matches than are asked for at once", () => {
  it("still goes to each next and each one before", async () => {
    const search = new LogSearch(logWith(2).source, "hit");
    expect((await search.start(7001, signal))?.line).toBe(7002);
    expect(search.count).toEqual({ lines: 1000, more: true });
    expect(search.place).toBeUndefined();
    expect((await search.next(signal))?.line).toBe(7004);
    expect((await search.previous(signal))?.line).toBe(7002);
    expect((await search.previous(signal))?.line).toBe(7000);
  });

  it("goes on where the known ones end, and around at both ends", async () => {
    const search = new LogSearch(logWith(2).source, "hit");
    await search.start(1996, signal);
    expect((await search.next(signal))?.line).toBe(1998);
    expect((await search.next(signal))?.line).toBe(2000);
    expect((await search.next(signal))?.line).toBe(2002);
    expect((await search.previous(signal))?.line).toBe(2000);
    const atStart = new LogSearch(logWith(2).source, "hit");
    await atStart.start(0, signal);
    expect((await atStart.previous(signal))?.line).toBe(9998);
    expect((await atStart.next(signal))?.line).toBe(0);
  });
});

it("finds the first line that looks like a failure", async () => {
  const log = new MemoryLog();
  log.append("ok: [lab1]\nfatal: [lab2]: FAILED!\nfatal: [lab3]\n");
  expect((await firstError(log.source, signal))?.line).toBe(1);
});

it("goes on where the server stopped half-way without a match", async () => {
  const log = new MemoryLog();
  log.append(`${"nothing\n".repeat(1000)}fatal: [lab2]: FAILED!\n`);
  const impatient: LogSource = {
    ...log.source,
    search: async (query, to) => {
      const answer = await log.source.search(query, to);
      const end = query.from + 3000;
      const matches = answer.matches.filter(({ byte }) => byte < end);
      return matches.length === 0 && end < log.bytes.length ? { matches, next: end } : answer;
    },
  };
  expect((await firstError(impatient, signal))?.line).toBe(1000);
  const search = new LogSearch(impatient, "fatal");
  await search.start(0, signal);
  expect((await search.next(signal))?.line).toBe(1000);
});
