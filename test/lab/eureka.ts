import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { labEnv } from "./command.ts";
import { logTail, waitFor } from "./deadline.ts";
import { buildJar, copyJar } from "./maven-build.ts";
import { eurekaArgv } from "./eureka-argv.ts";
import { twoAddresses } from "./network.ts";
import { takeOwnership } from "./owner.ts";
import { isAlive, listProcesses, signal, type Process } from "./processes.ts";

/** Where a server listens, and whom it tells of changes. Peers need addresses of their own: ports do not tell them apart. */
interface EurekaServerSpec {
  readonly address: string;
  readonly port: number;
  /** Service URLs, `http://127.0.0.2:8761/eureka/`. */
  readonly peers: readonly string[];
}

export interface EurekaPeersOptions {
  /** For logs; removed by `stop`. At a start what a killed run left there is ended first. */
  readonly dir: string;
  readonly servers: readonly EurekaServerSpec[];
  /** Interval of the read-only response cache; Eureka's default is 30000, this one's 1000. */
  readonly cacheMs?: number;
  /** How long a status change is tried again on a peer; default 30000. */
  readonly replicationExpiryMs?: number;
  /** Default false. */
  readonly selfPreservation?: boolean;
  /** Told in one line each what goes on; default: nobody. */
  readonly log?: (line: string) => void;
}

/** One real Eureka server (Spring Cloud Netflix), a Java process of about 220 MB. */
interface LabEureka {
  /** `http://10.77.2.254:8761/eureka` */
  readonly url: string;
  readonly log: string;
  /** Without memory of an earlier life. */
  start(): Promise<void>;
  /** At once: SIGKILL. */
  stop(): Promise<void>;
  /** Connections are taken but nothing is answered until `resume`. */
  pause(): void;
  resume(): void;
}

export interface LabEurekaPeers {
  readonly servers: readonly LabEureka[];
  /** Comma-separated service URLs, as an EurekaUrl. */
  readonly urls: string;
  /** Ends the servers and removes their folder. */
  stop(): Promise<void>;
}

/**
 * Builds the server when needed and starts it once for each specification; waits until all answer.
 * @throws with Maven's words where it cannot be built, with the log's end where it does not start
 */
export async function startEurekaPeers(options: EurekaPeersOptions): Promise<LabEurekaPeers> {
  const jar = await buildJar("eureka", options.log ?? (() => undefined));
  mkdirSync(options.dir, { recursive: true });
  takeOwnership(join(options.dir, "owner"));
  const folders = options.servers.map((_, at) => join(options.dir, `eureka${at + 1}`));
  const servers = options.servers.map((spec, at) => createEureka(folders[at] ?? "", jar, spec, options));
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    rmSync(options.dir, { recursive: true, force: true });
  };
  try {
    await Promise.all(servers.map((server) => server.stop()));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    await Promise.all(servers.map((server) => server.start()));
  } catch (cause) {
    await stop();
    throw cause;
  }
  return { servers, urls: servers.map((server) => server.url).join(","), stop };
}

/**
 * Two peers that a lab's hosts reach: on the machine's address in the lab's subnet (.254) and on a second one (.253),
 * which goes with the lab's bridge.
 */
export async function startLabEureka(
  lab: { readonly name: string; readonly dir: string },
  options: Omit<EurekaPeersOptions, "dir" | "servers"> & { readonly port?: number } = {},
): Promise<LabEurekaPeers> {
  const [first, second] = await twoAddresses(lab.name);
  const port = options.port ?? 8761;
  const url = (address: string): string => `http://${address}:${port}/eureka/`;
  return startEurekaPeers({
    ...options,
    dir: join(lab.dir, "eureka"),
    servers: [
      { address: first, port, peers: [url(second)] },
      { address: second, port, peers: [url(first)] },
    ],
  });
}

function createEureka(folder: string, jar: string, spec: EurekaServerSpec, options: EurekaPeersOptions): LabEureka {
  const url = `http://${spec.address}:${spec.port}/eureka`;
  const log = join(folder, "eureka.log");
  const argv = eurekaArgv(folder);
  const running = (): Process[] => listProcesses().filter((process) => process.argv.join("\0") === argv.join("\0"));
  return {
    url,
    log,
    async start() {
      mkdirSync(folder, { recursive: true });
      copyJar(jar, argv.at(-1) ?? "");
      const ended = launch(argv, log, environment(spec, options));
      await waitFor(`the Eureka server on ${url}`, { seconds: 90, everyMs: 100, log }, async () => {
        if (ended()) throw new Error(`lab: the Eureka server on ${url} ended${await logTail(log)}`);
        const answer = await fetch(`${url}/apps`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
        await answer?.body?.cancel();
        return answer?.status === 200 || undefined;
      });
    },
    async stop() {
      const processes = running();
      for (const process of processes) signal(process, "SIGKILL");
      await waitFor(`the Eureka server on ${url} to end`, { seconds: 10 }, () => !processes.some(isAlive) || undefined);
    },
    pause: () => running().forEach((process) => signal(process, "SIGSTOP")),
    resume: () => running().forEach((process) => signal(process, "SIGCONT")),
  };
}

/** What application.yml of test/lab/eureka asks for. */
function environment(spec: EurekaServerSpec, options: EurekaPeersOptions): Readonly<Record<string, string>> {
  return {
    ...labEnv,
    EUREKA_ADDRESS: spec.address,
    EUREKA_PORT: String(spec.port),
    EUREKA_PEERS: spec.peers.join(","),
    EUREKA_CACHE_MS: String(options.cacheMs ?? 1000),
    EUREKA_REPLICATION_MS: String(options.replicationExpiryMs ?? 30_000),
    EUREKA_SELF_PRESERVATION: String(options.selfPreservation ?? false),
  };
}

/** Starts a program that outlives this process; the returned function tells whether it has ended. */
function launch(
  [program = "", ...args]: readonly string[],
  log: string,
  env: Readonly<Record<string, string>>,
): () => boolean {
  const output = openSync(log, "a");
  const child = spawn(program, args, { env: { ...env }, cwd: "/", detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  let over = false;
  child.on("error", () => (over = true));
  child.on("exit", () => (over = true));
  child.unref();
  return () => over;
}
