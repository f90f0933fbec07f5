import { deployTokenArgs } from "../../domain/container.ts";
import { runCommandArgs } from "../../domain/docker-run.ts";
import { parseDuration } from "../../domain/duration.ts";
import type { Host } from "../../domain/host.ts";
import { imageOf, parseImageVersion } from "../../domain/image-reference.ts";
import { MODES, parseMode, releases, type Mode } from "../../domain/mode.ts";
import { freezeAt } from "../../domain/project-freeze.ts";
import type { Drain, Environment, Project } from "../../domain/project.ts";
import { parseSerial, SERIAL_FORMS, type Serial } from "../../domain/serial.ts";
import type { EventBody, RunEvent, RunStatus } from "../../engine/events.ts";
import type { RegistrySettings, RunRequest } from "../../engine/plan.ts";
import { run } from "../../engine/run.ts";
import { systemClock } from "../../gantry/clock.ts";
import { logFileRenderer, screenRenderer } from "../output/choose.ts";
import { EXIT, UsageError, type CommonOptions, type Services } from "../services.ts";
import { closing, type Course } from "./closing.ts";
import { watchInterrupts } from "./interrupts.ts";
import { nearest } from "./nearest.ts";
import { loadProject } from "./configuration.ts";
import { selectHosts } from "./hosts.ts";
import { runContext, type RunContext } from "./run-context.ts";

export interface RolloutOptions extends CommonOptions {
  readonly environment: string;
  readonly project: string;
  readonly mode: Mode;
  readonly tag?: string;
  readonly to?: string;
  readonly force?: boolean;
  readonly hosts?: string;
  readonly wait?: string;
  readonly checkTime?: string;
  readonly serial?: string;
  readonly taskNameCreated?: string;
}

/** What `main_docker_deploy` is called with. */
export interface MainDockerDeployOptions extends CommonOptions {
  readonly Environment?: string;
  readonly projDocker?: string;
  readonly DockerImageTag: string;
  readonly AnsibleHosts?: string;
  readonly WaitTimes?: string;
  readonly ExecMode?: string;
  readonly CheckTime: string;
  readonly taskNameCreated?: string;
  readonly serial?: string;
}

/** The original's command line: the same run by other names. */
export function mainDockerDeploy(options: MainDockerDeployOptions, services: Services): Promise<number> {
  const { usage } = services.words;
  const { Environment: environment, projDocker: project, ExecMode: modeText } = options;
  if (environment === undefined) throw new UsageError(usage.missingOption("-e, --Environment"));
  if (project === undefined) throw new UsageError(usage.missingOption("-p, --proj-docker"));
  if (modeText === undefined) throw new UsageError(`${usage.missingOption("-m, --ExecMode")} ${MODES.join(", ")}`);
  const mode = parseMode(modeText);
  if (mode === undefined) throw new UsageError(usage.unknownMode(modeText, nearest(modeText, MODES), MODES));
  return rollout(
    {
      ...options,
      environment,
      project,
      mode,
      tag: options.DockerImageTag,
      ...(options.WaitTimes === undefined ? {} : { wait: options.WaitTimes }),
      checkTime: options.CheckTime,
      ...(options.AnsibleHosts === undefined || options.AnsibleHosts === "none" ? {} : { hosts: options.AnsibleHosts }),
    },
    services,
  );
}

