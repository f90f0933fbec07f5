import { nodeRunArgs } from "../test/lab/node-runtime.ts";
import { eurekaServiceImage } from "../test/lab/images.ts";
import type { Lab } from "../test/lab/lab.ts";
import { springRunArgs, springServiceImage, startSpringLoad } from "../test/lab/spring.ts";
import { startLoad, type Counts } from "../test/load/eureka-client.ts";
import { caches } from "./loss-caches.ts";

/** A service and a client of its kind. */
export interface LossPart {
  readonly name: "node" | "spring";
  /** DockerRunArg. */
  runArgs(): Promise<string>;
  /** Pushes demo1:v1 and demo1:v2, which register at these peers. */
  push(lab: Lab, eurekaUrls: string): Promise<void>;
  /** Starts a client, which counts from its first success on. */
  startLoad(eurekaUrls: string): Promise<{ stop(): Promise<Pick<Counts, "sent" | "lost" | "reasons">> }>;
}

const node: LossPart = {
  name: "node",
  runArgs: async () => `-d --network host ${await nodeRunArgs()}`,
  async push(lab, eurekaUrls) {
    const env = {
      EUREKA_CLIENT_SERVICEURL_DEFAULTZONE: eurekaUrls,
      EUREKA_INSTANCE_LEASERENEWALINTERVALINSECONDS: "2",
    };
    for (const version of ["v1", "v2"]) await lab.push(eurekaServiceImage({ name: "demo1", version, env }));
  },
  async startLoad(eurekaUrls) {
    const { fetchMs, loadBalancerMs } = caches;
    const load = startLoad({ app: "demo1", servers: eurekaUrls.split(","), fetchMs, loadBalancerMs });
    await load.ready();
    return load;
  },
};

const spring: LossPart = {
  name: "spring",
  runArgs: async () => `-d --network host ${springRunArgs()}`,
  async push(lab, eurekaUrls) {
    const env = {
      EUREKA_CLIENT_SERVICEURL_DEFAULTZONE: eurekaUrls,
      EUREKA_INSTANCE_LEASERENEWALINTERVALINSECONDS: "2",
      // The client, outside of the lab, cannot resolve the hosts' names.
      EUREKA_INSTANCE_PREFERIPADDRESS: "true",
    };
    for (const version of ["v1", "v2"])
      await lab.push(await springServiceImage({ name: "demo1", version, env }, console.log));
  },
  async startLoad(eurekaUrls) {
    const { fetchMs, loadBalancerMs } = caches;
    const servers = eurekaUrls.split(",");
    const load = await startSpringLoad({ app: "demo1", servers, fetchMs, loadBalancerMs, log: console.log });
    await load.ready();
    return load;
  },
};

export const lossParts: readonly LossPart[] = [node, spring];
