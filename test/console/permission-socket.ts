import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";
import type { ServerMessage } from "../../src/contract/socket.ts";
import type { ConsoleClient } from "./console-client.ts";
import { openLive } from "./people.ts";
import type { Caller } from "./permission-callers.ts";

const opened = ({ client, headers }: Caller): Promise<WebSocket | number> =>
  openLive(client.url, { origin: client.url, cookie: client.cookie, ...headers });

/** What the console says to somebody who watches a request, after an `unwatch` of it; a number: he was not let in. */
export async function watchAnswer(
  caller: Caller,
  request: number,
  unwatchFirst = false,
): Promise<ServerMessage["type"] | number> {
  const socket = await opened(caller);
  if (typeof socket === "number") return socket;
  const answer = next(socket, (message) => "request" in message && message.request === request);
  if (unwatchFirst) socket.send(JSON.stringify({ unwatch: "request", request }));
  socket.send(JSON.stringify({ watch: "request", request }));
  const { type } = await answer;
  socket.close();
  return type;
}

/** Who hears that a request has changed while all watch the lists. */
export async function changesHeard(
  callers: ReadonlyMap<string, Caller>,
  admin: ConsoleClient,
  request: number,
): Promise<string[]> {
  const hearing: string[] = [];
  const sockets: WebSocket[] = [];
  for (const [who, caller] of callers) {
    const socket = await opened(caller);
    if (typeof socket === "number") continue;
    sockets.push(socket);
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString("utf8")) as ServerMessage;
      if (message.type === "request" && message.request === request) hearing.push(who);
    });
    socket.send(JSON.stringify({ watch: "requests" }));
  }
  await delay(500);
  const { version } = await admin.request(request);
  await admin.call("PUT /requests/:id", { params: { id: request }, body: { version, values: {}, note: `${version}` } });
  // Nobody can say when those are through who hear nothing; whoever hears does within moments.
  await delay(1500);
  for (const socket of sockets) socket.close();
  return [...new Set(hearing)];
}

function next(socket: WebSocket, fits: (message: ServerMessage) => boolean): Promise<ServerMessage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("nothing was heard for 20 s")), 20_000);
    socket.on("message", (data: Buffer, isBinary: boolean) => {
      if (isBinary) return;
      const message = JSON.parse(data.toString("utf8")) as ServerMessage;
      if (!fits(message)) return;
      clearTimeout(timer);
      resolve(message);
    });
  });
}
