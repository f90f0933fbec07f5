import { spawn } from "node:child_process";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { labEnv } from "./command.ts";
import { logTail, waitFor } from "./deadline.ts";
import { bootArgv, initScript, sshdConfig, startDockerdScript, startSshdScript, type HostPlan } from "./host-files.ts";
import { makeKey } from "./keys.ts";
import { plugIn } from "./network.ts";

/** Writes a host's folder. Returns its public host key. */
export async function writeHostFiles(plan: HostPlan, authorizedKey: string): Promise<string> {
  const file = (name: string): string => join(plan.dir, name);
  for (const folder of ["", "root", "data", "keys"]) mkdirSync(file(folder), { recursive: true });
  writeFileSync(file("init.sh"), initScript(plan));
  writeFileSync(file("sshd_config"), sshdConfig(plan.spec));
  writeFileSync(file("start-sshd"), startSshdScript(), { mode: 0o755 });
  writeFileSync(file("start-dockerd"), startDockerdScript(plan), { mode: 0o755 });
  const withKey = (plan.spec.users ?? []).filter((user) => user.key !== false).map((user) => user.name);
  for (const user of ["root", ...withKey]) writeFileSync(file(`keys/${user}`), `${authorizedKey}\n`);
  chmodSync(file("data"), 0o710);
  return makeKey(file("hostkey"), plan.name);
}

/** Starts a host's namespaces, lays its cable and waits until its sshd is up. dockerd comes later. */
export async function bootHost(plan: HostPlan): Promise<void> {
  const log = join(plan.dir, "init.log");
  const ended = launch(bootArgv(plan.dir), log);
  const failIfEnded = async (): Promise<void> => {
    if (ended()) throw new Error(`lab: host ${plan.name} did not start${await logTail(log)}`);
  };
  const pid = await waitFor(`host ${plan.name} to come up`, { seconds: 20, everyMs: 10, log }, async () => {
    await failIfEnded();
    const text = await readFile(join(plan.dir, "init.pid"), "utf8").catch(() => "");
    return Number.parseInt(text, 10) || undefined;
  });
  await plugIn(plan.subnet, plan.index, pid);
  await waitFor(`sshd on ${plan.name}`, { seconds: 30, log }, async () => {
    await failIfEnded();
    return existsSync(join(plan.dir, "ready")) || undefined;
  });
}

/** Starts a program that outlives this process; the returned function tells whether it has ended. */
function launch([program = "", ...args]: readonly string[], log: string): () => boolean {
  const output = openSync(log, "a");
  const child = spawn(program, args, {
    env: { ...labEnv },
    cwd: "/",
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  let over = false;
  child.on("error", () => (over = true));
  child.on("exit", () => (over = true));
  child.unref();
  return () => over;
}
