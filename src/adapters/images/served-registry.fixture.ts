import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { LookupFunction } from "node:net";
import { onTestFinished } from "vitest";
import { ok } from "../../domain/result.ts";
import { createImageRegistry, type ImageRegistryOptions } from "./image-registry.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse, path: string) => void;

/** An HTTP server on a free loopback port until the test ends; `seen` are its requests as `METHOD path`. */
export async function serve(handler: Handler) {
  const seen: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    seen.push(`${request.method} ${path}`);
    headers.push(request.headers);
    handler(request, response, path);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { host: `127.0.0.1:${port}`, port, seen, headers };
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export const hash = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
/** Of the manifest `a manifest`. */
export const digest = hash("a manifest");

/** Answers as a registry that has these tags of `demo1`, all of one image. */
export function tagsServer(tags: readonly string[]): Handler {
  return (_request, response, path) => {
    if (path.startsWith("/v2/demo1/tags/list")) json(response, 200, { name: "demo1", tags });
    else if (path.includes("/manifests/")) json(response, 200, {}, { "docker-content-digest": digest });
    else json(response, 200, {});
  };
}

const here: LookupFunction = (_host, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);

/** A client without a login, for which every name is this machine. */
export function client(options: Partial<ImageRegistryOptions> = {}) {
  return createImageRegistry({
    credentials: () => Promise.resolve(ok(undefined)),
    environment: {},
    lookup: here,
    ...options,
  });
}

/** Options that ask for no build dates. */
export const byName = { dateLimit: 0 };
