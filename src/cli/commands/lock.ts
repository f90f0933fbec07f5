import { attempt, unwrap } from "../../engine/errors.ts";
import { explainFailure } from "../output/explain.ts";
import { columns } from "../output/table.ts";
import { EXIT, type CommonOptions, type Services } from "../services.ts";
import { loadProject } from "./configuration.ts";
import { selectHosts } from "./hosts.ts";

export interface LockStatusOptions extends CommonOptions {
  readonly environment: string;
  readonly project: string;
  readonly hosts?: string;
}

/** Prints who holds the project's lock on each of its hosts. Exit code 4 where a host cannot be asked. */
export async function lockStatus(options: LockStatusOptions, services: Services): Promise<number> {
  const { adapters, words, stdout } = services;
  const { project } = await loadProject(options, services);
  const hosts = await selectHosts(options.hosts ?? project.hosts, options, services);
  const transport = await adapters.openTransport();
  try {
    const answers = await Promise.all(
      hosts.map(async (host) => ({
        host: host.name,
        holder: await attempt(async () => {
          const connection = unwrap(await transport.connect(host, { deadline: 15 }));
          return unwrap(await adapters.readLock(connection, project.name));
        }),
      })),
    );
    const rows = answers.map(({ host, holder }) => {
      if (!holder.ok) return [host, explainFailure(words, holder.failure).what];
      if (holder.value === undefined) return [host, words.usage.unlocked];
      const { run, user, machine, since } = holder.value;
      return [host, `${user}@${machine}`, since, run];
    });
    stdout.write(
      columns(rows)
        .map((line) => `${line}\n`)
        .join(""),
    );
    return answers.every(({ holder }) => holder.ok) ? EXIT.done : EXIT.unreachable;
  } finally {
    await transport.close();
  }
}
