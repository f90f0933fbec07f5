import type { Mode } from "../domain/mode.ts";
import type { Failure } from "./errors.ts";
import type { PeerReport } from "./registry-failure.ts";
import type { Plan, SkipReason, StepKind } from "./plan.ts";

/** A step as events name it. */
export interface StepName {
  readonly kind: StepKind;
  readonly number: number;
  readonly of: number;
  readonly title: string;
}

/** What a wait is waiting for. */
export type Waiting =
  | { readonly for: "stop"; readonly container: string }
  | { readonly for: "settle"; readonly seconds: number }
  | { readonly for: "docker-health"; readonly status: string; readonly seconds: number }
  | { readonly for: "probe"; readonly probe: string; readonly detail: string; readonly seconds: number }
  | { readonly for: "bake"; readonly seconds: number }
  /** A fixed time for caches to notice. */
  | { readonly for: "drain"; readonly seconds: number }
  /** The answers that every peer of the service registry caches for clients. */
  | { readonly for: "server-caches" }
  /** What clients keep of those answers. */
  | { readonly for: "client-caches"; readonly seconds: number }
  /** Requests in flight, and who has sent something lately. */
  | { readonly for: "requests"; readonly inFlight: number; readonly callers: readonly string[] }
  | { readonly for: "service-shutdown"; readonly seconds: number }
  /** Every peer of the service registry, to have forgotten a lease. */
  /** The instance of a container that the service registry does not show yet, at most so long. */
  | { readonly for: "instance"; readonly app: string; readonly seconds: number }
  | { readonly for: "lease-removal"; readonly instance: string }
  /** The registration of a start, UP on every peer. */
  | { readonly for: "registration"; readonly peers: readonly PeerReport[] };

/** A version taken out of the way: stopped and marked as failed, removed since it never started, or only stopped. */
export interface RetiredVersion {
  readonly version: string;
  readonly fate: "kept" | "removed" | "stopped";
}

/** How a host ended. */
export type Verdict = "done" | "reverted" | "rescued" | "failed" | "unreachable" | "untouched";

/** Everything that helps to see why a step failed. */
export interface Why {
  readonly failure: Failure;
  /** The command that failed, as an argument vector, where there was one. */
  readonly command?: readonly string[];
  readonly state?: {
    readonly status: string;
    readonly exitCode: number;
    readonly outOfMemory: boolean;
    readonly error: string;
    readonly restarts: number;
  };
  readonly health?: string;
  /** The last lines of the container's log. */
  readonly log: readonly string[];
  /** What runs on the host now; undefined where the host could not be asked. */
  readonly running: readonly string[] | undefined;
}

export interface HostSummary {
  readonly host: string;
  readonly verdict: Verdict;
  /** False where the host could not be looked at: what runs there is not known. */
  readonly seen: boolean;
  readonly before: string | undefined;
  readonly now: string | undefined;
  readonly seconds: number;
  readonly failure?: Failure;
}

/** When a hook runs: before the first change, after a success, after anything else. */
export type HookName = "before" | "after" | "failed";

/** Why a run stopped before its last batch. */
export type Because = "failures" | "unreachable" | "interrupt" | "last-healthy" | "hook";

export type RunStatus = "succeeded" | "failed" | "unreachable" | "locked" | "interrupted";

/** One fact about a run. The engine's only output; renderers, log file and journal are made of these. */
export type EventBody =
  | {
      readonly type: "run-started";
      readonly run: string;
      readonly mode: Mode;
      readonly environment: string;
      readonly project: string;
      readonly image: string | undefined;
      readonly hosts: readonly string[];
      readonly pattern: string;
      readonly user: string;
      readonly machine: string;
    }
  | {
      readonly type: "host-reached";
      readonly host: string;
      readonly running: readonly string[];
      readonly seconds: number;
    }
  /** What a host is looked at for takes a while. */
  | { readonly type: "host-waiting"; readonly host: string; readonly waiting: Waiting }
  | { readonly type: "host-unreachable"; readonly host: string; readonly failure: Failure; readonly seconds: number }
  | { readonly type: "host-refused"; readonly host: string; readonly failure: Failure }
  | {
      readonly type: "image-resolved";
      readonly host: string;
      readonly image: string;
      readonly digest: string;
      readonly seconds: number;
    }
  | { readonly type: "image-refused"; readonly host: string; readonly failure: Failure }
  | { readonly type: "planned"; readonly plan: Plan }
  | { readonly type: "batch-started"; readonly batch: number; readonly of: number; readonly hosts: readonly string[] }
  | { readonly type: "step-started"; readonly host: string; readonly step: StepName }
  | { readonly type: "step-waiting"; readonly host: string; readonly step: StepName; readonly waiting: Waiting }
  | {
      readonly type: "step-progress";
      readonly host: string;
      readonly step: StepName;
      readonly current: number;
      readonly total: number;
    }
  | {
      readonly type: "step-finished";
      readonly host: string;
      readonly step: StepName;
      readonly status: "ok" | "changed";
      readonly seconds: number;
      readonly result: Readonly<Record<string, unknown>>;
    }
  | { readonly type: "step-skipped"; readonly host: string; readonly step: StepName; readonly skip: SkipReason }
  | {
      readonly type: "step-failed";
      readonly host: string;
      readonly step: StepName;
      readonly seconds: number;
      readonly why: Why;
    }
  | {
      readonly type: "host-rescue";
      readonly host: string;
      readonly retired: RetiredVersion | undefined;
      readonly restored: string | undefined;
      /** The instance that is in service again in the service registry. */
      readonly inService?: string;
      readonly failure?: Failure;
    }
  | { readonly type: "hook-started"; readonly hook: HookName; readonly command: readonly string[] }
  | {
      readonly type: "hook-finished";
      readonly hook: HookName;
      readonly command: readonly string[];
      readonly exitCode: number;
      readonly output: string;
      readonly seconds: number;
    }
  | { readonly type: "version-removed"; readonly host: string; readonly version: string }
  | { readonly type: "housekeeping-failed"; readonly host: string; readonly failure: Failure }
  | { readonly type: "host-finished"; readonly summary: HostSummary }
  | {
      readonly type: "run-stopped";
      readonly because: Because;
      readonly left: readonly string[];
    }
  | {
      readonly type: "run-finished";
      readonly status: RunStatus;
      readonly seconds: number;
      readonly hosts: readonly HostSummary[];
    };

/** An event with its place in the run: schema version, number from 1, time in ISO 8601 UTC. */
export type RunEvent = EventBody & { readonly v: 1; readonly seq: number; readonly at: string };

export type EventType = EventBody["type"];
export type Emit = (event: EventBody) => void;
