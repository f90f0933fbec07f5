// A process of its own that calls a console at a constant rate, whatever the answers take: node bench/open-loop.ts,
// with an OpenLoop as JSON on its input. Prints OpenLoopResult as JSON.
import { Agent, get } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { text } from "node:stream/consumers";

export interface OpenLoop {
  readonly url: string;
  /** Calls a second, in all, and for how many seconds. */
  readonly rate: number;
  readonly seconds: number;
  /** What is called in turn. */
  readonly calls: readonly { readonly name: string; readonly path: string; readonly cookie: string }[];
}

/** Milliseconds of every call by name, from when it was due, so that a server that stalls is not spared; and failures. */
export interface OpenLoopResult {
  readonly times: Readonly<Record<string, number[]>>;
  readonly failures: readonly string[];
}

async function run({ url, rate, seconds, calls }: OpenLoop): Promise<OpenLoopResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const times: Record<string, number[]> = {};
  const failures: string[] = [];
  const call = async (place: number, due: number): Promise<void> => {
    const { name, path, cookie } = calls[place % calls.length] ?? { name: "", path: "", cookie: "" };
    const status = await new Promise<number | string>((resolve) => {
      const request = get(`${url}/api/v1${path}`, { agent, headers: { cookie }, timeout: 20_000 }, (response) => {
        response.on("end", () => resolve(response.statusCode ?? 0)).on("error", (error) => resolve(error.message));
        response.resume();
      });
      request.on("error", (error) => resolve(error.message)).on("timeout", () => request.destroy(new Error("timeout")));
    });
    (times[name] ??= []).push(performance.now() - due);
    if (status !== 200) failures.push(`${name}: ${status}`);
  };
  const began = performance.now();
  const open: Promise<void>[] = [];
  for (let n = 0; n < rate * seconds; n += 1) {
    const due = began + (n * 1000) / rate;
    if (due > performance.now() + 1) await delay(Math.max(1, due - performance.now()));
    open.push(call(n, due));
  }
  await Promise.all(open);
  agent.destroy();
  return { times, failures };
}

if (import.meta.main)
  process.stdout.write(JSON.stringify(await run(JSON.parse(await text(process.stdin)) as OpenLoop)));
