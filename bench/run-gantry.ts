import { execFile } from "node:child_process";
import { join } from "node:path";

const gantry = join(import.meta.dirname, "../bin/gantry");

/** Runs a command of Gantry in a home directory with an inventory `hosts`; returns its output, throws with it where it fails. */
export function runGantry(home: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, GANTRY_HOME: home, ANSIBLE_INVENTORY: join(home, "hosts"), NO_COLOR: "1" };
  return new Promise((resolve, reject) => {
    execFile(gantry, args, { env, timeout: 600_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`gantry ${args.join(" ")} ended with ${String(error.code)}:\n${stdout}${stderr}`));
    });
  });
}
