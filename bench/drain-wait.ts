import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLabEureka } from "../test/lab/eureka.ts";
import { startLab } from "../test/lab/lab.ts";
import { lossParts } from "./loss-parts.ts";
import { runGantry } from "./run-gantry.ts";

/** Seconds for which Eureka's servers, its clients and Spring's load balancer keep their lists by default, and the margin. */
const defaults = { server: 30, fetch: 30, loadBalancer: 35, margin: 10 } as const;

/**
 * How long a host is out of service before it stops, with a real Eureka at its default caches: by the fixed wait of
 * 60 s and by `-w auto`, calculated and measured once.
 */
export async function drainWait(): Promise<boolean> {
  const [part] = lossParts;
  if (part === undefined) throw new Error("there is no service to release");
  const lab = await startLab({ name: "bench", hosts: 1, log: console.log });
  const folder = mkdtempSync(join(tmpdir(), "gantry-wait-"));
  try {
    const eureka = await startLabEureka(lab, { cacheMs: defaults.server * 1000, log: console.log });
    try {
      await part.push(lab, eureka.urls);
      for (const path of ["conf", "conf_pub"]) mkdirSync(join(folder, path));
      const write = (path: string, value: unknown): void => writeFileSync(join(folder, path), JSON.stringify(value));
      write("conf_pub/bench_conf.json", { log_path: join(folder, "logs/") });
      const demo1 = { DockerImageURL: `${lab.registry}/`, DockerRunArg: await part.runArgs(), AppSpringName: "demo1" };
      write("conf/bench_conf.json", { public: { EurekaUrl: eureka.urls }, demo1 });
      writeFileSync(join(folder, "hosts"), lab.inventory({ demo1: ["lab1"] }));
      await runGantry(folder, ["update_hard", "demo1", "-e", "bench", "-t", "v1"]);
      const rest = defaults.fetch + defaults.loadBalancer;
      const { server, margin } = defaults;
      console.log(
        `calculated  longest life of a stale list ${server + rest} s (servers ${server}, clients ${defaults.fetch}, load balancers ${defaults.loadBalancer})`,
      );
      console.log(`calculated  -w 60s   60 s: ${server + rest - 60} s short of that`);
      console.log(`calculated  -w auto  ${rest + margin} to ${server + rest + margin} s, and requests in flight`);
      for (const wait of ["60s", "auto"]) {
        const output = await runGantry(folder, [
          "restart_soft",
          "demo1",
          "-e",
          "bench",
          "-w",
          wait,
          "--output",
          "ndjson",
        ]);
        const line = output
          .split("\n")
          .find((each) => each.includes('"step-finished"') && each.includes('"kind":"wait"'));
        const event = JSON.parse(line ?? "{}") as { readonly seconds: number; readonly result: unknown };
        console.log(`measured    -w ${wait.padEnd(4)}  ${event.seconds.toFixed(1)} s  ${JSON.stringify(event.result)}`);
      }
      return true;
    } finally {
      await eureka.stop();
    }
  } finally {
    await lab.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
