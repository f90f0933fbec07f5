import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Host } from "../../../src/domain/host.ts";
import { writeAccounts, type Account } from "./accounts.ts";

/** A real sshd with its own /etc/passwd, sudoers, /run and process numbers, on a loopback address. Needs root. */
export interface SshdHost {
  readonly address: string;
  readonly port: number;
  readonly dir: string;
  /** Where its /var/run/docker.sock leads to; nothing listens there by itself. */
  readonly engineSocket: string;
  readonly knownHosts: string;
  readonly clientKey: string;
  /** As the inventory would describe it: key login, its host key known. */
  host(user: Account, changes?: Partial<Host>): Host;
  /** The command lines of its processes, without sshd's own. */
  processes(): readonly string[];
  /** Signals the sshd processes that serve sessions. */
  signalSessions(signal: NodeJS.Signals): void;
  /** A PATH that holds all programs of /usr/bin and /usr/sbin but these. */
  withoutPrograms(...names: readonly string[]): string;
  stop(): void;
}

export interface SshdHostOptions {
  readonly address: string;
  readonly port?: number;
  /** More lines for sshd_config; they win over ours. */
  readonly config?: readonly string[];
}

/** Starts it and waits until it answers. */
export async function startSshdHost(options: SshdHostOptions): Promise<SshdHost> {
  const { address, port = 2222 } = options;
  const dir = mkdtempSync("/tmp/gantry-test-sshd-");
  chmodSync(dir, 0o755);
  mkdirSync(join(dir, "docker"), { mode: 0o700 });
  const clientKey = join(dir, "client-key");
  for (const key of [clientKey, join(dir, "host-key")]) {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  }
  writeAccounts(dir, clientKey);
  const knownHosts = join(dir, "known_hosts");
  writeFileSync(knownHosts, `[${address}]:${port} ${readFileSync(join(dir, "host-key.pub"), "utf8")}`);
  writeFileSync(join(dir, "sshd_config"), sshdConfig(dir, address, port, options.config ?? []));
  writeFileSync(join(dir, "init"), initScript(dir));
  // It must not outlive a test run that is killed.
  const namespaces = ["--pdeathsig", "KILL", "unshare", "-m", "-p", "--fork", "--mount-proc", "--kill-child"];
  const init = spawn("setpriv", [...namespaces, "sh", join(dir, "init")], { stdio: "ignore" });
  await answers(address, port, dir);
  if (init.exitCode !== null) throw new Error(`another sshd is on ${address}:${port}`);
  const paths: string[] = [];

  return {
    address,
    port,
    dir,
    engineSocket: join(dir, "docker", "engine.sock"),
    knownHosts,
    clientKey,
    host: (user, changes = {}) => ({
      name: `host-${address}`,
      connection: "ssh",
      address,
      port,
      user,
      privateKeyFile: clientKey,
      sshArgs: knownHostArgs(knownHosts),
      ...changes,
    }),
    processes: () =>
      inside(init)
        .map(({ command }) => command)
        .filter((command) => command !== "" && !/^sshd: |^sh \/tmp\/gantry-test-sshd|\/sshd /.test(command)),
    signalSessions: (signal) => {
      const sessions = inside(init).filter(({ command }) => /^sshd: \w+( \[priv\]|@)?/.test(command));
      for (const { id, command } of sessions) if (!command.includes("listener")) process.kill(id, signal);
    },
    withoutPrograms: (...names) => {
      const path = mkdtempSync("/tmp/gantry-test-path-");
      chmodSync(path, 0o755);
      for (const folder of ["/usr/bin", "/usr/sbin"]) {
        for (const program of readdirSync(folder)) {
          if (!names.includes(program) && !existsSync(join(path, program))) {
            symlinkSync(join(folder, program), join(path, program));
          }
        }
      }
      paths.push(path);
      return path;
    },
    stop: () => {
      for (const path of paths) rmSync(path, { recursive: true, force: true });
      init.kill("SIGKILL");
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Trust only the host keys in these files; take no other key than the host's own. */
export function knownHostArgs(...files: readonly string[]): readonly string[] {
  const known = `UserKnownHostsFile=${files.join(" ")}`;
  return ["-F", "/dev/null", "-o", known, "-o", "GlobalKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes"];
}

function sshdConfig(dir: string, address: string, port: number, more: readonly string[]): string {
  return `${more.join("\n")}
ListenAddress ${address}:${port}
HostKey ${dir}/host-key
PidFile none
UsePAM no
PermitRootLogin yes
LogLevel VERBOSE
`;
}

/** Lives in its own mount and process namespaces: the machine's /etc stays as it is. */
function initScript(dir: string): string {
  return `set -e
for file in passwd group shadow sudoers; do mount --bind ${dir}/$file /etc/$file; done
mount -t tmpfs none /run
mkdir -p /run/sshd
ln -s ${dir}/docker/engine.sock /run/docker.sock
exec /usr/sbin/sshd -D -E ${dir}/sshd.log -f ${dir}/sshd_config
`;
}

async function answers(address: string, port: number, dir: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, address);
      socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    if (open) return;
    await delay(50);
  }
  const log = join(dir, "sshd.log");
  throw new Error(
    `sshd does not answer on ${address}:${port}: ${existsSync(log) ? readFileSync(log, "utf8") : "no log"}`,
  );
}

/** All descendants of a process. */
function inside(root: ChildProcess): readonly { readonly id: number; readonly command: string }[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^ *(\d+) +(\d+) (.*)$/.exec(line))
    .filter((row) => row !== null)
    .map(([, id, parent, command]) => ({ id: Number(id), parent: Number(parent), command: command ?? "" }));
  const found: { id: number; command: string }[] = [];
  const walk = (parent: number): void => {
    for (const row of rows.filter((each) => each.parent === parent)) {
      found.push(row);
      walk(row.id);
    }
  };
  if (root.pid !== undefined) walk(root.pid);
  return found;
}
