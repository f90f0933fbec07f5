import http from "node:http";
import https from "node:https";
import { fail, ok, type Result } from "../../../domain/result.ts";

export interface HttpAsk {
  readonly method: "GET" | "PUT" | "DELETE";
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds until the answer begins, and until it is whole. */
  readonly answer: number;
  readonly body: number;
  /** Ends the exchange earlier. */
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Bytes; a registry of 10,000 instances is about 20 MB. */
const bodyLimit = 128 * 1024 * 1024;

/**
 * Sends one request and reads the whole answer, whatever its status; redirects are answers like any other. TLS trusts
 * Node's certificates and NODE_EXTRA_CA_CERTS. Without an answer the failure says why in one line.
 */
export function exchange(
  url: URL,
  { method, headers, answer, body, signal }: HttpAsk,
): Promise<Result<HttpAnswer, string>> {
  const timeout = new AbortController();
  const late = (milliseconds: number) => setTimeout(() => timeout.abort(), milliseconds);
  let limit = { timer: late(answer), seconds: answer / 1000 };
  return new Promise<Result<HttpAnswer, string>>((resolve) => {
    const giveUp = (error: Error) =>
      resolve(fail(timeout.signal.aborted ? `no answer within ${limit.seconds} s` : wordsOf(error)));
    const client = url.protocol === "https:" ? https : http;
    const ended = AbortSignal.any([timeout.signal, signal]);
    // Peers are few and polled slowly: no connection is kept, so none is found dead after a peer's restart.
    const request = client.request(url, { method, headers, agent: false, signal: ended });
    request.on("error", giveUp);
    request.on("response", (response) => {
      clearTimeout(limit.timer);
      limit = { timer: late(body), seconds: body / 1000 };
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > bodyLimit) response.destroy(new Error(`answer longer than ${bodyLimit / 1024 / 1024} MiB`));
      });
      response.on("error", giveUp);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve(ok({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      });
    });
    request.end();
  }).finally(() => clearTimeout(limit.timer));
}

/** Node's own words, with the code where they lack it; of several addresses tried, those about the first. */
function wordsOf(error: Error): string {
  const cause = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  if (/wrong.version.number|packet.length.too.long|http.request/i.test(`${code} ${cause.message}`)) {
    return "no TLS at the other end";
  }
  return cause.message.includes(code) ? cause.message : `${cause.message} (${code})`;
}
