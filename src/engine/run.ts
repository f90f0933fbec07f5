import { isUnreachable } from "./errors.ts";
import type { Emit, HostSummary, RunStatus } from "./events.ts";
import { gather, type Gathered, type OpenHost } from "./gather.ts";
import { prepareHost, rollHost, type HostRun } from "./host-run.ts";
import { makePlan, type Plan, type RunRequest } from "./plan.ts";
import { mayGoOn } from "./policy.ts";
import { Summaries } from "./summaries.ts";
import type { Clock, Fleet } from "./ports.ts";

export interface RunPorts {
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Aborted by the first interrupt: the hosts in hand are finished, no further batch begins. */
  readonly stop: AbortSignal;
  /** Aborted by the second interrupt: waits end at once and the hosts in hand go back. */
  readonly abort: AbortSignal;
}

/** Carries out a request from the first look to the last event; returns how it ended. Every expected failure is an event. */
export async function run(request: RunRequest, pattern: string, ports: RunPorts): Promise<RunStatus> {
  const { clock, emit } = ports;
  const began = clock.now().getTime();
  const { run: id, mode, environment, project, image, user, machine } = request;
  const hosts = request.hosts.map(({ name }) => name);
  emit({ type: "run-started", run: id, mode, environment, project, image, hosts, pattern, user, machine });
  const gathered = await gather(request, ports.fleet, clock, emit, ports.abort);
  try {
    const { status, summaries } = await carryOut(request, gathered, ports);
    emit({ type: "run-finished", status, seconds: (clock.now().getTime() - began) / 1000, hosts: summaries });
    return status;
  } finally {
    await Promise.all(
      gathered.open.map(async ({ lock, target }) => {
        await lock?.release();
        await target.close();
      }),
    );
  }
}

interface Ended {
  readonly status: RunStatus;
  readonly summaries: readonly HostSummary[];
}

async function carryOut(request: RunRequest, gathered: Gathered, ports: RunPorts): Promise<Ended> {
  const { emit, stop } = ports;
  const board = new Summaries(request, gathered);
  const unreachable = [...gathered.failed.values()].filter(isUnreachable).length;
  const refused = gathered.failed.size - unreachable;
  const looking = request.mode === "inquiry";
  if (!looking && (refused > 0 || unreachable > request.maxUnreachable)) {
    emit({ type: "run-stopped", because: refused > 0 ? "failures" : "unreachable", left: board.untouched() });
    return board.end();
  }
  if (gathered.digest !== undefined && !gathered.digest.ok) {
    board.failAll(gathered.digest.failure);
    return board.end();
  }
  const plan = makePlan(
    request,
    gathered.open.map(({ facts }) => facts),
    gathered.digest?.value,
  );
  if (!("schema" in plan)) {
    for (const failure of plan) {
      if ("host" in failure) {
        emit({ type: "host-refused", host: failure.host, failure });
        board.refuse(failure.host, failure);
      }
    }
    emit({ type: "run-stopped", because: "failures", left: board.untouched() });
    return board.end();
  }
  emit({ type: "planned", plan });
  const runs = new Map(
    plan.hosts.map((hostPlan) => [hostPlan.host, hostRun(plan, hostPlan.host, gathered.open, ports)]),
  );
  const prepared = await Promise.all(
    [...runs].map(async ([host, each]) => ({ host, failure: await prepareHost(each) })),
  );
  const unprepared = prepared.filter((each) => each.failure !== undefined);
  for (const { host, failure } of unprepared) if (failure) board.refuse(host, failure);
  if (looking) {
    for (const { host, failure } of prepared) if (failure === undefined) board.done(host);
    return board.end();
  }
  if (unprepared.length > 0) {
    emit({ type: "run-stopped", because: "failures", left: board.untouched() });
    return board.end();
  }
  for (const [index, batch] of plan.batches.entries()) {
    if (stop.aborted) {
      emit({ type: "run-stopped", because: "interrupt", left: board.untouched() });
      return board.end("interrupted");
    }
    if (!mayGoOn(board.finished(), plan.maxFailed)) {
      emit({ type: "run-stopped", because: "failures", left: board.untouched() });
      return board.end();
    }
    emit({ type: "batch-started", batch: index + 1, of: plan.batches.length, hosts: batch });
    const ended = await Promise.all(
      batch
        .map((host) => runs.get(host))
        .filter((each) => each !== undefined)
        .map(rollHost),
    );
    for (const summary of ended) board.finish(summary);
  }
  return board.end(ports.abort.aborted ? "interrupted" : undefined);
}

function hostRun(plan: Plan, host: string, open: readonly OpenHost[], ports: RunPorts): HostRun {
  const hostPlan = plan.hosts.find((each) => each.host === host);
  const opened = open.find(({ target }) => target.host.name === host);
  if (hostPlan === undefined || opened === undefined) throw new Error(`${host} is planned but not open`);
  const { clock, emit, abort } = ports;
  return { target: opened.target, lock: opened.lock, plan, hostPlan, clock, emit, abort };
}
