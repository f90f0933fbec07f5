import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** A TCP line between two servers that can be cut: connections break and new ones are refused. */
export interface Link {
  readonly port: number;
  readonly cut: () => Promise<void>;
  readonly restore: () => Promise<void>;
}

/** Listens on `address` (any free port) and passes connections on to `target`. */
export async function startLink(address: string, target: { host: string; port: number }): Promise<Link> {
  const sockets = new Set<Socket>();
  const listen = async (port: number): Promise<Server> => {
    const server = createServer((near) => {
      const far = connect(target);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on("error", () => undefined);
        socket.on("close", () => sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
      near.on("close", () => far.destroy());
      far.on("close", () => near.destroy());
    });
    server.listen(port, address);
    await once(server, "listening");
    return server;
  };
  let server = await listen(0);
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  return {
    port,
    async cut() {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
    async restore() {
      if (!server.listening) server = await listen(port);
    },
  };
}
