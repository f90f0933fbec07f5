import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { labPath, run } from "./command.ts";

/** What the lab runs; scripts/lab-packages.sh has the same list and knows the packages. */
const needed = ["dockerd", "docker", "docker-registry", "sshd", "ssh", "ip", "iptables", "busybox", "sudo", "nsenter"];

/** Installs what is missing. @throws with the reason when that is not possible here, or without root */
export async function requirePrograms(log: (line: string) => void): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error("lab: needs root: it makes namespaces, network links and mounts");
  const missing = needed.filter((program) => !isInstalled(program));
  if (missing.length === 0) return;
  log(`installing ${missing.join(", ")}`);
  const script = join(import.meta.dirname, "../../scripts/lab-packages.sh");
  const { code, stdout, stderr } = await run(["sh", script], { seconds: 600 });
  if (code !== 0) throw new Error(`lab: cannot install ${missing.join(", ")}:\n${stderr}${stdout}`);
}

function isInstalled(program: string): boolean {
  return labPath.split(":").some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
