import { quoteShellWord } from "../../domain/shell-words.ts";
import { maskSecrets } from "../../domain/docker-run.ts";
import { formatDuration } from "../../domain/duration.ts";
import type { Project } from "../../domain/project.ts";
import { formatSerial } from "../../domain/serial.ts";
import { EXIT, type CommonOptions, type Services } from "../services.ts";
import { homeOf, loadEnvironment, loadProject, problemsError } from "./configuration.ts";

/** Prints an environment's projects, or one, as JSON with every default filled in. */
export async function configShow(
  options: CommonOptions & { readonly environment: string; readonly project?: string | undefined },
  services: Services,
): Promise<number> {
  const { project } = options;
  const shown =
    project === undefined
      ? Object.fromEntries(
          [...(await loadEnvironment(options, services)).projects].map(([name, each]) => [name, show(each)]),
        )
      : show((await loadProject({ ...options, project }, services)).project);
  services.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  return EXIT.done;
}

/** Prints the JSON Schema of one kind of configuration file. */
export async function configSchema(
  file: "environment" | "conf_pub",
  { adapters, stdout, words }: Services,
): Promise<number> {
  stdout.write(`${JSON.stringify(await adapters.configSchema(file, words.language), null, 2)}\n`);
  return EXIT.done;
}

/** Checks one environment's files, or all, and prints every problem. Exit code 1 where there is any. */
export async function configLint(
  options: CommonOptions & { readonly environment?: string },
  services: Services,
): Promise<number> {
  const { adapters, stdout, stderr, words } = services;
  const home = await homeOf(options, services);
  const environments =
    options.environment === undefined ? await adapters.listEnvironments(home) : [options.environment];
  let bad = environments.length === 0;
  if (bad) stderr.write(`${words.usage.noEnvironments(home)}\n`);
  for (const name of environments) {
    const loaded = await adapters.loadEnvironment(home, name);
    if (!loaded.ok) {
      bad = true;
      stderr.write(`${(await problemsError(loaded.failure, services)).message}\n`);
      continue;
    }
    const { environment, warnings } = loaded.value;
    if (warnings.length > 0) stderr.write(`${(await problemsError(warnings, services)).message}\n`);
    stdout.write(`${words.usage.lintGood(environment.file, environment.projects.size)}\n`);
  }
  return bad ? EXIT.usage : EXIT.done;
}

/** A project in the words of the configuration file; what is secret or only internal is left out. */
function show(project: Project): Record<string, unknown> {
  const { healthCheck, drain, eureka } = project;
  return {
    DockerImageURL: project.imageUrl,
    hosts: project.hosts,
    DockerRunArg: maskSecrets(project.runArgs.args).map(quoteShellWord).join(" "),
    DockerRunCmd: maskSecrets(project.runCommand).map(quoteShellWord).join(" "),
    AppSpringName: eureka?.appName ?? "null",
    EurekaUrl: eureka?.urls.join(",") ?? "",
    Strategy: project.strategy,
    Serial: formatSerial(project.serial),
    MaxFailed: project.maxFailed,
    MaxUnreachable: project.maxUnreachable,
    OnFailure: project.onFailure,
    Keep: project.keep,
    StopTimeout: project.stopTimeout === undefined ? null : formatDuration(project.stopTimeout),
    HealthCheck: { ...healthCheck, settle: formatDuration(healthCheck.settle), bake: formatDuration(healthCheck.bake) },
    Drain: { ...drain, wait: drain.wait === "auto" ? "auto" : formatDuration(drain.wait) },
    Hooks: Object.fromEntries(Object.entries(project.hooks).map(([name, lines]) => [name, lines.map(maskSecrets)])),
    EnvFile: project.envFile ?? null,
    Freeze: project.freeze,
  };
}
