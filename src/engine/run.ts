import type { LockHolder } from "./errors.ts";
import type { Because, Emit, HostSummary, RunStatus } from "./events.ts";
import { gather, holderOf, type Gathered, type OpenHost } from "./gather.ts";
import { runHook } from "./hooks.ts";
import { prepareHost, rollHost } from "./host-run.ts";
import type { HostRun } from "./step-context.ts";
import { makePlan, withoutSecrets, type Plan, type RunRequest } from "./plan.ts";
import { mayNotBegin, mayNotGoOn } from "./policy.ts";
import { Summaries } from "./summaries.ts";
import type { Clock, Fleet, HookRunner, ServiceRegistry } from "./ports.ts";
import { revertHost } from "./revert.ts";

export interface RunPorts {
  readonly fleet: Fleet;
  /** The project's service registry, where the request has one. */
  readonly registry: ServiceRegistry | undefined;
  readonly hookRunner: HookRunner;
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
  const gathered = await gather(request, ports);
  try {
    const { status, summaries } = await carryOut(request, gathered, ports);
    if (mode !== "inquiry")
      await runHook(status === "succeeded" ? "after" : "failed", request.hooks, request, status, ports);
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

/** Plans and changes; whatever stops it early has been told by an event when it returns. */
async function carryOut(request: RunRequest, gathered: Gathered, ports: RunPorts): Promise<Ended> {
  const { emit } = ports;
  const board = new Summaries(request, gathered);
  const stopped = (because: Because): Ended => {
    emit({ type: "run-stopped", because, left: board.untouched() });
    if (because === "interrupt" || ports.abort.aborted) return board.end("interrupted");
    return board.end(because === "hook" ? "failed" : undefined);
  };
  const looking = request.mode === "inquiry";
  const because = mayNotBegin(request, gathered.failed);
  if (because !== undefined) return stopped(because);
  const { digest } = gathered;
  if (digest !== undefined && !digest.outcome.ok) {
    board.refuse(digest.host, digest.outcome.failure);
    return stopped("failures");
  }
  if (ports.stop.aborted) return stopped("interrupt");
  const facts = gathered.open.map((each) => each.facts);
  const plan = makePlan(request, facts, digest?.outcome.ok ? digest.outcome.value : undefined);
  if (!("schema" in plan)) {
    for (const { host, failure } of plan) {
      emit({ type: "host-refused", host, failure });
      board.refuse(host, failure);
    }
    return stopped("failures");
  }
  emit({ type: "planned", plan: withoutSecrets(plan) });
  const runs = new Map(
    plan.hosts.map(({ host }) => [host, hostRun(plan, host, gathered.open, holderOf(request), ports)]),
  );
  for (const { host, failure } of await Promise.all(
    [...runs].map(async ([name, each]) => ({ host: name, failure: await prepareHost(each) })),
  )) {
    if (failure !== undefined) board.refuse(host, failure);
    else if (looking) board.done(host);
  }
  if (looking) return board.end();
  if (board.refused()) return stopped("failures");
  if (ports.stop.aborted) return stopped("interrupt");
  if (!(await runHook("before", request.hooks, request, "starting", ports))) return stopped("hook");
  return roll(plan, runs, board, stopped, ports);
}

async function roll(
  plan: Plan,
  runs: ReadonlyMap<string, HostRun>,
  board: Summaries,
  stopped: (because: Because) => Ended,
  ports: RunPorts,
): Promise<Ended> {
  for (const [index, batch] of plan.batches.entries()) {
    const because = ports.stop.aborted ? "interrupt" : mayNotGoOn(batch, board.all(), plan);
    if (because !== undefined) {
      if (because !== "interrupt" && plan.onFailure === "revert") await revert(runs, board);
      return stopped(because);
    }
    ports.emit({ type: "batch-started", batch: index + 1, of: plan.batches.length, hosts: batch });
    const chosen = batch.map((host) => runs.get(host)).filter((each) => each !== undefined);
    for (const summary of await Promise.all(chosen.map(rollHost))) board.finish(summary);
  }
  if (plan.onFailure === "revert" && board.failures() > plan.maxFailed) await revert(runs, board);
  return board.end(ports.abort.aborted ? "interrupted" : undefined);
}

/** Takes the hosts that were done back, the last one first. */
async function revert(runs: ReadonlyMap<string, HostRun>, board: Summaries): Promise<void> {
  for (const summary of board.all().toReversed()) {
    const changed = board.changed(summary.host) ? runs.get(summary.host) : undefined;
    // A restart has left the same version running: there is nothing to take back.
    if (changed !== undefined && changed.hostPlan.before !== changed.hostPlan.after)
      board.finish(await revertHost(changed, summary));
  }
}

function hostRun(plan: Plan, host: string, open: readonly OpenHost[], holder: LockHolder, ports: RunPorts): HostRun {
  const hostPlan = plan.hosts.find((each) => each.host === host);
  const opened = open.find(({ target }) => target.host.name === host);
  if (hostPlan === undefined || opened === undefined) throw new Error(`${host} is planned but not open`);
  const { registry, clock, emit, abort } = ports;
  const { target, lock } = opened;
  return { target, lock, registry, memory: {}, holder, plan, hostPlan, clock, emit, abort };
}