/** Carries out one mode on a project's hosts; returns the exit code. */
export async function rollout(options: RolloutOptions, services: Services): Promise<number> {
  const { words, stderr, stdout, adapters } = services;
  const values = readValues(options, services);
  const { environment, project } = await loadProject(options, services);
  // A freeze holds up releases; what takes a bad one back must go on.
  const frozen = releases(options.mode) ? freezeAt(project.freeze, Date.now()) : undefined;
  if (frozen) {
    stderr.write(`${words.usage.frozen(project.name, frozen.reason)}\n`);
    return EXIT.frozen;
  }
  const pattern = options.hosts ?? project.hosts;
  const hosts = await selectHosts(pattern, options, services, options.mode === "inquiry" ? "look" : "change");
  const context = runContext(services.env);
  const files = await adapters.openLogFiles(environment.logPath, values.logName ?? context.logName);
  if (!files.ok) throw new UsageError(words.usage.logPath(files.failure.path, files.failure.detail));
  const { log, record } = files.value;

  const screen = await screenRenderer(options.mode, options.output, options.quiet === true, services);
  const logFile = logFileRenderer(options.mode, log, services);
  const logLost = new AbortController();
  let seq = 0;
  const course: Course = { begun: false, replaced: new Map(), hosts: hosts.length };
  const emit = (body: EventBody): void => {
    if (body.type === "batch-started") course.begun = true;
    if (body.type === "run-finished") {
      for (const { host, before, now } of body.hosts) {
        if (before !== undefined && before !== now) course.replaced.set(host, before);
      }
    }
    const event: RunEvent = { ...body, v: 1, seq: ++seq, at: new Date().toISOString() };
    try {
      if (!logLost.signal.aborted) {
        record(event);
        logFile.event(event);
      }
    } catch (error) {
      // A full disk here must not leave a host half done there: the hosts in hand are finished, no other begins.
      logLost.abort();
      stderr.write(`\n${words.usage.logLost(log.path, error instanceof Error ? error.message : String(error))}\n`);
    }
    screen.event(event);
  };
  const interrupts = watchInterrupts((count) =>
    stderr.write(`\n${count === 1 ? words.output.interrupted : words.output.interruptedAgain}\n`),
  );
  const fleet = await adapters.openFleet();
  try {
    const request = makeRequest(options, values, environment, project, hosts, context);
    const { eureka } = project;
    const registry =
      eureka === undefined || request.registry === undefined ? undefined : await adapters.openServiceRegistry(eureka);
    const status = await run(request, pattern, {
      fleet,
      registry,
      hookRunner: await adapters.hookRunner(environment.file),
      clock: systemClock,
      emit,
      stop: AbortSignal.any([interrupts.stop, logLost.signal]),
      abort: interrupts.abort,
    });
    screen.close();
    if (options.output !== "ndjson") {
      const path = log.path;
      if (options.mode !== "inquiry" && options.quiet !== true)
        stdout.write(`\n${closing(status, course, options, words, path)}\n`);
      else if (status !== "succeeded") stderr.write(`${words.output.outcome[status]}\n`);
    }
    return exitCode(status);
  } finally {
    await fleet.close();
    interrupts.close();
    files.value.close();
  }
}

function exitCode(status: RunStatus): number {
  const codes: Readonly<Record<RunStatus, number>> = {
    succeeded: EXIT.done,
    failed: EXIT.failed,
    unreachable: EXIT.unreachable,
    locked: EXIT.locked,
    interrupted: EXIT.interrupted,
  };
  return codes[status];
}

interface Values {
  readonly version: { readonly tag?: string; readonly digest?: string } | undefined;
  readonly serial: Serial | undefined;
  /** Milliseconds; undefined: what the project says. */
  readonly wait: number | "auto" | undefined;
  readonly checkTime: number;
  readonly logName: string | undefined;
}

