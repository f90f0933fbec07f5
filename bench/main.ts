// npm run bench -- <name>: measures Gantry against what its users have today, in turn in one run.
import { apiBench } from "./api.ts";
import { consoleBench } from "./console.ts";
import { drainWait } from "./drain-wait.ts";
import { loss } from "./loss.ts";
import { rollout } from "./rollout.ts";

const benchmarks: Readonly<Record<string, (only: string | undefined) => Promise<boolean>>> = {
  api: apiBench,
  console: consoleBench,
  "drain-wait": drainWait,
  loss,
  rollout,
};
const name = process.argv[2] ?? "";
const benchmark = benchmarks[name];
if (benchmark === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(benchmarks).join("|")}`);
  process.exitCode = 1;
} else {
  const good = await benchmark(process.argv[3]);
  process.exitCode = good ? 0 : 1;
}
