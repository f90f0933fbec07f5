// A process with many viewers of one request: says when all of them watch, and what each has got in the end.
import { crc32 } from "node:zlib";
import { WebSocket } from "ws";
import type { ServerMessage } from "../src/contract/socket.ts";

export interface ViewersTask {
  readonly port: number;
  readonly request: number;
  readonly count: number;
  /** Bytes of the whole log. */
  readonly bytes: number;
}

/** What a viewer has got: bytes, their checksum, and how often a piece did not begin where the last one ended. */
export interface Viewed {
  readonly bytes: number;
  readonly checksum: number;
  readonly breaks: number;
}
export type ViewersReport = { readonly watching: true } | { readonly viewed: readonly Viewed[] };

process.once("message", (task: ViewersTask) => void watchAll(task));

async function watchAll(task: ViewersTask): Promise<void> {
  const viewers = Array.from({ length: task.count }, () => watch(task));
  await Promise.all(viewers.map(({ watching }) => watching));
  process.send?.({ watching: true } satisfies ViewersReport);
  const viewed = await Promise.all(viewers.map((viewer) => viewer.viewed));
  process.send?.({ viewed } satisfies ViewersReport, () => process.exit(0));
}

function watch({ port, request, bytes }: ViewersTask): { watching: Promise<void>; viewed: Promise<Viewed> } {
  const watching = Promise.withResolvers<void>();
  const done = Promise.withResolvers<Viewed>();
  let viewed: Viewed = { bytes: 0, checksum: 0, breaks: 0 };
  let end = 0;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`, {
    headers: { origin: `http://127.0.0.1:${port}` },
    perMessageDeflate: false,
  });
  socket.on("open", () => socket.send(JSON.stringify({ watch: "request", request })));
  socket.on("close", () => done.resolve(viewed));
  socket.on("error", () => done.resolve(viewed));
  socket.on("message", (data: Buffer, isBinary) => {
    if (!isBinary) {
      const message = JSON.parse(data.toString("utf8")) as ServerMessage;
      if (message.type === "run") watching.resolve();
      // The log has ended, and something of it was never sent.
      if (message.type === "run" && message.state === "succeeded") socket.close();
      return;
    }
    const offset = Number(data.readBigUInt64BE(8));
    const piece = data.subarray(16);
    viewed = {
      bytes: viewed.bytes + piece.length,
      checksum: crc32(piece, viewed.checksum),
      breaks: viewed.breaks + (offset === end ? 0 : 1),
    };
    end = offset + piece.length;
    if (end === bytes) socket.close();
  });
  return { watching: watching.promise, viewed: done.promise };
}
