import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LogStore } from "./log-store.ts";
import { MemoryLog } from "./memory-log.fixture.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = async (milliseconds = 5000): Promise<void> => {
  await vi.advanceTimersByTimeAsync(milliseconds);
};

const numbered = (from: number, count: number): string =>
  Array.from({ length: count }, (_, index) => `line ${from + index}\n`).join("");

function storeOf(log: MemoryLog, state: "running" | "succeeded" = "running"): LogStore {
  return new LogStore({ source: log.source, state, logBytes: log.bytes.length });
}

/** Everything that the store shows, read page by page as somebody who scrolls through. */
async function allOf(store: LogStore): Promise<readonly (string | undefined)[]> {
  for (let line = 0; line < store.total; line += 400) {
    store.want(line, line + 400);
    await settle(200);
  }
  return Array.from({ length: store.total }, (_, line) => store.line(line)?.text);
}

describe("the log of a run that has ended", () => {
  it("is read where it is looked at, not whole", async () => {
    const log = new MemoryLog();
    log.append(numbered(0, 100_000));
    const store = storeOf(log, "succeeded");
    const close = store.open();
    await settle();
    expect(store.total).toBe(100_000);
    expect(store.status).toBe("ended");
    store.want(99_960, 100_000);
    await settle();
    expect(store.line(99_999)?.text).toBe("line 99999");
    expect(store.line(50_000)).toBeUndefined();
    expect(log.asked.filter((each) => each.startsWith("lines"))).toEqual(["lines -1 1", "lines 99500 499"]);
    close();
  });

  it("is read on where the server answers with less than was asked for", async () => {
    const log = new MemoryLog();
    log.append(numbered(0, 1000));
    log.mostLines = 70;
    const store = storeOf(log, "succeeded");
    const close = store.open();
    await settle();
    expect(await allOf(store)).toEqual(numbered(0, 1000).trimEnd().split("\n"));
    close();
  });

  it("may be empty, or end without a line end", async () => {
    const empty = storeOf(new MemoryLog(), "succeeded");
    const closeEmpty = empty.open();
    const log = new MemoryLog();
    log.append("only");
    const store = storeOf(log, "succeeded");
    const close = store.open();
    await settle();
    expect([empty.total, empty.status]).toEqual([0, "ended"]);
    expect([store.total, store.line(0)?.text]).toEqual([1, "only"]);
    closeEmpty();
    close();
  });
});

describe("the log of a run that goes on", () => {
  it("grows by what comes, from the last line that was there", async () => {
    const log = new MemoryLog();
    log.append(`${numbered(0, 3)}beg`);
    const store = storeOf(log);
    const close = store.open();
    await settle();
    log.append("un\nnext\n");
    await settle();
    expect(await allOf(store)).toEqual(["line 0", "line 1", "line 2", "begun", "next"]);
    expect(store.status).toBe("live");
    close();
  });

  it("has no hole and nothing twice when messages were lost", async () => {
    const log = new MemoryLog();
    const store = storeOf(log);
    const close = store.open();
    await settle();
    log.append("one\n");
    log.append("two\nthr", { lost: true });
    log.append("ee\nfour\n");
    await settle();
    log.append("five\n", { lost: true });
    log.tellRun("running");
    await settle();
    expect(await allOf(store)).toEqual(["one", "two", "three", "four", "five"]);
    close();
  });

  it("takes what came before the end was found", async () => {
    const log = new MemoryLog();
    log.append("one\n");
    const store = storeOf(log);
    const close = store.open();
    log.append("two\n");
    log.append("three\n");
    await settle();
    expect(await allOf(store)).toEqual(["one", "two", "three"]);
    close();
  });

  it("goes on at the new end after a long time away, and reads what is between only when it is looked at", async () => {
    const log = new MemoryLog();
    log.append(numbered(0, 10));
    const store = storeOf(log);
    const close = store.open();
    await settle();
    log.append(numbered(10, 200_000), { lost: true });
    log.tellReconnected();
    await settle();
    expect(store.total).toBe(200_010);
    expect(log.asked.filter((each) => each.startsWith("bytes")).length).toBeLessThan(4);
    log.append(numbered(200_010, 1));
    await settle();
    store.want(100_000, 100_040);
    await settle();
    expect(store.line(100_000)?.text).toBe("line 100000");
    expect(store.line(200_010)?.text).toBe("line 200010");
    close();
  });

  it("says when nothing comes any more, and when everything has come", async () => {
    const log = new MemoryLog();
    const store = storeOf(log);
    const close = store.open();
    await settle();
    log.tellConnection(false);
    expect(store.status).toBe("stale");
    log.tellConnection(true);
    log.tellRun("unreachable");
    expect(store.status).toBe("stale");
    log.append("last words", { lost: true });
    log.tellRun("succeeded");
    await settle();
    expect(store.status).toBe("ended");
    expect(store.line(0)?.text).toBe("last words");
    close();
  });

  it("is not asked for from its begin where one line alone is very long", async () => {
    const log = new MemoryLog();
    log.append(`first\n${"x".repeat(3_000_000)}`);
    const store = storeOf(log);
    const close = store.open();
    await settle();
    log.append("\nnext\n");
    await settle();
    expect(log.asked.filter((each) => each.startsWith("bytes"))).toEqual([]);
    expect(store.line(1)?.text.length).toBe(1_000_000);
    expect(store.line(2)?.text).toBe("next");
    close();
  });
});

describe("when the server fails", () => {
  it("says so, tries again, and then shows the log", async () => {
    const log = new MemoryLog();
    log.append("one\n");
    let down = true;
    const store = new LogStore({
      source: {
        ...log.source,
        lines: (...args) => (down ? Promise.reject(new Error("down")) : log.source.lines(...args)),
      },
      state: "succeeded",
      logBytes: 4,
    });
    const close = store.open();
    await settle();
    expect(store.status).toBe("failed");
    down = false;
    await settle();
    expect(store.status).toBe("ended");
    expect(store.line(0)?.text).toBe("one");
    close();
  });
});
