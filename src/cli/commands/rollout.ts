import { freezeAt } from "../../domain/project-freeze.ts";
import { releases } from "../../domain/mode.ts";
import type { EventBody, RunEvent } from "../../engine/events.ts";
import { run } from "../../engine/run.ts";
import { systemClock } from "../../gantry/clock.ts";
import { screenRenderer } from "../output/choose.ts";
import { EXIT, exitCode, type Services } from "../services.ts";
import { closing, type Course } from "./closing.ts";
import { watchInterrupts } from "./interrupts.ts";
import { loadProject } from "./configuration.ts";
import { selectHosts } from "./hosts.ts";
import { openRecords } from "./records.ts";
import {
  fromOriginal,
  type MainDockerDeployOptions,
  type RolloutOptions,
  type ShowOptions,
} from "./rollout-options.ts";
import { makeRequest } from "./rollout-request.ts";
import { readValues } from "./rollout-values.ts";
import { runContext } from "./run-context.ts";

/** The original's command line: the same run by other names. */
export function mainDockerDeploy(options: MainDockerDeployOptions & ShowOptions, services: Services): Promise<number> {
  return rollout(fromOriginal(options, services.words), services);
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
  const context = runContext(services);
  const records = await openRecords(options.mode, environment.logPath, values.logName ?? context.logName, services);
  const screen = await screenRenderer(options.mode, options.output, options.quiet === true, services);
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
    for (const { path, detail } of records.event(event)) {
      // A full disk here must not leave a host half done there: the hosts in hand are finished, no other begins.
      logLost.abort();
      stderr.write(`\n${words.usage.logLost(path, detail)}\n`);
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
      if (options.mode !== "inquiry" && options.quiet !== true)
        stdout.write(`\n${closing(status, course, options, words, records.path)}\n`);
      else if (status !== "succeeded") stderr.write(`${words.output.outcome[status]}\n`);
    }
    return exitCode(status);
  } finally {
    await fleet.close();
    interrupts.close();
    records.close();
  }
}
