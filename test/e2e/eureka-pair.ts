import { run } from "../lab/command.ts";
import type { Lab } from "../lab/lab.ts";
import { subnetOf } from "../lab/network.ts";
import type { EurekaOptions } from "../fakes/eureka/options.ts";
import { startEureka } from "../fakes/eureka/server.ts";

type SmallEureka = Awaited<ReturnType<typeof startEureka>>;

/** Two small Eureka servers, peers of each other, that a lab's hosts reach. */
export interface EurekaPair {
  readonly both: readonly [SmallEureka, SmallEureka];
  /** As an EurekaUrl: their roots. */
  readonly url: string;
  /** As `defaultZone` of a client. */
  readonly serviceUrls: string;
  stop(): Promise<void>;
}

/** Starts them on the machine's two addresses in the lab's subnet. */
export async function startEurekaPair(lab: Lab, port: number, options: EurekaOptions = {}): Promise<EurekaPair> {
  const { gateway, bridge } = subnetOf(lab.name);
  const second = gateway.replace(/\.254$/, ".253");
  const added = await run(["ip", "address", "replace", `${second}/24`, "dev", bridge]);
  if (added.code !== 0) throw new Error(`cannot give ${second} to ${bridge}: ${added.stderr}`);
  const start = (address: string, other: string): Promise<SmallEureka> =>
    startEureka({
      cacheMs: 500,
      replicationDelayMs: 100,
      ...options,
      address,
      port,
      peers: [`http://${other}:${port}/eureka`],
    });
  const both = [await start(gateway, second), await start(second, gateway)] as const;
  const roots = both.map(({ url }) => url.replace(/\/eureka$/, ""));
  return {
    both,
    url: roots.join(","),
    serviceUrls: both.map(({ url }) => `${url}/`).join(","),
    stop: async () => void (await Promise.all(both.map((eureka) => eureka.stop()))),
  };
}
