import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "./client.ts";

/** Both servers of the suite run with these, in ms. */
export const cacheMs = 1000;
export const replicationExpiryMs = 2000;

/** `Client.state` of an instance that was taken out of service: status and override. */
export const outOfService = "OUT_OF_SERVICE/OUT_OF_SERVICE";

/** What a case works on: two peers, seen through an application and an instance id that no other case uses. */
export interface World {
  readonly a: Client;
  readonly b: Client;
  /** Cuts and mends the line by which `a` tells `b`. */
  cutLine(): Promise<void>;
  mendLine(): Promise<void>;
  /** Ends `b` and starts it again, without memory. */
  restartB(): Promise<void>;
}

/** A sentence about Eureka, and the proof of it: throws when a server does otherwise. */
export interface Case {
  readonly title: string;
  readonly run: (world: World) => Promise<void>;
}

/** Long enough for a change to reach the peer: a batch is collected for half a second. */
export const untilReplicated = 5000;

/** Waits until a change that will not come would have reached the peer. */
export function wouldHaveReplicated(): Promise<void> {
  return sleep(1500);
}

/** Waits until every cached answer has been renewed at least once. */
export function cachesRenewed(): Promise<void> {
  return sleep(cacheMs + 300);
}

/** Returns early in an interval of the read-only cache, which is renewed at multiples of it by the wall clock. */
export async function earlyInInterval(): Promise<void> {
  const phase = Date.now() % cacheMs;
  if (phase < 100 || phase > 400) await sleep(cacheMs - phase + 120);
}
