import { fail, ok } from "../../../domain/result.ts";
import type { Outcome } from "../../../engine/errors.ts";
import type { Clock } from "../../../engine/ports.ts";

interface Patience {
  readonly clock: Clock;
  /** Milliseconds for all rounds, asked again before each; and between two of them. */
  readonly within: () => number;
  readonly every: number;
  readonly signal: AbortSignal;
  readonly host: string;
}

/**
 * Looks again and again until a round has an answer: its value, or undefined when the time is over. There is always a
 * first round. A failure of a round ends it, an abort too (`aborted`).
 */
export async function until<T>(
  { clock, within, every, signal, host }: Patience,
  round: () => Promise<Outcome<T | undefined>>,
): Promise<Outcome<T | undefined>> {
  const began = clock.now().getTime();
  for (;;) {
    const outcome = await round();
    if (signal.aborted) return fail({ reason: "aborted", host });
    if (!outcome.ok || outcome.value !== undefined) return outcome;
    if (clock.now().getTime() - began + every > within()) return ok(undefined);
    await clock.sleep(every, signal);
    if (signal.aborted) return fail({ reason: "aborted", host });
  }
}
