import { releases, type Mode } from "../../domain/mode.ts";
import { quoteShellWord } from "../../domain/shell-words.ts";
import type { RunStatus } from "../../engine/events.ts";
import type { Words } from "../locales/words.ts";
import type { ModeOptions } from "./rollout-options.ts";

/** What the closing lines need to know of a run. */
export interface Course {
  /** True once a batch began: until then no container has been touched. */
  begun: boolean;
  /** The versions that have given way to another, by host: what there is to go back to. */
  readonly replaced: Map<string, string>;
  /** How many hosts the run was for. */
  readonly hosts: number;
}

/** The last lines of a run: how it ended, what to type next and where the log is. */
export function closing(
  status: RunStatus,
  { begun, replaced, hosts }: Course,
  options: ModeOptions,
  words: Words,
  path: string,
): string {
  const { outcome, untouched, logFile, next, undo } = words.output;
  const goBack = replaced.size > 0 && releases(options.mode) ? [undo(wayBack(replaced, hosts, options))] : [];
  return [
    status === "succeeded" || status === "locked" || begun ? outcome[status] : `${outcome[status]} ${untouched}`,
    ...(status === "succeeded" ? goBack : [next(sameHosts("inquiry", options))]),
    logFile(path),
  ].join("\n");
}

/** The rollback of exactly the hosts that were changed, to what they ran before. */
function wayBack(replaced: ReadonlyMap<string, string>, hosts: number, options: ModeOptions): string {
  const versions = new Set(replaced.values());
  const chosen = replaced.size === hosts ? options : { ...options, hosts: [...replaced.keys()].join(",") };
  // Hosts that ran different versions go back to different ones, which only each host's own newest one can mean.
  return sameHosts("rollback", chosen, versions.size === 1 ? ["--to", ...versions] : []);
}

/** The command line of another mode for the same project on the same hosts. */
function sameHosts(
  mode: Mode,
  { project, environment, hosts, inventory = [], home }: ModeOptions,
  more: readonly string[] = [],
): string {
  const words = ["gantry", mode, project, "-e", environment];
  if (hosts !== undefined) words.push("-a", hosts);
  for (const source of inventory) words.push("-i", source);
  if (home !== undefined) words.push("--home", home);
  return [...words, ...more].map(quoteShellWord).join(" ");
}
