import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import type { ServerMessage } from "../../../src/contract/socket.ts";
import { answerOf } from "./fake-answers.ts";
import type { FakeWorld } from "./fake-world.ts";

export interface FakeConsole {
  readonly url: string;
  /** Sends a message to every page that is connected. */
  readonly tell: (message: ServerMessage) => void;
  /** Cuts the connections of all pages. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** What the console should be able to send without breaking a page. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Serves built pages out of `folder`, and answers their calls out of `world`: for tests of pages only. */
export async function startFakeConsole(folder: string, world: FakeWorld): Promise<FakeConsole> {
  const server = createServer((request, response) => {
    void answer(folder, world, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const sockets = new WebSocketServer({ server, path: "/api/v1/live" });
  const send = (socket: WebSocket, message: ServerMessage): void => socket.send(JSON.stringify(message));
  sockets.on("connection", (socket) => send(socket, { type: "alive" }));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tell: (message) => {
      for (const socket of sockets.clients) send(socket, message);
    },
    cut: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  folder: string,
  world: FakeWorld,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://console");
  if (!url.pathname.startsWith("/api/")) {
    response.setHeader("content-security-policy", POLICY);
    const asset = url.pathname.startsWith("/assets/");
    const content = await readFile(join(folder, asset ? url.pathname : "index.html")).catch(() => undefined);
    if (content === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { "content-type": asset ? (TYPES[extname(url.pathname)] ?? "") : "text/html" })
        .end(content);
    return;
  }
  const body = await bodyOf(request);
  const call = `${request.method ?? "GET"} ${url.pathname.slice("/api/v1".length)}`;
  if (request.method !== "GET") {
    world.changes.push({ call, body, csrf: request.headers["x-csrf-token"]?.toString() });
  }
  const { status, body: content } = world.answers.get(call) ?? answerOf(world, call, url.searchParams, body);
  if (content === undefined) response.writeHead(status).end();
  else {
    const file = typeof content === "string";
    const type = file ? "text/plain" : status >= 400 ? "application/problem+json" : "application/json";
    response.writeHead(status, { "content-type": type }).end(file ? content : JSON.stringify(content));
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return parts.length === 0 ? undefined : JSON.parse(Buffer.concat(parts).toString());
}
