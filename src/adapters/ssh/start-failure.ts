import type { Failure } from "../../engine/errors.ts";
import type { Launcher } from "./launcher.ts";

/** sshd allows only so many sessions on one connection (MaxSessions); one of ours has to end first. */
export function sessionRefused(complaint: string): boolean {
  return complaint.includes("Session open refused by peer");
}

/** Why a program's process ended before the program itself started. */
export function startFailure(launcher: Launcher, complaint: string, exitCode: number | null): Failure {
  const { host, become } = launcher;
  const lost = launcher.lostBecause();
  if (lost !== undefined) return { reason: "connection-lost", host: host.name, detail: lost };
  // 255 is ssh's own exit code: sudo never came to speak.
  if (become !== undefined && exitCode !== 255) {
    const detail = complaint === "" ? `sudo: exit code ${exitCode}` : complaint;
    return { reason: "become-refused", host: host.name, user: become.user, detail };
  }
  const detail = complaint === "" ? `no shell: exit code ${exitCode}` : complaint;
  return { reason: "connection-lost", host: host.name, detail };
}
