import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bootHost, writeHostFiles } from "./boot.ts";
import { markerFile, ownerFile, wipe } from "./cleanup.ts";
import { eachAtMost } from "./deadline.ts";
import { fetchEngine28 } from "./engine28.ts";
import type { HostPlan } from "./host-files.ts";
import { LabHost } from "./host.ts";
import type { ImageSpec } from "./image.ts";
import { makeKey } from "./keys.ts";
import { bridgeOwner, createBridge, hostAddress, isForeign, subnetOf } from "./network.ts";
import { hostSpecs, labRoot, type LabHostSpec, type LabOptions } from "./options.ts";
import { takeOwnership } from "./owner.ts";
import { requirePrograms } from "./programs.ts";
import { pushImage, type PushedImage } from "./push.ts";
import { createRegistry, type LabRegistry } from "./registry.ts";
import { inventoryText, knownHostsText, sshConfigText, type SshFiles } from "./ssh-files.ts";

/** A running lab. The object holds no state of its own: `openLab` makes another one in another process. */
export interface Lab extends SshFiles {
  readonly name: string;
  readonly dir: string;
  readonly hosts: readonly LabHost[];
  /** Address of the registry, `10.77.2.254:5000`: the first part of an image's name. */
  readonly registry: string;
  readonly registryServer: LabRegistry;
  /** A second registry, on port 5001, that wants a login; it runs only after its `start()`. */
  readonly privateRegistry: LabRegistry;
  /** Private key for root on all hosts. */
  readonly key: string;
  readonly knownHosts: string;
  /** Configuration file for `ssh -F`, with all hosts by name. */
  readonly sshConfig: string;
  /** The host of that name. @throws when there is none */
  host(name: string): LabHost;
  /** Text of an Ansible INI inventory; without groups, all hosts in one named `all_lab`. */
  inventory(groups?: Readonly<Record<string, readonly string[]>>): string;
  /** Pushes an image into the registry (default: the open one). */
  push(image: ImageSpec, registry?: LabRegistry): Promise<PushedImage>;
  /** Registry and hosts back to how they started, without containers and images; pushed images stay in the registry. */
  reset(): Promise<void>;
  /** Removes the lab: processes, namespaces, mounts, links, files. */
  stop(): Promise<void>;
}

/** How many dockerd start at once: more only makes each slower. */
const dockerStartsAtOnce = 4;

/**
 * Starts a lab and waits until all its sshd, dockerd and the registry answer. What an earlier run left is removed
 * first. The lab outlives this process; when the start fails, nothing of it is left.
 */
export async function startLab(options: LabOptions): Promise<Lab> {
  const specs = hostSpecs(options);
  const log = options.log ?? (() => undefined);
  const dir = options.dir ?? join(labRoot, options.name);
  await requirePrograms(log);
  await refuseForeignBridge(options.name, dir);
  claimDirectory(dir);
  await wipe(options.name, dir);
  try {
    const engineDir = specs.some((spec) => spec.engine === "28") ? await fetchEngine28(log) : undefined;
    writeFileSync(join(dir, stateFile), JSON.stringify({ name: options.name, specs, engineDir } satisfies LabState));
    const plans = hostPlans(dir, readState(dir));
    const lab = labObject(dir, readState(dir));
    const publicKey = await makeKey(lab.key, `gantry-lab-${lab.name}`);
    const hostKeys = new Map<string, string>();
    await eachAtMost(4, plans, async (plan) => {
      hostKeys.set(plan.name, await writeHostFiles(plan, publicKey));
    });
    writeFileSync(lab.sshConfig, sshConfigText(plans, lab));
    writeFileSync(lab.knownHosts, knownHostsText(plans, hostKeys));

    await createBridge(subnetOf(lab.name), dir);
    await lab.registryServer.start();
    log(`registry: ${lab.registry}`);
    const withDocker = lab.hosts.filter((host) => host.spec.docker !== false);
    await eachAtMost(8, plans, bootHost);
    log(`${plans.length} hosts up: ${plans.map((plan) => plan.address).join(" ")}`);
    await eachAtMost(dockerStartsAtOnce, withDocker, (host) => host.startDockerd());
    log(`${withDocker.length} Docker engines up`);
    return lab;
  } catch (cause) {
    await stopLab(options.name, dir);
    throw cause;
  }
}

