import type { Become, Host } from "../../domain/host.ts";
import type { Child } from "./child.ts";

/** Starts programs on one host: over an ssh master, or on this machine. */
export interface Launcher {
  readonly host: Host;
  /** The rights to gain; undefined when the login user is that user already. */
  readonly become: Become | undefined;
  /** How `timeout` is called on the host; empty when it has none. */
  readonly timeLimit: string;
  /** Starts a program with exactly these arguments. The host's login rights apply. */
  launch(command: readonly string[]): Child;
  /** Why the connection is gone; undefined while it is there. */
  lostBecause(): string | undefined;
}
