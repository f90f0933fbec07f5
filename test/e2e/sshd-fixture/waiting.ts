import { execFileSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds until `condition` is true; throws after `limit` milliseconds. */
export async function until(condition: () => boolean | Promise<boolean>, limit: number): Promise<number> {
  const start = performance.now();
  while (!(await condition())) {
    if (performance.now() - start > limit) throw new Error(`not within ${limit} ms`);
    await delay(25);
  }
  return performance.now() - start;
}

/** Command lines of this machine's ssh clients that mention `word`. */
export function sshClients(word: string): readonly string[] {
  return execFileSync("ps", ["-eo", "stat=,args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => !line.startsWith("Z"))
    .map((line) => line.replace(/^\S+\s+/, ""))
    .filter((line) => /^(\/usr\/bin\/)?ssh /.test(line) && line.includes(word));
}
