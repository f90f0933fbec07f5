import type { Mode } from "../../domain/mode.ts";
import type { StoppedStatus } from "../../engine/preview.ts";
import type { RunWords } from "../../contract/words/run-words.ts";
import type { Language } from "../../gantry/words/language.ts";

/** Everything that Gantry says while it runs, in one language. */
export interface Words extends RunWords {
  readonly language: Language;
  readonly usage: UsageWords;
  readonly check: CheckWords;
  readonly plan: PlanWords;
}

/** What `gantry plan` says. */
export interface PlanWords {
  readonly heading: (mode: Mode, project: string, environment: string) => string;
  /** That nothing is touched, and that names are those of a run that begins now. */
  readonly untouched: string;
  readonly image: (reference: string, digest: string | undefined) => string;
  readonly batches: (batches: readonly (readonly string[])[]) => string;
  /** `after` is undefined where it stays as it is. */
  readonly runs: (running: readonly string[], after: string | undefined) => string;
  readonly nothing: string;
  readonly skipped: (because: string) => string;
  readonly begins: string;
  /** How a run would end before anything is changed. */
  readonly stopped: Readonly<Record<StoppedStatus, string>>;
}

/** What `gantry check` finds. */
export interface CheckWords {
  readonly projects: (count: number) => string;
  readonly logs: string;
  readonly docker: (engine: string, api: string, architecture: string) => string;
  readonly disk: (folder: string, gigabytes: string) => string;
  readonly lowDisk: (folder: string, gigabytes: string) => string;
  readonly image: (image: string, digest: string) => string;
  readonly noLatest: (image: string) => string;
  /** `instances`: each with its status. */
  readonly peer: (base: string, app: string, instances: readonly string[]) => string;
  readonly clock: (secondsAhead: number) => string;
  /** A peer tells of others that EurekaUrl does not name. */
  readonly unlistedPeers: (peers: readonly string[]) => string;
  /** The container on a host, and its instance. */
  readonly instance: (container: string, id: string, status: string, address: string) => string;
  /** Its status in the registry is not UP, though it runs. */
  readonly notUp: (container: string, id: string, status: string) => string;
  readonly unsafeWait: (
    wait: string,
    parts: { server: string; fetch: string; loadBalancer: string },
    safe: string,
  ) => string;
  readonly safeWait: (wait: string) => string;
  readonly unseen: (detail: string) => string;
}

/** Wrong use: options, arguments, files. `failure` texts are in `failures`. */
export interface UsageWords {
  readonly unknownMode: (mode: string, near: string | undefined, modes: readonly string[]) => string;
  readonly missingOption: (option: string) => string;
  readonly badValue: (option: string, seen: string, allowed: string) => string;
  readonly badPattern: (option: string, seen: string, detail: string) => string;
  readonly logPath: (path: string, detail: string) => string;
  /** The file that $GANTRY_JOURNAL names. */
  readonly liveJournal: (path: string, detail: string) => string;
  readonly logLost: (path: string, detail: string) => string;
  /** $GANTRY_USER cannot be shown. */
  readonly badUser: string;
  readonly bug: (detail: string) => string;
  readonly shimTaken: (paths: readonly string[]) => string;
  /** `home` is undefined where it is looked for at each call. */
  readonly shimDone: (folder: string, home: string | undefined) => string;
  readonly shimFolder: (folder: string, detail: string) => string;
  readonly noTags: (image: string, detail: string) => string;
  readonly frozen: (project: string, reason: string) => string;
  readonly noEnvironments: (home: string) => string;
  readonly unlocked: string;
  readonly lintGood: (file: string, projects: number) => string;
}
