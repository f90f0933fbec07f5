import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startLabEureka } from "../test/lab/eureka.ts";
import { startLab, type Lab } from "../test/lab/lab.ts";
import type { Counts } from "../test/load/eureka-client.ts";
import { caches } from "./loss-caches.ts";
import { lossParts, type LossPart } from "./loss-parts.ts";
import { runGantry } from "./run-gantry.ts";

const rounds = Number(process.env["ROUNDS"] ?? 5);

/** Server, clients, load balancers and margin, one after the other; seconds. */
const safeWait = `${(caches.serverMs + caches.fetchMs + caches.loadBalancerMs + caches.marginMs) / 1000}s`;

type Lost = Pick<Counts, "sent" | "lost" | "reasons">;

/** One command under load, with what it may lose. */
interface Trial {
  readonly name: string;
  readonly command: readonly string[];
  /** `none`: the bar; `some`: must lose, or the load proves nothing; `any`: shown only. */
  readonly mayLose: "none" | "some" | "any";
}

const graceful: readonly Trial[] = [safeWait, "auto"].flatMap((wait) => [
  { name: `update -w ${wait}`, command: ["update", "demo1", "-e", "bench", "-t", "v2", "-w", wait], mayLose: "none" },
  { name: `rollback -w ${wait}`, command: ["rollback", "demo1", "-e", "bench", "-w", wait], mayLose: "none" },
  { name: `restart_soft -w ${wait}`, command: ["restart_soft", "demo1", "-e", "bench", "-w", wait], mayLose: "none" },
]);
const careless: readonly Trial[] = [
  { name: "update -w 0", command: ["update", "demo1", "-e", "bench", "-t", "v2", "-w", "0"], mayLose: "some" },
  { name: "update_hard", command: ["update_hard", "demo1", "-e", "bench", "-t", "v1"], mayLose: "any" },
];

/**
 * Counts the requests that a client which caches like Spring's loses while releases roll over three hosts, with a real
 * Eureka of two peers: the graceful modes in every round, and the same without a wait for comparison.
 *
 * @param only `node` or `spring`: one of the two services with its client
 */
export async function loss(only: string | undefined): Promise<boolean> {
  const parts = lossParts.filter(({ name }) => only === undefined || name === only);
  let good = true;
  for (const part of parts) good = (await losses(part)) && good;
  return good;
}

async function losses(part: LossPart): Promise<boolean> {
  const lab = await startLab({ name: "bench", hosts: 3, log: console.log });
  const folder = mkdtempSync(join(tmpdir(), "gantry-loss-"));
  try {
    const eureka = await startLabEureka(lab, { cacheMs: caches.serverMs, log: console.log });
    try {
      await part.push(lab, eureka.urls);
      writeFiles(folder, lab, eureka.urls, await part.runArgs());
      await runGantry(folder, ["update_hard", "demo1", "-e", "bench", "-t", "v1", "-s", "3"]);
      await runGantry(folder, ["restart_soft", "demo1", "-e", "bench", "-s", "3", "-w", "0"]);
      const found = new Map<string, Lost[]>();
      for (let round = 1; round <= rounds; round++) {
        for (const trial of graceful) await measure(trial, round);
      }
      for (const trial of careless) await measure(trial, 1);
      return report(part.name, found);

      async function measure(trial: Trial, round: number): Promise<void> {
        const load = await part.startLoad(eureka.urls);
        await delay(1500);
        const began = performance.now();
        await runGantry(folder, trial.command);
        const seconds = (performance.now() - began) / 1000;
        // What the last host's release does to clients shows once their caches have gone round.
        await delay(caches.serverMs + caches.fetchMs + caches.loadBalancerMs);
        const counts = await load.stop();
        found.set(trial.name, [...(found.get(trial.name) ?? []), counts]);
        const reasons = Object.entries(counts.reasons).map(([reason, count]) => `${count} ${reason}`);
        console.log(
          `${part.name}  round ${round}  ${trial.name.padEnd(22)} ${seconds.toFixed(1)} s  sent ${counts.sent}  lost ${counts.lost}  ${reasons.join(", ")}`,
        );
      }
    } finally {
      await eureka.stop();
    }
  } finally {
    await lab.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(part: string, found: ReadonlyMap<string, readonly Lost[]>): boolean {
  console.log(`\n${part}: lost requests in each run`);
  let good = true;
  for (const { name, mayLose } of [...graceful, ...careless]) {
    const runs = found.get(name) ?? [];
    const lost = runs.map((counts) => counts.lost);
    const sent = runs.reduce((sum, counts) => sum + counts.sent, 0);
    const met = mayLose === "any" || lost.every((count) => (mayLose === "none" ? count === 0 : count > 0));
    good &&= met;
    const bar = { none: "bar 0", some: "must lose some", any: "" }[mayLose];
    console.log(`${met ? "met " : "MISS"}  ${name.padEnd(24)} ${lost.join(" ").padEnd(20)} of ${sent}  ${bar}`);
  }
  return good;
}

function writeFiles(folder: string, lab: Lab, eurekaUrl: string, runArgs: string): void {
  for (const path of ["conf", "conf_pub"]) mkdirSync(join(folder, path));
  const write = (path: string, value: unknown): void => writeFileSync(join(folder, path), JSON.stringify(value));
  write("conf_pub/bench_conf.json", { log_path: join(folder, "logs/") });
  const seconds = (milliseconds: number): string => `${milliseconds}ms`;
  write("conf/bench_conf.json", {
    public: { EurekaUrl: eurekaUrl },
    demo1: {
      DockerImageURL: `${lab.registry}/`,
      DockerRunArg: runArgs,
      AppSpringName: "demo1",
      Drain: {
        clientFetch: seconds(caches.fetchMs),
        loadBalancer: seconds(caches.loadBalancerMs),
        margin: seconds(caches.marginMs),
      },
    },
  });
  writeFileSync(join(folder, "hosts"), lab.inventory({ demo1: lab.hosts.map(({ name }) => name) }));
}
