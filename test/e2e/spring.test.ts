/** The real Spring service and its real caller, as the tests of graceful releases use them: do they work, and count? */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitFor } from "../lab/deadline.ts";
import { startLabEureka, type LabEurekaPeers } from "../lab/eureka.ts";
import { openLab, type Lab } from "../lab/lab.ts";
import { springRunArgs, springServiceImage, startSpringLoad } from "../lab/spring.ts";
import type { Load } from "../load/eureka-client.ts";

const app = "spring1";

test("a fetch interval that Spring cannot have is refused, before anything is built", async () => {
  const load = startSpringLoad({ app, servers: [], fetchMs: 2300, loadBalancerMs: 2300 });
  await expect(load).rejects.toThrow("every so many seconds, not 2300 ms");
});

if (process.env["GANTRY_TESTS"] === "no-maven") {
  process.stderr.write("GANTRY_TESTS=no-maven: 3 tests of the real Spring service and consumer NOT run\n");
} else {
  let lab: Lab;
  let peers: LabEurekaPeers | undefined;
  let consumer: Load | undefined;

  // The first time, Maven builds three projects.
  beforeAll(async () => {
    lab = openLab("test");
    await lab.reset();
    peers = await startLabEureka(lab, { cacheMs: 1000 });
    await startService(lab, peers.urls);
    // Caches that outlast the seconds between DOWN and the closed port, which a busy machine stretches.
    consumer = await startSpringLoad({ app, servers: peers.urls.split(","), fetchMs: 5000, loadBalancerMs: 5000 });
    await consumer.ready();
  }, 300_000);

  afterAll(async () => {
    await consumer?.stop().catch(() => undefined);
    await lab.reset();
    await peers?.stop();
  });

  test("the service registers on both peers with the metadata and the address that its environment holds", async () => {
    const { address } = lab.host("lab1");
    for (const { url } of peers?.servers ?? []) {
      const found = await waitFor(`the instance on ${url}`, { seconds: 20, everyMs: 200 }, () => instance(url));
      expect(found).toMatchObject({ hostName: address, ipAddr: address, status: "UP", metadata: { deployid: "id-1" } });
    }
  });

  test("the consumer loses nothing for four seconds, also where an answer takes two", async () => {
    const before = running().counts();
    await sleep(4000);
    const counts = running().counts();
    expect(counts).toMatchObject({ lost: 0, reasons: {}, answers: { [`${app} 1.0`]: counts.ok } });
    expect(counts.ok - before.ok).toBeGreaterThan(50);
    // 4 a second that take two seconds each are on their way; were they not slow, there would be none.
    expect(counts.sent - counts.ok).toBeGreaterThanOrEqual(4);
  });

  test("an instance that is stopped without a drain ends by itself, but requests are lost, and counted", async () => {
    const lab1 = lab.host("lab1");
    expect(await lab1.docker("stop", "-t", "40", app)).toMatchObject({ code: 0 });
    // 128 + SIGTERM: nobody killed it.
    expect((await lab1.docker("inspect", "--format", "{{.State.ExitCode}}", app)).stdout.trim()).toBe("143");
    await sleep(1000);
    const counts = await running().stop();
    expect(counts.ok + counts.lost).toBe(counts.sent);
    expect(Object.values(counts.reasons).reduce((sum, number) => sum + number, 0)).toBe(counts.lost);
    // While the caller's list still held the instance: not only because none was left.
    expect(Object.keys(counts.reasons)).toContainEqual(expect.stringMatching(/^connection (refused|closed)$/));
  });

  function running(): Load {
    if (consumer === undefined) throw new Error("the consumer did not start");
    return consumer;
  }
}

async function startService(lab: Lab, eurekaUrls: string): Promise<void> {
  const host = lab.host("lab1");
  const env = { EUREKA_CLIENT_SERVICEURL_DEFAULTZONE: eurekaUrls, EUREKA_INSTANCE_PREFERIPADDRESS: "true" };
  const image = await lab.push(await springServiceImage({ name: app, version: "1.0", env }));
  const flags = [...springRunArgs().split(" "), "-e", "EUREKA_INSTANCE_METADATAMAP_DEPLOYID=id-1"];
  const started = await host.docker("run", "-d", "--name", app, "--network", "host", ...flags, image.reference);
  expect(started).toMatchObject({ code: 0 });
  await waitFor(`readiness of ${app}`, { seconds: 60, everyMs: 200 }, async () => {
    const url = `http://${host.address}:8080/actuator/health/readiness`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    await answer?.body?.cancel();
    return answer?.status === 200 || undefined;
  });
}

/** The application's one instance as that peer shows it, or undefined while there is none. */
async function instance(url: string): Promise<unknown> {
  const headers = { accept: "application/json" };
  const answer = await fetch(`${url}/apps/${app}`, { headers, signal: AbortSignal.timeout(2000) });
  if (answer.status !== 200) return undefined;
  const body: { application: { instance: readonly unknown[] } } = JSON.parse(await answer.text());
  expect(body.application.instance).toHaveLength(1);
  return body.application.instance[0];
}
