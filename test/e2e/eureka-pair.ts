import type { Lab } from "../lab/lab.ts";
import { twoAddresses } from "../lab/network.ts";
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
  const [first, second] = await twoAddresses(lab.name);
  const start = (address: string, other: string): Promise<SmallEureka> =>
    startEureka({
      cacheMs: 500,
      replicationDelayMs: 100,
      ...options,
      address,
      port,
      peers: [`http://${other}:${port}/eureka`],
    });
  const both = [await start(first, second), await start(second, first)] as const;
  const roots = both.map(({ url }) => url.replace(/\/eureka$/, ""));
  return {
    both,
    url: roots.join(","),
    serviceUrls: both.map(({ url }) => `${url}/`).join(","),
    stop: async () => void (await Promise.all(both.map((eureka) => eureka.stop()))),
  };
}
