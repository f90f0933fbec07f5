import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { startEurekaPeers } from "../../../lab/eureka.ts";
import { startLink } from "../link.ts";
import { startEureka } from "../server.ts";
import { cacheMs, replicationExpiryMs, type World } from "./case.ts";

/** Two peers under test, by their service URLs, and what can be done to them. */
export interface Pair extends Omit<World, "a" | "b"> {
  readonly a: string;
  readonly b: string;
  stop(): Promise<void>;
}

/** Two small servers; `a` reaches `b` over a line that can be cut. */
export async function startSmallPair(): Promise<Pair> {
  const [first, second] = ["127.0.0.1", "127.0.0.2"] as const;
  const [portA, portB] = [await freePort(first), await freePort(second)];
  const line = await startLink(second, { host: second, port: portB });
  const startB = () =>
    startEureka({
      address: second,
      port: portB,
      peers: [`http://${first}:${portA}/eureka`],
      cacheMs,
      replicationExpiryMs,
    });
  const a = await startEureka({
    address: first,
    port: portA,
    peers: [`http://${second}:${line.port}/eureka/`],
    cacheMs,
    replicationExpiryMs,
  });
  let b = await startB();
  return {
    a: a.url,
    b: b.url,
    cutLine: line.cut,
    mendLine: line.restore,
    async restartB() {
      await b.stop();
      b = await startB();
      await sleep(100); // until fetch has noticed that its old connections are closed
    },
    async stop() {
      await Promise.all([a.stop(), b.stop(), line.cut()]);
    },
  };
}

/** The same with real servers, built by Maven and started as processes. */
export async function startRealPair(): Promise<Pair> {
  const [first, second] = ["127.0.0.3", "127.0.0.4"] as const;
  const [portA, portB] = [await freePort(first), await freePort(second)];
  const line = await startLink(second, { host: second, port: portB });
  const peers = await startEurekaPeers({
    dir: "/var/lib/gantry-lab/eureka-conformance",
    servers: [
      { address: first, port: portA, peers: [`http://${second}:${line.port}/eureka/`] },
      { address: second, port: portB, peers: [`http://${first}:${portA}/eureka/`] },
    ],
    cacheMs,
    replicationExpiryMs,
  });
  const [a, b] = peers.servers;
  if (a === undefined || b === undefined) throw new Error("two servers were asked for");
  return {
    a: a.url,
    b: b.url,
    cutLine: line.cut,
    mendLine: line.restore,
    async restartB() {
      await b.stop();
      await b.start();
    },
    async stop() {
      await line.cut();
      await peers.stop();
    },
  };
}

async function freePort(address: string): Promise<number> {
  const server = createServer().listen(0, address);
  await once(server, "listening");
  const bound = server.address();
  server.close();
  await once(server, "close");
  return typeof bound === "object" && bound !== null ? bound.port : 0;
}