/** Reads every option's value, and names all that are wrong at once. */
function readValues(options: RolloutOptions, { words }: Services): Values {
  const problems: string[] = [];
  const bad = (option: string, seen: string, allowed: string): void =>
    void problems.push(words.usage.badValue(option, seen, allowed));

  const version = releases(options.mode) ? parseImageVersion(options.tag ?? "latest") : undefined;
  if (version && !version.ok) bad("-t", options.tag ?? "", "v1.2, latest, sha256:…");
  const serial = options.serial === undefined ? undefined : parseSerial(options.serial);
  if (serial && !serial.ok) bad("-s", options.serial ?? "", SERIAL_FORMS.join(", "));
  const wait = options.wait === undefined || options.wait === "auto" ? undefined : parseDuration(options.wait);
  if (wait && !wait.ok) bad("-w", options.wait ?? "", "3s, 1m, 90, 1m30s, auto");
  const checkTime = parseDuration(options.checkTime ?? "120");
  if (!checkTime.ok) bad("-c", options.checkTime ?? "", "10, 60, 2m");
  const name = options.taskNameCreated === "none" ? undefined : options.taskNameCreated;
  // It becomes part of a file's name.
  if (name !== undefined && !/^[\p{L}\p{N}_@=+:-][\p{L}\p{N}_@=+:. -]{0,199}$/u.test(name))
    bad("-tnc", name, "project_group1.20261123.101010");
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return {
    version: version?.ok ? version.value : undefined,
    serial: serial?.ok ? serial.value : undefined,
    wait: options.wait === "auto" ? "auto" : wait?.ok ? wait.value : undefined,
    checkTime: checkTime.ok ? checkTime.value / 1000 : 120,
    logName: name,
  };
}

function makeRequest(
  { mode, to, force }: RolloutOptions,
  { version, serial, wait, checkTime }: Values,
  environment: Environment,
  project: Project,
  hosts: readonly Host[],
  { id, user, machine, startedAt }: RunContext,
): RunRequest {
  const image = version === undefined ? undefined : imageOf(project, version);
  return {
    run: id,
    mode,
    environment: environment.name,
    project: project.name,
    hosts,
    serial: serial ?? project.serial,
    strategy: project.strategy,
    onFailure: project.onFailure,
    force: force === true,
    hooks: project.hooks,
    maxFailed: project.maxFailed,
    maxUnreachable: project.maxUnreachable,
    keep: project.keep,
    healthCheck: project.healthCheck,
    registry: registrySettings(project, mode),
    drain: drainSettings(project, mode, wait),
    publishedPorts: project.runArgs.publishedPorts.flatMap(({ host }) => (host === undefined ? [] : [host.first])),
    checkTime,
    stopTimeout: project.stopTimeout === undefined ? undefined : Math.ceil(project.stopTimeout / 1000),
    image,
    runArgv: (name, digest, host) =>
      runCommandArgs({
        name,
        // The project's own come last and so win.
        args: [...(inRegistry(project) ? deployTokenArgs(id, host) : []), ...project.runArgs.args],
        image: image ?? "",
        command: project.runCommand,
        labels: {
          "gantry.project": project.name,
          "gantry.environment": environment.name,
          "gantry.version": name,
          "gantry.run": id,
          "gantry.digest": digest,
          "gantry.user": user,
        },
        ...(project.envFile === undefined ? {} : { envFile: project.envFile }),
      }),
    to,
    user,
    machine,
    startedAt,
  };
}

/** Modes that lead traffic away before they stop anything. */
const GRACEFUL: ReadonlySet<Mode> = new Set<Mode>(["update", "restart_soft", "rollback", "stop_soft"]);
/** Modes that start something which must come UP in the registry. */
const PROVEN: ReadonlySet<Mode> = new Set<Mode>([...GRACEFUL, "restart", "update_hard_check"]);

function inRegistry({ eureka, drain }: Project): boolean {
  return eureka !== undefined && drain.method !== "none";
}

function registrySettings(project: Project, mode: Mode): RegistrySettings | undefined {
  const { eureka } = project;
  if (eureka === undefined || !inRegistry(project) || !PROVEN.has(mode)) return undefined;
  const { appName: app, instanceId } = eureka;
  return { app, ...(instanceId === undefined ? {} : { instanceId }) };
}

function drainSettings({ drain }: Project, mode: Mode, wait: number | "auto" | undefined): Drain | undefined {
  if (drain.method === "none" || !GRACEFUL.has(mode)) return undefined;
  return wait === undefined ? drain : { ...drain, wait };
}
