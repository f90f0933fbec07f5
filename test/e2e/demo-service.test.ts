/** The demo service on Node as a client of Eureka, and the load client that shares it: on real hosts. */
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startEureka } from "../fakes/eureka/server.ts";
import { startEurekaPeers } from "../lab/eureka.ts";
import { eurekaServiceImage } from "../lab/images.ts";
import { startLab, type Lab } from "../lab/lab.ts";
import { subnetOf } from "../lab/network.ts";
import { nodeRunArgs } from "../lab/node-runtime.ts";
import { startLoad } from "../load/eureka-client.ts";

let lab: Lab;
let image: string;
let node: readonly string[];

beforeAll(async () => {
  lab = await startLab({ name: "nodesvc", hosts: 2 });
  node = (await nodeRunArgs()).split(" ");
  image = (await lab.push(eurekaServiceImage({ name: "demo1", version: "v1" }))).reference;
});

afterAll(() => lab?.stop());

afterEach(() => lab.reset());

/** An instance as Eureka shows it. */
interface Lease {
  readonly status: string;
  readonly port: { readonly $: number };
  readonly leaseInfo: { readonly lastRenewalTimestamp: number };
  readonly lastDirtyTimestamp: string;
}

/** A container with the service. */
interface Service {
  readonly container: string;
  /** Its instanceId: Spring's default. */
  readonly id: string;
  /** `stop`, `kill`: what follows is the container's id. */
  docker(...command: readonly string[]): Promise<string>;
  log(): Promise<string>;
  callEureka(method: string, path?: string): Promise<Response>;
  lease(): Promise<Lease | undefined>;
  /** In Eureka; `absent` without a lease. */
  status(): Promise<string>;
}

/** Starts the service on a host, with more flags of `docker run`; it renews its lease every second. */
async function start(url: string, host: string, ...flags: readonly string[]): Promise<Service> {
  const zone = `EUREKA_CLIENT_SERVICEURL_DEFAULTZONE=${url}/`;
  const renewal = "EUREKA_INSTANCE_LEASERENEWALINTERVALINSECONDS=1";
  const docker = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await lab.host(host).docker(...args);
    if (code !== 0) throw new Error(`docker ${args.join(" ")}: exit ${code}: ${stderr}`);
    return stdout.trim();
  };
  const container = await docker("run", "-d", ...node, "-e", zone, "-e", renewal, ...flags, image);
  const id = `${await docker("inspect", "-f", "{{.Config.Hostname}}", container)}:demo1:8080`;
  const callEureka = (method: string, path = ""): Promise<Response> =>
    fetch(`${url}/apps/DEMO1/${id}${path}`, { method, headers: { accept: "application/json" } });
  const lease = async (): Promise<Lease | undefined> => {
    const answer = await callEureka("GET");
    if (answer.status === 404) return undefined;
    return ((await answer.json()) as { instance: Lease }).instance;
  };
  return {
    container,
    id,
    callEureka,
    lease,
    docker: (...command) => docker(...command, container),
    log: () => docker("logs", container),
    status: async () => (await lease())?.status ?? "absent",
  };
}

const hostNetwork = ["--network", "host"] as const;
const soon = { timeout: 15_000, interval: 100 } as const;

