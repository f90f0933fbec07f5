import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { removeCgroups, thaw } from "./cgroups.ts";
import { waitFor } from "./deadline.ts";
import { bootArgv, initArgv } from "./host-files.ts";
import { bridgeOwner, isForeign, removeLinks, subnetOf } from "./network.ts";
import { isAlive, listProcesses, signal, type Process } from "./processes.ts";
import { registryArgv } from "./registry.ts";
import { eurekaArgv, smallEurekaArgv } from "./eureka-argv.ts";

/** Written into every lab's directory; nothing is ever removed from a directory without it. */
export const markerFile = "gantry-lab";
export const ownerFile = "owner";

/**
 * Removes all that a lab has on this machine, whatever state a killed run left it in: its processes, and with each
 * host's init its namespaces, mounts and containers; bridge, cables, cgroups, and the files but marker and owner.
 * Processes are found by what they run, not by noted numbers, so that one that was never noted is found too.
 */
export async function wipe(labName: string, dir: string): Promise<void> {
  thaw(labName);
  const doomed = listProcesses().filter((process) => belongsTo(process, dir));
  for (const process of doomed) signal(process, "SIGKILL");
  await waitFor("the lab's processes to end", { seconds: 20 }, () => !doomed.some(isAlive) || undefined);
  const subnet = subnetOf(labName);
  if (!isForeign(await bridgeOwner(subnet), dir)) await removeLinks(subnet);
  await waitFor("the lab's cgroups to empty", { seconds: 20 }, () => removeCgroups(labName) || undefined);
  await removeFiles(dir);
}

/** True for the processes that start and are a host of that directory, for its image registries and Eureka servers. */
function belongsTo({ argv }: Process, dir: string): boolean {
  const file = argv.at(-1) ?? "";
  if (!file.startsWith(`${dir}/`)) return false;
  const folder = file.slice(0, file.lastIndexOf("/"));
  return [initArgv, bootArgv, registryArgv, eurekaArgv, smallEurekaArgv]
    .map((argvOf) => argvOf(folder))
    .some((known) => known.join("\0") === argv.join("\0"));
}

async function removeFiles(dir: string): Promise<void> {
  if (!existsSync(dir)) return;
  const entries = readdirSync(dir);
  if (entries.length > 0 && !entries.includes(markerFile)) {
    throw new Error(`lab: ${dir} holds other files: give an empty directory`);
  }
  for (const entry of entries.filter((name) => name !== markerFile && name !== ownerFile)) {
    await rm(join(dir, entry), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
