import { spawn } from "node:child_process";
import { mkdirSync, openSync, closeSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { labEnv } from "./command.ts";
import { waitFor } from "./deadline.ts";
import { isAlive, listProcesses, signal, type Process } from "./processes.ts";

/** User name and password of the second registry, which wants a login. */
const registryLogin = { username: "gantry", password: "gantry-lab" } as const;

/** bcrypt of the password above: docker-registry takes no other kind. */
const htpasswdLine = "gantry:$2y$05$abcdefghijklmnopqrstuu7WKJfwetdDeTbA1HTEUWH21AfTgxQt6";

/** A real image registry (`docker-registry serve`) on the machine's address in the lab's subnet. */
export interface LabRegistry {
  /** `10.77.2.254:5000`, the first part of an image's name. */
  readonly address: string;
  readonly login?: { readonly username: string; readonly password: string };
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Connections are taken but nothing is answered until `resume`. */
  pause(): void;
  resume(): void;
}

/** The arguments by which the registry of that folder is known in the process list. */
export function registryArgv(folder: string): readonly string[] {
  return ["docker-registry", "serve", join(folder, "registry.yml")];
}

/** Writes the registry's files into `folder`; `start` starts it, also over what it stored before. */
export function createRegistry(folder: string, address: string, withLogin: boolean): LabRegistry {
  mkdirSync(join(folder, "storage"), { recursive: true });
  writeFileSync(join(folder, "htpasswd"), `${htpasswdLine}\n`);
  writeFileSync(join(folder, "registry.yml"), registryConfig(folder, address, withLogin));
  const log = join(folder, "registry.log");
  const argv = registryArgv(folder);
  const running = (): Process[] => listProcesses().filter((process) => process.argv.join("\0") === argv.join("\0"));
  return {
    address,
    ...(withLogin ? { login: registryLogin } : {}),
    async start() {
      if (running().length === 0) launch(argv, log);
      await waitFor(`the registry on ${address}`, { seconds: 20, log }, async () => {
        const answer = await fetch(`http://${address}/v2/`, { signal: AbortSignal.timeout(2000) }).catch(
          () => undefined,
        );
        return answer?.status === (withLogin ? 401 : 200) || undefined;
      });
    },
    async stop() {
      const processes = running();
      for (const process of processes) signal(process, "SIGKILL");
      await waitFor(`the registry on ${address} to end`, { seconds: 10 }, () => !processes.some(isAlive) || undefined);
    },
    pause: () => running().forEach((process) => signal(process, "SIGSTOP")),
    resume: () => running().forEach((process) => signal(process, "SIGCONT")),
  };
}

function launch([program = "", ...args]: readonly string[], log: string): void {
  const output = openSync(log, "a");
  const child = spawn(program, args, { env: { ...labEnv }, detached: true, stdio: ["ignore", output, output] });
  child.on("error", () => undefined); // the wait for its first answer tells
  child.unref();
  closeSync(output);
}

function registryConfig(folder: string, address: string, withLogin: boolean): string {
  return `version: 0.1
log: { level: warn, accesslog: { disabled: true } }
storage:
  filesystem: { rootdirectory: ${JSON.stringify(join(folder, "storage"))} }
  delete: { enabled: true }
http: { addr: ${JSON.stringify(address)}, secret: gantry-lab }
${withLogin ? `auth: { htpasswd: { realm: lab, path: ${JSON.stringify(join(folder, "htpasswd"))} } }` : ""}
`;
}
