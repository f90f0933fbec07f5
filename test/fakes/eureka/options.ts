import type { Faults } from "./faults.ts";
import type { Registry } from "./registry.ts";

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** What server to start; times in ms. Real defaults in brackets, where they differ. */
export interface EurekaOptions {
  /** Default 127.0.0.1. Peers need addresses of their own: 127.0.0.2, ... */
  readonly address?: string;
  /** Default 0: any free one. */
  readonly port?: number;
  /** `/eureka` (Spring, the default; answers below `/eureka/v2` too), `/eureka/v2` (Netflix), with a context path before. */
  readonly basePath?: string;
  /** Service URLs of the others, `http://127.0.0.2:8761/eureka`; user and password may be in them. */
  readonly peers?: readonly string[];
  /** Interval of the read-only response cache, 1000 [30000]; 0 turns it off. */
  readonly cacheMs?: number;
  /** How long changes are collected for the peers, 500. */
  readonly replicationDelayMs?: number;
  /** How long a status change or cancel is tried again on a peer, 30000. */
  readonly replicationExpiryMs?: number;
  /** How long a peer may take to answer, 2000 [200]. */
  readonly peerTimeoutMs?: number;
  /** How often leases that ran out are removed, 1000 [60000]. */
  readonly evictionMs?: number;
  /** Keep leases that ran out while too few heartbeats come in, false [true]. */
  readonly selfPreservation?: boolean;
  /** Over which heartbeats are counted for self-preservation, 60000. */
  readonly renewWindowMs?: number;
  /** How long cached reads answer 403 after the start, 0 [300000 without peers]. */
  readonly warmUpMs?: number;
  /** False: GET /apps/delta answers 403. */
  readonly delta?: boolean;
  /** Calls without this login answer 401. */
  readonly auth?: Login;
  /** Makes it https. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** How far the server's clock is off. */
  readonly clockSkewMs?: number;
}

/** The options with their defaults; those without one are absent. */
export const defaults = {
  address: "127.0.0.1",
  port: 0,
  basePath: "/eureka",
  peers: [] as readonly string[],
  cacheMs: 1000,
  replicationDelayMs: 500,
  replicationExpiryMs: 30_000,
  peerTimeoutMs: 2000,
  evictionMs: 1000,
  selfPreservation: false,
  renewWindowMs: 60_000,
  warmUpMs: 0,
  delta: true,
  clockSkewMs: 0,
  auth: undefined as Login | undefined,
};

/** A running small Eureka. */
export interface SmallEureka {
  /** Service URL with the base path and without a slash at the end, `http://127.0.0.1:8761/eureka`. */
  readonly url: string;
  readonly port: number;
  readonly registry: Registry;
  readonly faults: Faults;
  /** The last 10,000 calls, oldest first: `PUT /eureka/apps/DEMO/h1/status?value=OUT_OF_SERVICE`. */
  readonly calls: readonly string[];
  /** Moves the clock of `Date` headers and timestamps. */
  setClockSkew(ms: number): void;
  /** Stops listening and cuts connections; what is registered stays. */
  goDown(): Promise<void>;
  /** Listens again on the same port. */
  comeUp(): Promise<void>;
  stop(): Promise<void>;
}