/** The running lab of that name, started by another process. @throws when there is none */
export function openLab(name: string, dir: string = join(labRoot, name)): Lab {
  if (!existsSync(join(dir, stateFile))) throw new Error(`lab: no lab ${name} in ${dir}: start it first`);
  return labObject(dir, readState(dir));
}

/** Removes the lab of that name and all that a killed run may have left of it; nothing to remove is no error. */
export async function stopLab(name: string, dir: string = join(labRoot, name)): Promise<void> {
  if (existsSync(dir) && !existsSync(join(dir, markerFile))) return;
  await wipe(name, dir);
  for (const file of [ownerFile, markerFile]) rmSync(join(dir, file), { force: true });
  for (const folder of [dir, labRoot]) removeIfEmpty(folder);
}

/** What is written down of a lab, to make its object again. */
interface LabState {
  readonly name: string;
  readonly specs: readonly LabHostSpec[];
  readonly engineDir: string | undefined;
}

const stateFile = "lab.json";

function readState(dir: string): LabState {
  const state: LabState = JSON.parse(readFileSync(join(dir, stateFile), "utf8"));
  return state;
}

function hostPlans(dir: string, { name: lab, specs, engineDir }: LabState): readonly HostPlan[] {
  const subnet = subnetOf(lab);
  return specs.map((spec, at) => {
    const name = `lab${at + 1}`;
    return {
      lab,
      subnet,
      index: at + 1,
      name,
      address: hostAddress(subnet, at + 1),
      dir: join(dir, "hosts", name),
      spec,
      size: specs.length,
      ...(spec.engine === "28" && engineDir !== undefined ? { engineDir } : {}),
    };
  });
}

function labObject(dir: string, state: LabState): Lab {
  const { gateway } = subnetOf(state.name);
  const sshConfig = join(dir, "ssh_config");
  const files: SshFiles = { key: join(dir, "key"), knownHosts: join(dir, "known_hosts") };
  const hosts = hostPlans(dir, state).map((plan) => new LabHost(plan, sshConfig));
  const registryServer = createRegistry(join(dir, "registry"), `${gateway}:5000`, false);
  const privateRegistry = createRegistry(join(dir, "private-registry"), `${gateway}:5001`, true);
  return {
    name: state.name,
    dir,
    hosts,
    registry: registryServer.address,
    registryServer,
    privateRegistry,
    ...files,
    sshConfig,
    host(name) {
      const found = hosts.find((host) => host.name === name);
      if (found === undefined)
        throw new Error(`lab: no host ${name}, only ${hosts.map((host) => host.name).join(", ")}`);
      return found;
    },
    inventory: (groups) => inventoryText(hosts, files, groups ?? { all_lab: hosts.map((host) => host.name) }),
    push: (image, registry = registryServer) => pushImage(registry, image),
    async reset() {
      registryServer.resume();
      await registryServer.start();
      await eachAtMost(dockerStartsAtOnce, hosts, (host) => host.reset());
    },
    stop: () => stopLab(state.name, dir),
  };
}

/** Makes the directory the lab's and this process its owner. */
function claimDirectory(dir: string): void {
  mkdirSync(dir, { recursive: true });
  const entries = readdirSync(dir);
  if (entries.length > 0 && !entries.includes(markerFile)) {
    throw new Error(`lab: ${dir} holds other files: give an empty directory`);
  }
  writeFileSync(join(dir, markerFile), "A lab of test/lab/lab.ts. Its contents are removed when it stops.\n");
  takeOwnership(join(dir, ownerFile));
}

async function refuseForeignBridge(name: string, dir: string): Promise<void> {
  const subnet = subnetOf(name);
  const other = await bridgeOwner(subnet);
  if (isForeign(other, dir)) {
    throw new Error(`lab: ${subnet.cidr} is in use by the lab in ${other}: stop that one, or take another name`);
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // absent, or others keep files there
  }
}
