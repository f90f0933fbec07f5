import { describe, expect, it } from "vitest";
import { PAGE_LINES, PageCache, type CachedLine } from "./page-cache.ts";

const lines = (count: number, text = "x"): CachedLine[] => Array.from({ length: count }, () => ({ text, time: 1 }));

describe("the page cache", () => {
  it("tells what has to be read, page by page, and nothing twice", () => {
    const cache = new PageCache();
    expect(cache.want(990, 1020, 1_000_000)).toEqual([
      { page: 1, line: 500, limit: 500 },
      { page: 2, line: 1000, limit: 500 },
    ]);
    cache.put(500, lines(500));
    expect(cache.want(990, 1020, 1_000_000)).toEqual([{ page: 2, line: 1000, limit: 500 }]);
    cache.put(1000, lines(500));
    expect(cache.want(990, 1020, 1_000_000)).toEqual([]);
    expect(cache.get(1499)?.text).toBe("x");
    expect(cache.get(1500)).toBeUndefined();
  });

  it("reads what a short answer has left out, and no more than there is", () => {
    const cache = new PageCache();
    cache.put(0, lines(120));
    expect(cache.want(0, 50, 10_000)).toEqual([{ page: 0, line: 120, limit: 380 }]);
    expect(cache.want(0, 50, 300)).toEqual([{ page: 0, line: 120, limit: 180 }]);
    expect(cache.want(0, 50, 120)).toEqual([]);
  });

  it("reads only up to what has come live", () => {
    const cache = new PageCache();
    cache.put(400, lines(10));
    expect(cache.want(390, 410, 410)).toEqual([{ page: 0, line: 0, limit: 400 }]);
  });

  it("forgets the pages that were shown longest ago", () => {
    const cache = new PageCache(3 * PAGE_LINES * 100);
    for (const page of [0, 1, 2]) cache.put(page * PAGE_LINES, lines(PAGE_LINES, "y".repeat(100)));
    cache.want(0, 10, 1_000_000);
    cache.put(3 * PAGE_LINES, lines(PAGE_LINES, "y".repeat(100)));
    expect(cache.size).toBe(3);
    expect(cache.get(0)).toBeDefined();
    expect(cache.get(PAGE_LINES)).toBeUndefined();
  });

  it("never forgets what it has just been given, however big", () => {
    const cache = new PageCache(10);
    cache.put(0, lines(2, "z".repeat(100)));
    expect(cache.get(1)?.text).toHaveLength(100);
  });

  it("knows colours that go on over lines and pages, as far as the lines before are there", () => {
    const cache = new PageCache();
    cache.put(PAGE_LINES, lines(3));
    expect(cache.styleAt(PAGE_LINES + 1)).toEqual({});
    cache.put(0, [...lines(PAGE_LINES - 1), { text: "\u001b[31mred", time: 1 }]);
    expect(cache.styleAt(PAGE_LINES + 1)).toEqual({ foreground: 1 });
    cache.put(PAGE_LINES, [{ text: "\u001b[0mplain", time: 1 }]);
    expect(cache.styleAt(PAGE_LINES)).toEqual({ foreground: 1 });
    expect(cache.styleAt(PAGE_LINES + 1)).toEqual({});
  });
});
