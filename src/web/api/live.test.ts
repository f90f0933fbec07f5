import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ServerMessage } from "../../contract/socket.ts";
import { createLive, logMessage, pauseBefore } from "./live.ts";

/** A WebSocket whose server is the test. */
class FakeSocket extends EventTarget {
  readyState: number = WebSocket.CONNECTING;
  binaryType = "blob";
  readonly sent: unknown[] = [];
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(code = 1006): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
  open(): void {
    this.readyState = WebSocket.OPEN;
    this.dispatchEvent(new Event("open"));
  }
  say(message: ServerMessage): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }));
  }
  log(run: bigint, offset: bigint, text: string): void {
    const bytes = new TextEncoder().encode(text);
    const data = new ArrayBuffer(16 + bytes.length);
    const view = new DataView(data);
    view.setBigUint64(0, run);
    view.setBigUint64(8, offset);
    new Uint8Array(data, 16).set(bytes);
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

function connected() {
  const sockets: FakeSocket[] = [];
  const changed: (number | null)[] = [];
  let failed = 0;
  let network: (online: boolean) => void = () => undefined;
  const live = createLive({
    connect: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    changed: (request) => changed.push(request),
    failed: () => {
      failed += 1;
    },
    network: (listener) => {
      network = listener;
      return () => (network = () => undefined);
    },
    random: () => 1,
  });
  const last = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (socket === undefined) throw new Error("nothing has connected yet");
    return socket;
  };
  return { live, sockets, changed, last, failed: () => failed, network: (online: boolean) => network(online) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("live messages", () => {
  test("reach those who watch the request, also by the number of its run", () => {
    const { live, last } = connected();
    const seen: unknown[] = [];
    live.open();
    last().open();
    live.subscribe(7, {
      run: ({ state }) => seen.push(state),
      log: (run, offset, bytes) => seen.push([run, offset, new TextDecoder().decode(bytes)]),
    });
    live.subscribe(8, { run: () => seen.push("not for me") });
    last().say({ type: "run", request: 7, run: 70, state: "running", logBytes: 0, logLines: 0 });
    last().log(70n, 5_000_000_000n, "hello");
    expect(seen).toEqual(["running", [70, 5_000_000_000, "hello"]]);
    expect(last().sent).toEqual([
      { watch: "requests" },
      { watch: "request", request: 7 },
      { watch: "request", request: 8 },
    ]);
  });

  test("watch a request once, however many listen, and no longer when nobody does", () => {
    const { live, last } = connected();
    live.open();
    last().open();
    const first = live.subscribe(7, {});
    const second = live.subscribe(7, {});
    first();
    second();
    expect(last().sent.slice(1)).toEqual([
      { watch: "request", request: 7 },
      { unwatch: "request", request: 7 },
    ]);
  });

  test("are stale after silence, and the connection is made anew", () => {
    const { live, last, sockets } = connected();
    live.open();
    last().open();
    last().say({ type: "alive" });
    expect(live.state()).toBe("live");
    vi.advanceTimersByTime(24_000);
    last().say({ type: "alive" });
    vi.advanceTimersByTime(24_000);
    expect(live.state()).toBe("live");
    vi.advanceTimersByTime(2_000);
    expect(live.state()).toBe("stale");
    vi.advanceTimersByTime(1_000);
    expect(sockets).toHaveLength(2);
  });

  test("are stale as soon as the browser has no network, and connect at once when it has one again", () => {
    const { live, last, sockets, network } = connected();
    live.open();
    last().open();
    network(false);
    expect(live.state()).toBe("stale");
    // Attempts in between fail, and wait longer each time.
    for (let attempt = 0; attempt < 6; attempt += 1) {
      vi.advanceTimersByTime(30_000);
      last().close();
    }
    const before = sockets.length;
    network(true);
    expect(sockets).toHaveLength(before + 1);
    last().open();
    expect(live.state()).toBe("live");
    vi.advanceTimersByTime(20_000);
    expect(sockets).toHaveLength(before + 1);
  });

  test("stay as they are when the browser reports a network that was never missed", () => {
    const { live, last, sockets, network } = connected();
    live.open();
    last().open();
    network(true);
    expect([live.state(), sockets.length]).toEqual(["live", 1]);
  });

  test("after a reconnect everything is watched again, and whoever listens knows that something may be missing", () => {
    const { live, last, changed } = connected();
    let again = 0;
    live.open();
    last().open();
    live.subscribe(7, {
      reconnected: () => {
        again += 1;
      },
    });
    last().close();
    vi.advanceTimersByTime(1_000);
    last().open();
    expect(last().sent).toEqual([{ watch: "requests" }, { watch: "request", request: 7 }]);
    expect(again).toBe(1);
    expect(changed).toEqual([null]);
  });

  test("of a run that has only just begun reach its page before the run itself is named", () => {
    const { live, last } = connected();
    const seen: number[] = [];
    live.open();
    last().open();
    live.subscribe(7, { log: (run) => seen.push(run) });
    last().log(71n, 0n, "first line");
    last().say({ type: "run", request: 8, run: 80, state: "running", logBytes: 0, logLines: 0 });
    last().log(80n, 0n, "of another request");
    expect(seen).toEqual([71]);
  });

  test("ask whether the session still holds when no connection comes about, or it is closed for that", () => {
    const { live, last, failed } = connected();
    live.open();
    last().close();
    expect(failed()).toBe(1);
    expect(live.state()).toBe("connecting");
    vi.advanceTimersByTime(1_000);
    last().open();
    last().close();
    expect(failed()).toBe(1);
    vi.advanceTimersByTime(1_000);
    last().open();
    last().close(4401);
    expect(failed()).toBe(2);
  });

  test("end with the page that opened them", () => {
    const { live, last, sockets } = connected();
    const close = live.open();
    last().open();
    close();
    vi.advanceTimersByTime(120_000);
    expect(sockets).toHaveLength(1);
    expect(live.state()).toBe("connecting");
  });
});

test("pauses between attempts grow, differ from page to page, and never exceed half a minute", () => {
  expect(pauseBefore(0, () => 0)).toBe(250);
  expect(pauseBefore(0, () => 1)).toBe(500);
  expect(pauseBefore(3, () => 1)).toBe(4000);
  expect(pauseBefore(50, () => 1)).toBe(30_000);
});

test("a log message without bytes is read", () => {
  expect(logMessage(new ArrayBuffer(16))).toEqual({ run: 0, offset: 0, bytes: new Uint8Array() });
});
