import { isUnreachable } from "../../engine/errors.ts";
import { keptVersions } from "../../engine/kept-versions.ts";
import { LOOK_CONNECT_DEADLINE } from "../../gantry/fleet.ts";
import { explainFailure } from "../output/explain.ts";
import { columns } from "../output/table.ts";
import { EXIT, type CommonOptions, type Services } from "../services.ts";
import { loadProject } from "./configuration.ts";
import { selectHosts } from "./hosts.ts";

export interface VersionsOptions extends CommonOptions {
  readonly environment: string;
  readonly project: string;
  readonly hosts?: string;
  readonly json?: boolean;
}

/**
 * Prints the versions that are kept on a project's hosts, newest first. Hosts that cannot be asked are named on standard
 * error; the exit code is 4 where one is unreachable, 2 where its Docker does not answer.
 */
export async function versions(options: VersionsOptions, services: Services): Promise<number> {
  const { adapters, words, stdout, stderr } = services;
  const { project } = await loadProject(options, services);
  const hosts = await selectHosts(options.hosts ?? project.hosts, options, services);
  const fleet = await adapters.openFleet(LOOK_CONNECT_DEADLINE);
  try {
    const kept = await keptVersions(project.name, hosts, fleet, new AbortController().signal);
    for (const failure of kept.failed.values()) stderr.write(`${explainFailure(words, failure).what}\n`);
    const rows = kept.versions.map((each) => [each.version, each.image, each.hosts.join(", ")]);
    stdout.write(
      options.json === true
        ? `${JSON.stringify(kept.versions)}\n`
        : columns(rows)
            .map((line) => `${line}\n`)
            .join(""),
    );
    const failures = [...kept.failed.values()];
    if (failures.length === 0) return EXIT.done;
    return failures.some(isUnreachable) ? EXIT.unreachable : EXIT.failed;
  } finally {
    await fleet.close();
  }
}
