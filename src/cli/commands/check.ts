import { imageOf } from "../../domain/image-reference.ts";
import type { Host } from "../../domain/host.ts";
import type { Project } from "../../domain/project.ts";
import { isUnreachable, type Failure } from "../../engine/errors.ts";
import type { Target } from "../../engine/ports.ts";
import { explainFailure } from "../output/explain.ts";
import type { OpenFleet } from "../../gantry/open-fleet.ts";
import { EXIT, UsageError, type CommonOptions, type Services } from "../services.ts";
import { loadEnvironment, loadProject } from "./configuration.ts";
import { checkRegistry } from "./check-registry.ts";
import { printer, type Printer } from "./check-printer.ts";
import { selectHosts } from "./hosts.ts";

export interface CheckOptions extends CommonOptions {
  readonly environment: string;
  readonly project?: string | undefined;
  readonly hosts?: string;
}

/** Below this a release may run out of disk in the middle. */
const LOW_DISK_BYTES = 1e9;

/**
 * Looks at everything a release needs and changes nothing: files, inventory, SSH, Docker, disks, image registry.
 * Exit code 1 for files, 4 for unreachable hosts, 2 for anything else that would make a release fail.
 */
export async function check(options: CheckOptions, services: Services): Promise<number> {
  const { words, adapters } = services;
  const print = printer(services);
  const environment = await loadEnvironment(options, services);
  const { project: name } = options;
  const projects =
    name === undefined
      ? [...environment.projects.values()]
      : [(await loadProject({ ...options, project: name }, services)).project];
  print.good(environment.file, words.check.projects(environment.projects.size));
  let code: number = EXIT.done;
  const worse = (found: number): void => void (code = Math.max(code, found));

  const log = await adapters.checkLogFolder(environment.logPath);
  if (log === undefined) print.good(environment.logPath, words.check.logs);
  else {
    print.bad(environment.logPath, log, words.usage.logPath(environment.logPath, log));
    worse(EXIT.usage);
  }

  const fleet = await adapters.openFleet();
  try {
    const targets = new Map<string, Promise<Target | undefined>>();
    for (const project of projects) {
      const hosts = await hostsOf(project, options, services).catch((error: unknown) => {
        if (!(error instanceof UsageError)) throw error;
        print.bad(project.name, error.message, "");
        worse(EXIT.usage);
        return [];
      });
      for (const host of hosts) {
        if (!targets.has(host.name)) targets.set(host.name, checkHost(host, fleet, services, print, worse));
      }
      const opened = await Promise.all(hosts.map(async (host) => targets.get(host.name)));
      await checkRegistry(project, opened, services, print, worse);
      const first = opened.find((target) => target !== undefined);
      if (first !== undefined) await checkImage(project, first, services, print, worse);
    }
    return code;
  } finally {
    await fleet.close();
  }
}

function hostsOf(project: Project, options: CheckOptions, services: Services): Promise<readonly Host[]> {
  return selectHosts(options.hosts ?? project.hosts, options, services);
}

async function checkHost(
  host: Host,
  fleet: OpenFleet,
  { words }: Services,
  print: Printer,
  worse: (code: number) => void,
): Promise<Target | undefined> {
  const bad = (failure: Failure): undefined => {
    const { what, todo } = explainFailure(words, failure);
    print.bad(host.name, what, todo);
    worse(isUnreachable(failure) ? EXIT.unreachable : EXIT.failed);
  };
  const opened = await fleet.open(host, new AbortController().signal);
  if (!opened.ok) return bad(opened.failure);
  const { docker } = opened.value;
  const [version, disk] = await Promise.all([docker.version(), docker.disk()]);
  if (!version.ok) return bad(version.failure);
  print.good(host.name, words.check.docker(version.value.engine, version.value.api, version.value.architecture));
  if (disk.ok && disk.value.freeBytes < LOW_DISK_BYTES) {
    print.warn(host.name, words.check.lowDisk(disk.value.folder, gigabytes(disk.value.freeBytes)));
  } else if (disk.ok) print.good(host.name, words.check.disk(disk.value.folder, gigabytes(disk.value.freeBytes)));
  if (!disk.ok) print.warn(host.name, explainFailure(words, disk.failure).what);
  return opened.value;
}

/** Asks for the digest of `latest`: that there is no such tag is fine, that nobody answers is not. */
async function checkImage(
  project: Project,
  target: Target,
  { words }: Services,
  print: Printer,
  worse: (code: number) => void,
): Promise<void> {
  const image = imageOf(project, { tag: "latest" });
  const digest = await target.docker.resolveDigest(image, new AbortController().signal);
  if (digest.ok) print.good(project.name, words.check.image(image, digest.value.slice(0, 19)));
  else if (digest.failure.reason === "image-missing") print.warn(project.name, words.check.noLatest(image));
  else {
    const { what, todo } = explainFailure(words, digest.failure);
    print.bad(project.name, what, todo);
    worse(EXIT.failed);
  }
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
