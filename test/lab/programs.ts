import { join } from "node:path";
import { proxyEnv, run } from "./command.ts";

/** Installs what the lab runs and is missing. @throws with the reason when that is not possible, or without root */
export async function requirePrograms(log: (line: string) => void): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error("lab: needs root: it makes namespaces, network links and mounts");
  const script = join(import.meta.dirname, "../../scripts/lab-packages.sh");
  const { code, stdout, stderr } = await run(["sh", script], { env: proxyEnv(), seconds: 600 });
  if (code !== 0) throw new Error(`lab: cannot install what it needs:\n${stderr}${stdout}`);
  const summary = stdout.split("\n").filter((line) => line.startsWith("lab-packages:"));
  for (const line of summary) log(line);
}
