import type { Mode } from "../../domain/mode.ts";
import type { Project } from "../../domain/project.ts";
import type { Words } from "../locales/words.ts";
import { UsageError } from "../services.ts";

/** Modes that take an instance out of Eureka first, and what does the same without asking it. */
const GRACEFUL: ReadonlyMap<Mode, string | undefined> = new Map([
  ["update", "update_hard"],
  ["restart_soft", "restart"],
  ["rollback", undefined],
  ["stop_soft", undefined],
]);

/** Refuses what the configuration asks for and this version does not do, before anything is touched. */
export function refuseUnsupported(project: Project, mode: Mode, words: Words): void {
  const { usage } = words;
  if (project.eureka !== undefined && GRACEFUL.has(mode))
    throw new UsageError(usage.eurekaNotYet(project.name, GRACEFUL.get(mode)));
}
