import type { Mode } from "../../domain/mode.ts";
import type { Project } from "../../domain/project.ts";
import type { Words } from "../locales/words.ts";
import { UsageError } from "../services.ts";

/** Modes that take an instance out of service first, and what does the same without. */
const GRACEFUL: ReadonlyMap<Mode, string | undefined> = new Map([
  ["update", "update_hard"],
  ["restart_soft", "restart"],
  ["rollback", undefined],
  ["stop_soft", undefined],
]);

/**
 * Refuses what the configuration asks for and this version does not do, before anything is touched: draining, unless
 * `Drain.method` is `none`.
 */
export function refuseUnsupported({ name, eureka, drain }: Project, mode: Mode, { usage }: Words): void {
  const drains = drain.method === "http" || (drain.method === "eureka" && eureka !== undefined);
  if (drains && GRACEFUL.has(mode)) throw new UsageError(usage.drainNotYet(name, drain.method, GRACEFUL.get(mode)));
}
