import http from "node:http";
import type { Duplex } from "node:stream";
import type { Target } from "./ports.ts";

const DEADLINE = 5000;

export interface ProbeAnswer {
  readonly probe: string;
  readonly healthy: boolean;
  readonly detail: string;
}

/**
 * Asks one probe as seen from the host: `http://address:port/path` (healthy: a status from 200 to 399) or
 * `address:port` (healthy: it accepts a connection). Never takes longer than 5 s.
 */
export async function probe(
  address: string,
  target: Target,
  abort: AbortSignal,
  method: "GET" | "POST" = "GET",
): Promise<ProbeAnswer> {
  const url = address.startsWith("http://") ? new URL(address) : undefined;
  const [name, port] = url ? [url.hostname, url.port || "80"] : split(address);
  const signal = AbortSignal.any([abort, AbortSignal.timeout(DEADLINE)]);
  const opened = await target.openTcp(name.replace(/^\[(.*)\]$/, "$1"), Number(port));
  if (!opened.ok) {
    const detail = "detail" in opened.failure ? opened.failure.detail : opened.failure.reason;
    return { probe: address, healthy: false, detail };
  }
  const stream = opened.value;
  try {
    if (url === undefined) return { probe: address, healthy: true, detail: "accepts connections" };
    const status = await statusOf(url, method, stream, signal);
    return { probe: address, healthy: status >= 200 && status < 400, detail: `HTTP ${status}` };
  } catch (error) {
    const detail = signal.aborted
      ? `no answer within ${DEADLINE / 1000} s`
      : error instanceof Error
        ? error.message
        : String(error);
    return { probe: address, healthy: false, detail };
  } finally {
    stream.destroy();
  }
}

function split(address: string): readonly [string, string] {
  const at = address.lastIndexOf(":");
  return [address.slice(0, at), address.slice(at + 1)];
}

function statusOf(url: URL, method: string, stream: Duplex, signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request({
      method,
      createConnection: () => stream,
      path: url.pathname + url.search,
      headers: { host: url.host, connection: "close", "user-agent": "gantry" },
      signal,
    });
    outgoing.on("response", (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}
