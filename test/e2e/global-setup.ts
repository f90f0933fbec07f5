import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { startLab, type Lab } from "../lab/lab.ts";
import { fleet } from "./fleet.ts";

let lab: Lab | undefined;

/** Raises the hosts that the tests of releases share. Fails with the reason where that cannot be done. */
export async function setup(): Promise<void> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    throw new Error(
      "These tests start real Docker hosts, which needs root on Linux. To run only those that need none: GANTRY_TESTS=unit npm test",
    );
  }
  // The launchers run the bundle: one from before the last change would be tested instead of the sources.
  execFileSync(process.execPath, [join(import.meta.dirname, "../../scripts/bundle.ts")]);
  lab = await startLab({ name: "test", hosts: fleet });
}

export async function teardown(): Promise<void> {
  await lab?.stop();
}