/** What holds at any Eureka. */
function behavesAt(urlOf: () => string): void {
  it("registers under its host's name and address with --network host, with the metadata of its environment", async () => {
    const service = await start(urlOf(), "lab1", ...hostNetwork, "-e", "EUREKA_INSTANCE_METADATAMAP_DEPLOYID=run-7");
    const { address } = lab.host("lab1");
    await expect
      .poll(() => service.lease(), soon)
      .toMatchObject({
        instanceId: "lab1:demo1:8080",
        hostName: "lab1",
        ipAddr: address,
        port: { $: 8080, "@enabled": "true" },
        vipAddress: "demo1",
        status: "UP",
        overriddenStatus: "UNKNOWN",
        leaseInfo: { renewalIntervalInSecs: 1, durationInSecs: 90 },
        metadata: { deployid: "run-7" },
      });
    expect(await (await fetch(`http://${address}:8080/`)).text()).toBe("demo1 v1\n");
  });

  it("inherits OUT_OF_SERVICE from a killed one under the same id, and takes it away when it is stopped", async () => {
    const killed = await start(urlOf(), "lab1", ...hostNetwork);
    await expect.poll(() => killed.status(), soon).toBe("UP");
    expect((await killed.callEureka("PUT", "/status?value=OUT_OF_SERVICE")).status).toBe(200);
    await killed.docker("kill");
    const next = await start(urlOf(), "lab1", ...hostNetwork);
    expect(next.id).toBe(killed.id);
    await expect.poll(() => next.log(), soon).toContain("registered as lab1:demo1:8080, UP");
    const registered = await next.lease();
    await expect.poll(async () => lastRenewal(await next.lease()), soon).toBeGreaterThan(lastRenewal(registered));
    expect(await next.status()).toBe("OUT_OF_SERVICE");
    await next.docker("stop");
    expect(await next.status()).toBe("absent");
  });

  it("at SIGTERM is DOWN and refuses connections, finishes what is in flight, then takes its lease away", async () => {
    const service = await start(urlOf(), "lab1", ...hostNetwork);
    await expect.poll(() => service.status(), soon).toBe("UP");
    const url = `http://${lab.host("lab1").address}:8080`;
    const slow = fetch(`${url}/work?ms=2000`);
    await expect.poll(() => connections("lab1"), soon).toBe(1);
    const stopped = service.docker("stop");
    await expect.poll(() => service.status(), soon).toBe("DOWN");
    await expect(fetch(`${url}/`)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    const answer = await slow;
    expect([answer.status, answer.headers.get("connection")]).toEqual([200, "close"]);
    await stopped;
    expect(await service.status()).toBe("absent");
    expect(await service.docker("inspect", "-f", "{{.State.ExitCode}}")).toBe("0");
  });
}

/** Established connections to the service. */
async function connections(host: string): Promise<number> {
  const { stdout } = await lab.host(host).exec("ss -tnH state established '( sport = :8080 )'");
  return stdout.split("\n").filter(Boolean).length;
}

function lastRenewal(lease: Lease | undefined): number {
  return lease?.leaseInfo.lastRenewalTimestamp ?? 0;
}

describe("the demo service at the small Eureka", () => {
  let eureka: Awaited<ReturnType<typeof startEureka>>;

  beforeEach(async () => {
    eureka = await startEureka({ address: subnetOf(lab.name).gateway, port: 8761, cacheMs: 200 });
  });
  afterEach(() => eureka.stop());

  behavesAt(() => eureka.url);

  it("registers its container's own name and address with bridge networking", async () => {
    const service = await start(eureka.url, "lab1");
    await expect
      .poll(() => service.lease(), soon)
      .toMatchObject({
        hostName: service.container.slice(0, 12),
        ipAddr: expect.stringMatching(/^172\./),
      });
  });

  it("registers where it is published when its environment says so", async () => {
    const { address } = lab.host("lab1");
    const published = { IPADDRESS: address, NONSECUREPORT: "18080", PREFERIPADDRESS: "true" };
    const flags = Object.entries(published).flatMap(([key, value]) => ["-e", `EUREKA_INSTANCE_${key}=${value}`]);
    const service = await start(eureka.url, "lab1", "-p", "18080:8080", ...flags);
    await expect.poll(() => service.lease(), soon).toMatchObject({ hostName: address, ipAddr: address });
    const port = (await service.lease())?.port.$;
    expect(await (await fetch(`http://${address}:${port}/version`)).text()).toBe("v1\n");
  });

  it("leaves a ghost when it is killed with bridge networking, which its successor does not touch", async () => {
    const killed = await start(eureka.url, "lab1");
    await expect.poll(() => killed.status(), soon).toBe("UP");
    await killed.docker("kill");
    const next = await start(eureka.url, "lab1");
    await expect.poll(() => next.status(), soon).toBe("UP");
    expect(next.id).not.toBe(killed.id);
    expect(await killed.status()).toBe("UP");
  });

  it("renews its lease, and registers anew when it is told that it has none", async () => {
    const service = await start(eureka.url, "lab1", ...hostNetwork);
    await expect.poll(() => eureka.calls.filter((call) => call.startsWith("PUT")).length, soon).toBeGreaterThan(0);
    expect(eureka.calls.find((call) => call.startsWith("PUT"))).toMatch(
      /^PUT \/eureka\/apps\/DEMO1\/lab1:demo1:8080\?status=UP&lastDirtyTimestamp=\d+$/,
    );
    const before = Number((await service.lease())?.lastDirtyTimestamp);
    expect((await service.callEureka("DELETE")).status).toBe(200);
    expect(await service.status()).toBe("absent");
    await expect.poll(() => service.status(), soon).toBe("UP");
    expect(Number((await service.lease())?.lastDirtyTimestamp)).toBeGreaterThan(before);
  });

  it("goes on to the next server when one does not answer, or only with an error, and stays with that", async () => {
    const { gateway } = subnetOf(lab.name);
    const broken = await startEureka({ address: gateway, port: 8762 });
    try {
      broken.faults.add({ status: 500 });
      const zone = `http://${gateway}:1/eureka/,${broken.url}/,${eureka.url}/`;
      const environment = ["-e", `EUREKA_CLIENT_SERVICEURL_DEFAULTZONE=${zone}`];
      const service = await start(eureka.url, "lab1", ...hostNetwork, ...environment);
      await expect.poll(() => eureka.calls.some((call) => call.startsWith("PUT")), soon).toBe(true);
      expect(await service.status()).toBe("UP");
      expect(broken.calls).toEqual(["POST /eureka/apps/DEMO1"]);
    } finally {
      await broken.stop();
    }
  });

  it("takes itself out of Eureka when it is asked to, and goes on serving", async () => {
    const service = await start(eureka.url, "lab1", ...hostNetwork);
    await expect.poll(() => service.status(), soon).toBe("UP");
    const url = `http://${lab.host("lab1").address}:8080`;
    expect((await fetch(`${url}/health/deregister`, { method: "POST" })).status).toBe(200);
    const calls = eureka.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(eureka.calls.slice(calls)).toEqual([]);
    expect(await service.status()).toBe("absent");
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it("is registered only when it is ready, and cannot be registered after it was told to stop", async () => {
    const service = await start(eureka.url, "lab1", ...hostNetwork, "-e", "START_DELAY=2");
    await expect.poll(() => service.log(), soon).toContain("starting");
    expect(await service.status()).toBe("absent");
    await service.docker("stop");
    expect(await service.docker("inspect", "-f", "{{.State.ExitCode}}")).toBe("0");
    expect(eureka.calls.filter((call) => call.startsWith("POST"))).toEqual([]);
  });

  it("loses no request of a client that caches while nothing happens, and some when it stops without a drain", async () => {
    const services = await Promise.all(["lab1", "lab2"].map((host) => start(eureka.url, host, ...hostNetwork)));
    for (const service of services) await expect.poll(() => service.status(), soon).toBe("UP");
    const load = startLoad({ app: "demo1", servers: [eureka.url], fetchMs: 1000, loadBalancerMs: 1000 });
    await load.ready();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const quiet = load.counts();
    await services[0]?.docker("stop");
    const { sent, ok, lost, reasons, answers } = await load.stop();
    expect(quiet).toMatchObject({ lost: 0, reasons: {} });
    expect(quiet.sent).toBeGreaterThan(900);
    expect(reasons).toHaveProperty("ECONNREFUSED");
    expect(ok + lost).toBe(sent);
    expect(answers).toEqual({ "demo1 v1": ok });
  });
});

if (process.env["GANTRY_TESTS"] === "no-maven") {
  process.stderr.write("GANTRY_TESTS=no-maven: the demo service is NOT tried at the real Eureka server\n");
} else {
  describe("the demo service at a real Eureka", () => {
    let eureka: Awaited<ReturnType<typeof startEurekaPeers>>;

    // The first time, Maven builds the server.
    beforeAll(async () => {
      const { gateway: address } = subnetOf(lab.name);
      // It wants at least one peer; itself does not count as one.
      const server = { address, port: 8763, peers: [`http://${address}:8763/eureka/`] };
      eureka = await startEurekaPeers({ dir: join(lab.dir, "eureka"), servers: [server] });
    }, 300_000);
    afterAll(() => eureka?.stop());

    // It lives through all cases: no lease of one may pass for that of the next.
    beforeEach(() => fetch(`${eureka.urls}/apps/DEMO1/lab1:demo1:8080`, { method: "DELETE" }));

    behavesAt(() => eureka.urls);
  });
}
