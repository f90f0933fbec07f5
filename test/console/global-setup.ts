import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** The launchers run the bundle, and the console serves built pages: both are made from the sources as they are. */
export function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, "../../scripts/bundle.ts")], { stdio: "inherit" });
}
