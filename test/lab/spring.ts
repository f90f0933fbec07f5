import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Counts, Load, LoadOptions } from "../load/eureka-client.ts";
import { labEnv } from "./command.ts";
import { logTail, waitFor } from "./deadline.ts";
import type { ImageSpec } from "./image.ts";
import { busyboxLayer, type ServiceOptions } from "./images.ts";
import { buildJar, copyJar } from "./maven-build.ts";

/**
 * The flags of `docker run` that bring the host's Java and C library into a container, read-only; as part of an image
 * they would be 200 MB to pull on each host. To be asked for after `springServiceImage`, which may install Java.
 */
export function springRunArgs(): string {
  // Debian's Java reads /etc/java-17-openjdk and is found by /etc/alternatives.
  const settings = readdirSync("/etc").filter((name) => /^java-\d+/.test(name));
  const folders = [
    "/usr",
    "/lib",
    "/lib64",
    "/etc/alternatives",
    "/etc/ssl",
    ...settings.map((name) => `/etc/${name}`),
  ];
  return folders.map((folder) => `-v ${folder}:${folder}:ro`).join(" ");
}

/** For a quick start and little memory. */
const javaFlags = ["-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

/**
 * The real Spring service of test/lab/spring-service, built when needed: Tomcat with graceful shutdown, actuator,
 * Eureka client. Needs `springRunArgs()`. `env` holds PORT (8080) and Spring's own settings in environment form,
 * EUREKA_CLIENT_SERVICEURL_DEFAULTZONE first of all. Java is the container's first process, so SIGTERM reaches it. All
 * versions share their layers.
 * @throws with Maven's words where it cannot be built
 */
export async function springServiceImage(
  { name, version, env, labels }: ServiceOptions,
  log: (line: string) => void = () => undefined,
): Promise<ImageSpec> {
  const jar = readFileSync(await buildJar("spring-service", log));
  return {
    name,
    tag: version,
    layers: [busyboxLayer(), [{ path: "service.jar", content: jar }]],
    cmd: ["java", "-Xmx128m", ...javaFlags, "-jar", "/service.jar"],
    env: { NAME: name, VERSION: version, PORT: "8080", ...env },
    labels: { "org.opencontainers.image.version": version, ...labels },
    ports: [8080],
  };
}

/** `fetchMs` in whole seconds; a slow request takes two seconds. */
type SpringLoadOptions = Omit<LoadOptions, "slowMs"> & {
  /** Told in one line each what goes on; default: nobody. */
  readonly log?: (line: string) => void;
};

/**
 * Starts the real caller of test/lab/spring-consumer, built when needed: Spring Cloud LoadBalancer over Eureka, pooled
 * keep-alive connections, no retries. It runs on the machine, which reaches the lab's hosts, and ends with this process.
 * `counts` is as of the last full second.
 * @throws with Maven's words where it cannot be built; `ready`, `counts` and `stop` with the end of its log where it
 * ended by itself
 */
export async function startSpringLoad(options: SpringLoadOptions): Promise<Load> {
  const settings = environment(options);
  const jar = await buildJar("spring-consumer", options.log ?? (() => undefined));
  const dir = mkdtempSync(join(tmpdir(), "gantry-spring-load-"));
  const ownJar = join(dir, "spring-consumer.jar");
  copyJar(jar, ownJar);
  const log = join(dir, "consumer.log");
  const consumer = launchConsumer(ownJar, log, settings);
  const stillRuns = async (): Promise<void> => {
    if (consumer.ended()) throw new Error(`lab: the Spring consumer ended by itself${await logTail(log)}`);
  };

  let stopping: Promise<Counts> | undefined;
  const stop = async (): Promise<Counts> => {
    try {
      await stillRuns();
      consumer.kill("SIGTERM");
      // It gives what is in flight 15 s.
      await waitFor("the Spring consumer to end", { seconds: 20, log }, () => consumer.ended() || undefined);
      const { counts, isFinal } = consumer.seen();
      if (!isFinal) throw new Error(`lab: the Spring consumer ended without its last line${await logTail(log)}`);
      return counts;
    } finally {
      consumer.kill("SIGKILL");
      rmSync(dir, { recursive: true, force: true });
    }
  };
  return {
    async ready() {
      await waitFor(`the Spring consumer's first answer from ${options.app}`, { seconds: 60, log }, async () => {
        await stillRuns();
        return consumer.seen().isReady || undefined;
      });
    },
    counts() {
      if (consumer.ended() && stopping === undefined) throw new Error(`lab: the Spring consumer ended, see ${log}`);
      return consumer.seen().counts;
    },
    stop: () => (stopping ??= stop()),
  };
}

/** What application.yml of test/lab/spring-consumer asks for. */
function environment(options: SpringLoadOptions): Readonly<Record<string, string>> {
  const { app, servers, fetchMs, loadBalancerMs, rate = 200, slowEvery = 50 } = options;
  if (fetchMs % 1000 !== 0)
    throw new Error(`lab: Spring fetches the registry every so many seconds, not ${fetchMs} ms`);
  return {
    ...labEnv,
    APP: app,
    RATE: String(rate),
    SLOW_EVERY: String(slowEvery),
    EUREKA_CLIENT_SERVICEURL_DEFAULTZONE: servers.join(","),
    EUREKA_CLIENT_REGISTRYFETCHINTERVALSECONDS: String(fetchMs / 1000),
    SPRING_CLOUD_LOADBALANCER_CACHE_TTL: `${loadBalancerMs}ms`,
  };
}

/** What the consumer has said so far. */
interface Seen {
  readonly isReady: boolean;
  readonly counts: Counts;
  readonly isFinal: boolean;
}

/** Starts the program, which ends when its standard input does: with this process, however that ends. */
function launchConsumer(jar: string, log: string, env: Readonly<Record<string, string>>) {
  const program = "java";
  // Java's own warnings would else be among the lines of standard output.
  const flags = ["-XX:+DisplayVMOutputToStderr", "-Xmx256m", ...javaFlags];
  const child = spawn(program, [...flags, "-jar", jar], { env: { ...env }, cwd: "/" });
  child.stderr.pipe(createWriteStream(log));
  let seen: Seen = { isReady: false, counts: { sent: 0, ok: 0, lost: 0, reasons: {}, answers: {} }, isFinal: false };
  let over = false;
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line: { ready?: true; final?: true } & Counts = JSON.parse(text);
    const { ready, final, ...counts } = line;
    seen = ready === true ? { ...seen, isReady: true } : { ...seen, counts, isFinal: final === true };
  });
  // "close" comes when its output is read to the end too.
  child.on("error", () => (over = true)).on("close", () => (over = true));
  child.stdin.on("error", () => undefined);
  return { seen: () => seen, ended: () => over, kill: (name: NodeJS.Signals) => child.kill(name) };
}
