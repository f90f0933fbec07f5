import { chmodSync } from "node:fs";
import { createServer } from "node:http";

/** As much of a Docker engine as a connection needs: it answers `/_ping` and, to any other path, the path. */
export interface FakeEngine {
  /** Requests seen so far, by path. */
  readonly paths: readonly string[];
  close(): Promise<void>;
}

/** Listens on a unix socket with these permissions. */
export function startFakeEngine(socket: string, mode: number): Promise<FakeEngine> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    const body = request.url === "/_ping" ? "OK" : (request.url ?? "");
    response.writeHead(200, { "content-type": "text/plain", "content-length": Buffer.byteLength(body) });
    response.end(body);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(socket, () => {
      chmodSync(socket, mode);
      resolve({ paths, close });
    });
  });
}
