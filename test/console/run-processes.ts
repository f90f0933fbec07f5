import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Pids and command lines of everything that runs of a console are made of: supervisors, lines, and what these have started. */
export function runProcesses(dataFolder: string): { readonly pid: number; readonly command: string }[] {
  const spool = join(dataFolder, "spool");
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      command: read(name, "cmdline").replaceAll("\0", " "),
      environment: read(name, "environ"),
    }))
    .filter(
      ({ command, environment }) => command.includes(`${spool}/`) || environment.includes(`GANTRY_SPOOL=${spool}/`),
    )
    .map(({ pid, command }) => ({ pid, command }));
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
