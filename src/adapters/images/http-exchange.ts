import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fail, ok, type Result } from "../../domain/result.ts";

/** One HTTP request. */
export interface HttpAsk {
  readonly method: "GET" | "HEAD" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Fits the URL's scheme. */
  readonly agent: http.Agent;
  readonly lookup: LookupFunction;
  /** Seconds for the whole exchange, body included. */
  readonly deadline: number;
  /** Ends the exchange earlier. */
  readonly signal: AbortSignal;
}

/** A whole answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Why there was no answer: no TLS at the other end, an unknown issuer of its certificate, a cut connection, ... */
export interface HttpTrouble {
  readonly kind: "not-tls" | "certificate" | "reset" | "timeout" | "other";
  readonly detail: string;
}

/** Bytes; manifests are at most 4 MiB by the OCI distribution specification, lists of tags may be somewhat longer. */
const bodyLimit = 16 * 1024 * 1024;

/** Milliseconds before the second try. */
const pause = 200;

/** `exchange`, tried once more after a cut connection or a 5xx answer. */
export async function exchangeTwice(url: URL, ask: HttpAsk): Promise<Result<HttpAnswer, HttpTrouble>> {
  const first = await exchange(url, ask);
  const again = first.ok ? first.value.status >= 500 : first.failure.kind === "reset";
  if (!again || ask.signal.aborted) return first;
  await sleep(pause);
  return exchange(url, ask);
}

/** Sends one request and reads the whole answer; redirects are answers like any other. */
function exchange(url: URL, ask: HttpAsk): Promise<Result<HttpAnswer, HttpTrouble>> {
  const signal = AbortSignal.any([AbortSignal.timeout(ask.deadline * 1000), ask.signal]);
  return new Promise((resolve) => {
    const giveUp = (error: Error) => resolve(fail(signal.aborted ? timedOut(ask) : troubleOf(error)));
    const client = url.protocol === "https:" ? https : http;
    const { method, headers, agent, lookup } = ask;
    const request = client.request(url, { method, headers, agent, lookup, signal });
    request.on("error", giveUp);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > bodyLimit) response.destroy(new Error(`answer longer than ${bodyLimit / 1024 / 1024} MiB`));
      });
      response.on("error", giveUp);
      response.on("end", () => {
        resolve(ok({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
      });
    });
    request.end(ask.body);
  });
}

function timedOut(ask: HttpAsk): HttpTrouble {
  const detail = ask.signal.aborted ? "given up: the whole call took too long" : `no answer within ${ask.deadline} s`;
  return { kind: "timeout", detail };
}

/** What more certificates of issuers could cure. */
const issuerUnknown = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function troubleOf(error: Error): HttpTrouble {
  const cause = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : "";
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    const plain = /wrong.version.number|packet.length.too.long|http.request/i.test(`${code} ${cause.message}`);
    if (plain) return { kind: "not-tls", detail: "no TLS at the other end" };
    return { kind: "other", detail: `TLS: ${code} ${cause.message}` };
  }
  if (issuerUnknown.has(code)) return { kind: "certificate", detail: `${cause.message} (${code})` };
  if (code === "ECONNRESET" || code === "EPIPE") return { kind: "reset", detail: `connection cut (${code})` };
  return { kind: "other", detail: cause.message || code };
}
