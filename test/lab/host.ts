import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hostPath, must, run, type CommandOptions, type CommandResult } from "./command.ts";
import { logTail, waitFor } from "./deadline.ts";
import { callEngine, emptyEngine } from "./engine-api.ts";
import type { HostPlan } from "./host-files.ts";
import { cableName } from "./network.ts";
import type { LabHostSpec } from "./options.ts";
import { isAlive, listProcesses, readProcess, signal, type Process, type ProcessId } from "./processes.ts";

/**
 * What on a host can be signalled: `sshd` is the listener with all sessions, `sshd-listener` takes new connections,
 * `sshd-sessions` are the open ones; `dockerd` leaves containerd and the containers alone.
 */
export type HostDaemon = "sshd" | "sshd-listener" | "sshd-sessions" | "dockerd";

/** One machine of the lab. It can be made from its plan in any process while the lab is up. */
export class LabHost {
  /** `lab1`, also its hostname. */
  readonly name: string;
  /** `10.77.2.1`: reachable from the machine and the lab's other hosts. */
  readonly address: string;
  readonly spec: LabHostSpec;
  /** Its folder on the machine, with sshd.log and dockerd.log; /run/lab inside. */
  readonly dir: string;
  /** Its Docker socket, as seen from the machine. */
  readonly socket: string;
  readonly #plan: HostPlan;
  readonly #sshConfig: string;

  constructor(plan: HostPlan, sshConfig: string) {
    this.name = plan.name;
    this.address = plan.address;
    this.spec = plan.spec;
    this.dir = plan.dir;
    this.socket = join(plan.dir, "docker.sock");
    this.#plan = plan;
    this.#sshConfig = sshConfig;
  }

  /** Runs the docker CLI (of the host's own engine version) on the machine, against this host. */
  docker(...args: readonly string[]): Promise<CommandResult> {
    const program = this.#plan.engineDir === undefined ? "docker" : join(this.#plan.engineDir, "usr/bin/docker");
    const env = { DOCKER_CONFIG: join(this.dir, "docker-config") };
    return run([program, "-H", `unix://${this.socket}`, ...args], { env, seconds: 120 });
  }

  /** Runs a shell command on the host as root, not over ssh: works also when sshd or the network is down. */
  exec(command: string, options?: CommandOptions): Promise<CommandResult> {
    return run([...this.#enter(), "sh", "-c", command], { ...options, env: { PATH: hostPath, ...options?.env } });
  }

  /** Runs a command over a fresh ssh connection with the lab's key. */
  ssh(command: string, user = "root"): Promise<CommandResult> {
    return run(["ssh", "-F", this.#sshConfig, "-o", "BatchMode=yes", `${user}@${this.name}`, command]);
  }

  /** Sends a signal (SIGKILL, SIGSTOP, SIGCONT, SIGTERM) and returns how many processes got it. */
  signal(daemon: HostDaemon, name: NodeJS.Signals): number {
    return this.processes(daemon).filter((process) => signal(process, name)).length;
  }

  /** The daemon's processes now; empty when it is down. */
  processes(daemon: HostDaemon): readonly Process[] {
    const namespace = readProcess(this.init().pid)?.pidNamespace;
    return listProcesses().filter((process) => process.pidNamespace === namespace && daemonIs(daemon, process));
  }

  /** Starts sshd again after it was killed; does nothing while its listener runs. */
  async startSshd(): Promise<void> {
    if (this.processes("sshd-listener").length === 0) await must([...this.#enter(), "/run/lab/start-sshd"]);
  }

  /** Starts dockerd, if it is not running, and waits until it answers. */
  async startDockerd(): Promise<void> {
    if (this.processes("dockerd").length === 0) await must([...this.#enter(), "/run/lab/start-dockerd"]);
    const log = join(this.dir, "dockerd.log");
    const started = performance.now();
    await waitFor(`dockerd on ${this.name}`, { seconds: 90, everyMs: 50, log }, async () => {
      const answer = await callEngine(this.socket, "GET", "/_ping", 5).catch(() => undefined);
      const hadItsChance = performance.now() - started > 3000; // until then it may not have been executed yet
      if (answer === undefined && hadItsChance && this.processes("dockerd").length === 0) {
        throw new Error(`lab: dockerd on ${this.name} ended${await logTail(log)}`);
      }
      return answer?.status === 200 || undefined;
    });
  }

  /** Pulls the host's network cable: open connections hang, packets get no answer. */
  async cutNetwork(): Promise<void> {
    await must(["ip", "link", "set", "dev", cableName(this.#plan.subnet, this.#plan.index), "down"]);
  }

  async restoreNetwork(): Promise<void> {
    await must(["ip", "link", "set", "dev", cableName(this.#plan.subnet, this.#plan.index), "up"]);
  }

  /** Brings the host back to how it started: cable, sshd and dockerd up, no containers, images, networks, volumes. */
  async reset(): Promise<void> {
    await this.restoreNetwork();
    this.signal("sshd", "SIGCONT");
    await this.startSshd();
    if (this.spec.docker === false) return;
    this.signal("dockerd", "SIGCONT");
    await this.startDockerd();
    await emptyEngine(this.socket);
  }

  /** The host's first process. @throws when the host is not running */
  init(): ProcessId {
    const id = this.#initId();
    if (!isAlive(id)) throw new Error(`lab: host ${this.name} is not running (${this.dir})`);
    return id;
  }

  isUp(): boolean {
    return isAlive(this.#initId());
  }

  #initId(): ProcessId {
    const file = join(this.dir, "init.pid");
    const [pid, start] = existsSync(file) ? readFileSync(file, "utf8").split(" ").map(Number) : [];
    return { pid: pid ?? 0, start: start ?? 0 };
  }

  #enter(): readonly string[] {
    return ["nsenter", "-t", String(this.init().pid), "-m", "-u", "-i", "-n", "-p", "--"];
  }
}

function daemonIs(daemon: HostDaemon, { argv }: Process): boolean {
  const title = argv[0] ?? "";
  if (daemon === "dockerd") return title === "dockerd";
  const isListener = title.includes("[listener]") || title === "/usr/sbin/sshd";
  const isSession = title.startsWith("sshd: ") && !isListener;
  return (daemon !== "sshd-sessions" && isListener) || (daemon !== "sshd-listener" && isSession);
}
