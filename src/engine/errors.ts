import type { Result } from "../domain/result.ts";
import type { RegistryFailure } from "./registry-failure.ts";

/** Who holds a host lock, as written into the lock file by the holder. */
export interface LockHolder {
  readonly run: string;
  readonly user: string;
  readonly machine: string;
  readonly since: string;
}

/**
 * Everything that may go wrong without being a bug. `reason` names it; the other fields are the facts that a
 * message is made of (the words are in the locale catalogues). `detail` is the last words of the program or
 * server that failed, free of secrets.
 */
export type Failure =
  // Reaching a host
  | { readonly reason: "host-unreachable"; readonly host: string; readonly address: string; readonly detail: string }
  | { readonly reason: "host-key-unknown"; readonly host: string; readonly address: string; readonly detail: string }
  | { readonly reason: "host-key-changed"; readonly host: string; readonly address: string; readonly detail: string }
  | {
      readonly reason: "login-refused";
      readonly host: string;
      readonly address: string;
      readonly user?: string;
      readonly detail: string;
    }
  | { readonly reason: "become-refused"; readonly host: string; readonly user: string; readonly detail: string }
  | { readonly reason: "connection-lost"; readonly host: string; readonly detail: string }
  | { readonly reason: "deadline"; readonly host: string; readonly action: string; readonly seconds: number }
  | { readonly reason: "ssh-missing"; readonly host: string; readonly detail: string }
  /** The host cannot open a TCP stream to `address`:`port`, or its sshd forbids forwarding. */
  | {
      readonly reason: "tcp-refused";
      readonly host: string;
      readonly address: string;
      readonly port: number;
      readonly detail: string;
    }
  // Docker on a host
  | { readonly reason: "docker-missing"; readonly host: string; readonly detail: string }
  | { readonly reason: "docker-denied"; readonly host: string; readonly detail: string }
  | { readonly reason: "docker-down"; readonly host: string; readonly detail: string }
  | {
      readonly reason: "docker-error";
      readonly host: string;
      readonly action: string;
      readonly status: number;
      readonly detail: string;
    }
  | { readonly reason: "disk-full"; readonly host: string; readonly action: string; readonly detail: string }
  | {
      readonly reason: "port-taken";
      readonly host: string;
      readonly port: string;
      readonly container: string;
      readonly detail: string;
    }
  | {
      readonly reason: "run-refused";
      readonly host: string;
      readonly container: string;
      readonly exitCode: number;
      readonly detail: string;
    }
  // Images
  | { readonly reason: "image-missing"; readonly image: string; readonly detail: string }
  | { readonly reason: "registry-login"; readonly registry: string; readonly image: string; readonly detail: string }
  | {
      readonly reason: "registry-unreachable";
      readonly registry: string;
      readonly image: string;
      readonly detail: string;
    }
  | RegistryFailure
  // Versions and containers
  | {
      readonly reason: "container-exited";
      readonly host: string;
      readonly container: string;
      readonly exitCode: number;
      readonly outOfMemory: boolean;
      readonly log: readonly string[];
    }
  | {
      readonly reason: "container-restarting";
      readonly host: string;
      readonly container: string;
      readonly restarts: number;
      readonly exitCode: number;
      readonly log: readonly string[];
    }
  | {
      readonly reason: "unhealthy";
      readonly host: string;
      readonly container: string;
      readonly seconds: number;
      readonly probe: string;
      readonly detail: string;
      readonly log: readonly string[];
    }
  | { readonly reason: "still-running"; readonly host: string; readonly container: string; readonly detail: string }
  | { readonly reason: "changed-underneath"; readonly host: string; readonly expected: string; readonly found: string }
  | {
      readonly reason: "wrong-image";
      readonly host: string;
      readonly container: string;
      readonly expected: string;
      readonly found: string;
    }
  | { readonly reason: "no-version"; readonly host: string; readonly project: string }
  | {
      readonly reason: "no-older-version";
      readonly host: string;
      readonly project: string;
      readonly passedOver: readonly string[];
    }
  | {
      readonly reason: "version-unknown";
      readonly host: string;
      readonly version: string;
      readonly kept: readonly string[];
    }
  // Runs
  | { readonly reason: "locked"; readonly host: string; readonly project: string; readonly holder?: LockHolder }
  | { readonly reason: "lock-lost"; readonly host: string; readonly project: string }
  /** The host cannot lock at all: `flock` is missing, or something hostile or unreadable is in the lock file's place. */
  | { readonly reason: "lock-impossible"; readonly host: string; readonly project: string; readonly detail: string }
  | { readonly reason: "aborted"; readonly host: string };

export type FailureReason = Failure["reason"];
export type Outcome<T> = Result<T, Failure>;

const unreachable: ReadonlySet<FailureReason> = new Set<FailureReason>([
  "host-unreachable",
  "host-key-unknown",
  "host-key-changed",
  "login-refused",
  "ssh-missing",
]);

/** True for failures that mean the host was never reached: counted apart from failed hosts (Ansible's `unreachable`). */
export function isUnreachable(failure: Failure): boolean {
  return unreachable.has(failure.reason);
}

/** Carries a Failure through code that would otherwise check every call; `attempt` turns it back into a value. */
export class FailureError extends Error {
  override readonly name = "FailureError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** Runs `work` and returns its value, or the Failure that it threw; anything else thrown is a bug and goes on. */
export async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof FailureError) return { ok: false, failure: error.failure };
    throw error;
  }
}

/** The value of an outcome; throws its failure as a FailureError, for use inside `attempt`. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new FailureError(outcome.failure);
}
