import { attempt, FailureError, unwrap, type Failure } from "./errors.ts";
import { lookAlive } from "./health.ts";
import { matchOf } from "./instances.ts";
import type { RegistryInstance } from "./ports.ts";
import { drainedInstance } from "./drained-instance.ts";
import { registryOf, type StepContext } from "./step-context.ts";

const POLL = 500;
/** Seconds that a registration always gets, however long the probes before it took. */
const AT_LEAST = 10;

/**
 * Waits until the registration of a start is UP on every peer; the container is watched meanwhile, and its end ends the
 * wait at once. Throws FailureError.
 *
 * @param since when it was started, by this machine's clock
 * @param seconds to wait at most
 */
export async function awaitRegistered(
  container: string,
  since: Date,
  seconds: number,
  context: StepContext,
): Promise<RegistryInstance> {
  const { target, plan, hostPlan, clock, abort, waiting } = context;
  if (plan.registry === undefined) throw new Error("a registration is waited for without a registry");
  const detail = await lookAlive(container, context);
  const match = await matchOf(target, plan.registry, detail, drainedInstance(hostPlan));
  const over = new AbortController();
  const signal = AbortSignal.any([abort, over.signal]);
  let died: Failure | undefined;
  const watch = async (): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(POLL, signal);
      if (signal.aborted) return;
      const alive = await attempt(() => lookAlive(container, context));
      if (alive.ok) continue;
      died = alive.failure;
      over.abort();
    }
  };
  const watching = watch();
  const up = await registryOf(context).awaitUp(
    match,
    { since, startedAt: new Date(detail.startedAt) },
    Math.max(AT_LEAST, seconds),
    (peers) => waiting({ for: "registration", peers }),
    signal,
  );
  over.abort();
  await watching;
  if (died !== undefined) throw new FailureError(died);
  return unwrap(up);
}
