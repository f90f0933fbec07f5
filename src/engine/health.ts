import type { ContainerDetail } from "../domain/container.ts";
import { FailureError, unwrap } from "./errors.ts";
import type { StepContext } from "./step-context.ts";
import { probe, type ProbeAnswer } from "./probe.ts";
import { LOG_LINES } from "./why.ts";

const POLL = 250;

/**
 * Waits until a started container has been up for `settle` and, where its image has a HEALTHCHECK, Docker calls it
 * healthy. A container that exits or restarts meanwhile fails at once. Throws FailureError.
 */
export async function awaitUp(container: string, context: StepContext): Promise<void> {
  const { plan, clock, waiting } = context;
  const began = clock.now().getTime();
  const { settle } = plan.healthCheck;
  for (;;) {
    const detail = await lookAlive(container, context);
    const elapsed = clock.now().getTime() - began;
    const health = plan.healthCheck.docker ? detail.health : undefined;
    if (elapsed >= settle && (health === undefined || health.status === "healthy")) return;
    const seconds = elapsed / 1000;
    if (health?.status === "unhealthy" || seconds > plan.checkTime + settle / 1000) {
      await notHealthy(
        container,
        context,
        seconds,
        "HEALTHCHECK",
        health ? `${health.status}: ${health.lastOutput}` : detail.state,
      );
    }
    if (health !== undefined && elapsed >= settle) waiting({ for: "docker-health", status: health.status, seconds });
    else waiting({ for: "settle", seconds: settle / 1000 });
    await clock.sleep(elapsed < settle ? Math.min(POLL, settle - elapsed) : POLL, context.abort);
  }
}

/**
 * Waits until every configured probe answers, and stays so for `bake`; the container is watched meanwhile.
 * Gives up after the plan's check time; once it has been healthy, the bake comes on top. Throws FailureError.
 */
export async function awaitHealthy(
  container: string,
  context: StepContext,
  bake: number = context.plan.healthCheck.bake,
): Promise<{ attempts: number; probes: readonly string[] }> {
  const { plan, clock, waiting, target } = context;
  const { http, tcp } = plan.healthCheck;
  const probes = [...(http === undefined ? [] : [http]), ...(tcp === undefined ? [] : [tcp])];
  const began = clock.now().getTime();
  let goodSince: number | undefined;
  let wasGood = false;
  for (let attempts = 1; ; attempts++) {
    const detail = await lookAlive(container, context);
    const answers = await Promise.all(probes.map((each) => probe(each, target, context.abort)));
    const bad = [...answers, ...(plan.healthCheck.docker ? dockerAnswer(detail) : [])].find(({ healthy }) => !healthy);
    const now = clock.now().getTime();
    const seconds = (now - began) / 1000;
    if (bad === undefined) {
      goodSince ??= now;
      wasGood = true;
      if (now - goodSince >= bake) return { attempts, probes };
      waiting({ for: "bake", seconds: bake / 1000 });
    } else {
      goodSince = undefined;
      if (seconds > plan.checkTime + (wasGood ? bake / 1000 : 0))
        await notHealthy(container, context, seconds, bad.probe, bad.detail);
      waiting({ for: "probe", probe: bad.probe, detail: bad.detail, seconds });
    }
    await clock.sleep(POLL, context.abort);
  }
}

/** What Docker's own check says, where the image has one. */
function dockerAnswer({ health }: ContainerDetail): readonly ProbeAnswer[] {
  if (health === undefined) return [];
  const detail = `${health.status}: ${health.lastOutput}`;
  return [{ probe: "HEALTHCHECK", healthy: health.status === "healthy", detail }];
}

/** The container's state, if it is up and has not been restarted; throws what happened to it otherwise. */
export async function lookAlive(container: string, { target, abort }: StepContext): Promise<ContainerDetail> {
  const host = target.host.name;
  if (abort.aborted) throw new FailureError({ reason: "aborted", host });
  const detail = unwrap(await target.docker.inspect(container));
  const { name, exitCode, restarts, outOfMemory } = detail;
  if (detail.state === "restarting" || restarts > 0) {
    const log = await lastLines(container, target);
    throw new FailureError({ reason: "container-restarting", host, container: name, restarts, exitCode, log });
  }
  if (detail.state !== "running") {
    const log = await lastLines(container, target);
    throw new FailureError({ reason: "container-exited", host, container: name, exitCode, outOfMemory, log });
  }
  return detail;
}

async function notHealthy(
  container: string,
  { target }: StepContext,
  seconds: number,
  probed: string,
  detail: string,
): Promise<never> {
  const log = await lastLines(container, target);
  throw new FailureError({
    reason: "unhealthy",
    host: target.host.name,
    container,
    seconds: Math.round(seconds),
    probe: probed,
    detail,
    log,
  });
}

async function lastLines(container: string, target: StepContext["target"]): Promise<readonly string[]> {
  const log = await target.docker.logs(container, LOG_LINES);
  return log.ok ? log.value : [];
}
