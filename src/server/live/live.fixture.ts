import { once } from "node:events";
import type { AddressInfo } from "node:net";
import websocket from "@fastify/websocket";
import fastify from "fastify";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { ClientMessage, ServerMessage } from "../../contract/socket.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { answerProblem } from "../api/problem-answer.ts";
import type { TestDatabase } from "../store/test-database.fixture.ts";
import { openFeed } from "./feed.ts";
import { liveSocket, type LiveParts } from "./live-socket.ts";

export function accountOf(id: number): SignedIn {
  return {
    id,
    name: `account${id}`,
    displayName: "",
    role: "submitter",
    permissions: ["submit"],
    everywhere: ["submit"],
    rules: [],
    groups: [],
    mustChangePassword: false,
    email: "",
    mustEnrolTotp: false,
    totp: false,
    method: null,
    csrfToken: "",
    expiresAt: new Date(),
    via: { session: id },
    address: "127.0.0.1",
  };
}

/** A server with the WebSocket only, until the test ends: everybody is signed in and may see all, unless told otherwise. */
export async function startLive(
  { db, address }: TestDatabase,
  given: Partial<LiveParts> = {},
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const feed = openFeed({ address, application: "gantry test feed", onTrouble: () => {} });
  await feed.listening;
  const app = fastify({ forceCloseConnections: true });
  app.setErrorHandler(answerProblem);
  await app.register(websocket, { options: { maxPayload: 16 * 1024, perMessageDeflate: false } });
  await app.register(async (scope) => {
    liveSocket(scope, {
      db,
      feed,
      authenticate: async () => accountOf(1),
      maySee: async () => true,
      onTrouble: () => {},
      ...given,
    });
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const close = async (): Promise<void> => {
    await app.close();
    await feed.close();
  };
  onTestFinished(close);
  return { port: (app.server.address() as AddressInfo).port, close };
}

/** A page that watches, with everything that it was sent. */
export interface Page {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[];
  /** Pieces of log in the order in which they came. */
  readonly frames: { readonly run: number; readonly offset: number; readonly bytes: Buffer }[];
  /** The bytes of the frames, and whether each began where the last one ended. */
  log(): { readonly bytes: Buffer; readonly whole: boolean };
  send(message: ClientMessage): void;
  /** Code and reason with which it was closed. */
  readonly closed: Promise<readonly [number, string]>;
}

export async function openPage(port: number, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`, {
    headers: { origin: `http://127.0.0.1:${port}`, ...headers },
  });
  const messages: ServerMessage[] = [];
  const frames: Page["frames"] = [];
  socket.on("message", (data: Buffer, isBinary) => {
    if (!isBinary) messages.push(JSON.parse(data.toString("utf8")) as ServerMessage);
    else
      frames.push({
        run: Number(data.readBigUInt64BE(0)),
        offset: Number(data.readBigUInt64BE(8)),
        bytes: data.subarray(16),
      });
  });
  const closed = once(socket, "close").then(([code, reason]) => [Number(code), String(reason)] as const);
  await once(socket, "open");
  onTestFinished(() => socket.terminate());
  return {
    socket,
    messages,
    frames,
    log: () => {
      let end = frames[0]?.offset ?? 0;
      const whole = frames.every(({ offset, bytes }) => {
        const fits = offset === end;
        end = offset + bytes.length;
        return fits;
      });
      return { bytes: Buffer.concat(frames.map(({ bytes }) => bytes)), whole };
    },
    send: (message) => socket.send(JSON.stringify(message)),
    closed,
  };
}

/** Status and problem with which the server refuses a WebSocket. */
export async function refusal(port: number, headers: Readonly<Record<string, string>>): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`, { headers });
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, { statusCode: number }];
  socket.on("error", () => {});
  socket.terminate();
  return response.statusCode;
}
