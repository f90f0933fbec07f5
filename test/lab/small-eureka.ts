import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EurekaOptions } from "../fakes/eureka/options.ts";
import { labEnv } from "./command.ts";
import { waitFor } from "./deadline.ts";
import { smallEurekaArgv } from "./eureka-argv.ts";
import { twoAddresses } from "./network.ts";

/**
 * Starts two small Eureka servers, peers of each other, in a process of their own that lives as long as the lab: on the
 * machine's address in the lab's subnet (.254) and on a second one (.253).
 *
 * @returns their service URLs
 */
export async function startSmallEureka(
  lab: { readonly name: string; readonly dir: string },
  port: number,
  options: Pick<EurekaOptions, "cacheMs"> = {},
): Promise<readonly string[]> {
  const addresses = await twoAddresses(lab.name);
  const urls = addresses.map((address) => `http://${address}:${port}/eureka`);
  const servers = addresses.map((address): EurekaOptions => ({
    ...options,
    address,
    port,
    peers: urls.filter((url) => !url.includes(address)),
  }));
  const folder = join(lab.dir, "eureka");
  mkdirSync(folder, { recursive: true });
  const [program = "", ...args] = smallEurekaArgv(folder);
  writeFileSync(args.at(-1) ?? "", JSON.stringify(servers));
  const log = join(folder, "small-eureka.log");
  const output = openSync(log, "a");
  spawn(program, args, { env: { ...labEnv }, cwd: "/", detached: true, stdio: ["ignore", output, output] }).unref();
  closeSync(output);
  await waitFor("the small Eureka", { seconds: 15, log }, async () => {
    const answers = await Promise.all(
      urls.map((url) => fetch(`${url}/apps`, { signal: AbortSignal.timeout(1000) }).catch(() => undefined)),
    );
    return answers.every((answer) => answer?.ok) || undefined;
  });
  return urls;
}
