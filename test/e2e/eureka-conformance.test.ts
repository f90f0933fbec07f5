/** One suite for two Eureka servers: the small one of test/fakes/eureka and the real one must answer the same. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cacheCases } from "../fakes/eureka/conformance/cache.ts";
import type { Case, World } from "../fakes/eureka/conformance/case.ts";
import { Client, settled } from "../fakes/eureka/conformance/client.ts";
import { faultCases, lose, lostCases } from "../fakes/eureka/conformance/faults.ts";
import { httpCases } from "../fakes/eureka/conformance/http.ts";
import { jsonCases } from "../fakes/eureka/conformance/json.ts";
import { startRealPair, startSmallPair, type Pair } from "../fakes/eureka/conformance/pairs.ts";
import { peerCases } from "../fakes/eureka/conformance/peers.ts";
import { restCases } from "../fakes/eureka/conformance/rest.ts";
import { stateCases } from "../fakes/eureka/conformance/state.ts";
import { startLabEureka } from "../lab/eureka.ts";
import { openLab } from "../lab/lab.ts";

const sideBySide: Readonly<Record<string, readonly Case[]>> = {
  REST: restCases,
  HTTP: httpCases,
  JSON: jsonCases,
  states: stateCases,
  peers: peerCases,
  caches: cacheCases,
};
const count = [...Object.values(sideBySide).flat(), ...lostCases, ...faultCases].length;

suite("the small Eureka", startSmallPair);
if (process.env["GANTRY_TESTS"] === "no-maven") {
  process.stderr.write(`GANTRY_TESTS=no-maven: ${count} cases NOT run against the real Eureka server\n`);
} else {
  suite("the real Eureka", startRealPair);
  test("the lab's hosts reach two real Eureka peers on the lab's bridge", async () => {
    const lab = openLab("test");
    const peers = await startLabEureka(lab, { cacheMs: 1000 });
    try {
      const [first, second] = peers.servers.map(({ url }) => new Client(url, "LAB", "lab1:lab:8080"));
      await first?.register();
      for (const { url } of peers.servers) {
        const { stdout } = await lab.host("lab1").exec(`busybox wget -q -O - ${url}/apps`);
        expect(stdout).toContain("<applications>");
      }
      expect(await settled(async () => (await second?.state()) ?? "", "UP/UNKNOWN", 5000)).toBe("UP/UNKNOWN");
    } finally {
      await peers.stop();
    }
  });
}

function suite(name: string, start: () => Promise<Pair>): void {
  describe(`${name}, ${count} cases`, () => {
    let pair: Pair | undefined;
    let used = 0;
    const world = (): World => {
      if (pair === undefined) throw new Error(`${name} did not start`);
      const number = ++used;
      const { a, b } = pair;
      return {
        ...pair,
        a: new Client(a, `APP${number}`, `id-${number}`),
        b: new Client(b, `APP${number}`, `id-${number}`),
      };
    };

    // The first time, Maven builds the real server.
    beforeAll(async () => {
      pair = await start();
    }, 300_000);
    afterAll(() => pair?.stop());

    for (const [group, cases] of Object.entries(sideBySide)) {
      describe.concurrent(`${group}, ${cases.length} cases`, () => {
        for (const { title, run } of cases) test(title, () => run(world()));
      });
    }
    describe(`lost replications, ${lostCases.length} cases`, () => {
      let worlds: readonly World[] = [];
      beforeAll(async () => {
        worlds = lostCases.map(world);
        await lose(lostCases.map((lostCase, at) => [lostCase, worlds[at] ?? world()] as const));
      });
      for (const [at, { title, after }] of lostCases.entries()) test(title, () => after(worlds[at] ?? world()));
    });
    describe(`faults, ${faultCases.length} cases`, () => {
      for (const { title, run } of faultCases) test(title, () => run(world()));
    });
  });
}
