import type { ShellWordsProblem } from "./shell-words.ts";

/**
 * Why a flag is not for DockerRunArg:
 * - `gantry-names`: the container's name is the version, it is how versions are found.
 * - `rollback-needs-container`: `--rm` would delete the version when it stops, and rollback starts it again.
 * - `file-exists-next-time`: `docker run` refuses to write a `--cidfile` that is there, so the second release fails.
 * - `must-detach`: `docker run` must come back when the container has started (`--detach=false`).
 * - `attaches`: Docker refuses `--attach` together with `-d`.
 * - `digest-is-pinned`: every host runs the one digest resolved at the start; `--pull=always` may fetch a newer one.
 * - `runs-nothing`: `--help` only prints a text.
 */
export type ReservedFlagReason =
  | "gantry-names"
  | "rollback-needs-container"
  | "file-exists-next-time"
  | "must-detach"
  | "attaches"
  | "digest-is-pinned"
  | "runs-nothing";

/** What is wrong in DockerRunArg; `offset` is the UTF-16 offset in its text. Values of variables are never in it. */
export type DockerRunProblem =
  | { readonly reason: "words"; readonly offset: number; readonly problem: ShellWordsProblem }
  | {
      readonly reason: "reserved-flag";
      readonly offset: number;
      readonly flag: string;
      readonly why: ReservedFlagReason;
    }
  /** `meant` is the long flag for which one dash is missing, if it is that. */
  | { readonly reason: "unknown-short-flag"; readonly offset: number; readonly flag: string; readonly meant?: string }
  | { readonly reason: "missing-value"; readonly offset: number; readonly flag: string }
  /** A word that is neither a flag nor a flag's value: Docker would take it for the image. `after` is the flag before it. */
  | { readonly reason: "stray-word"; readonly offset: number; readonly word?: string; readonly after?: string }
  | { readonly reason: "bad-boolean"; readonly offset: number; readonly flag: string; readonly seen: string }
  | { readonly reason: "bad-port"; readonly offset: number; readonly seen: string }
  | { readonly reason: "bad-number"; readonly offset: number; readonly flag: string; readonly seen: string }
  /** Labels that start with `gantry.` record the version. */
  | { readonly reason: "reserved-label"; readonly offset: number; readonly label: string };

export type DockerRunWarning =
  /** No known CLI has this flag: a newer Docker's, or a slip. `flag` is without dashes. */
  | { readonly reason: "unknown-flag"; readonly offset: number; readonly flag: string }
  /** `--restart=always` starts kept, stopped versions again when the engine restarts; `unless-stopped` does not. */
  | { readonly reason: "restart-always"; readonly offset: number };
