import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageSpec } from "./image.ts";
import { nodeCommand } from "./node-runtime.ts";
import type { LayerFile } from "./tar.ts";

/** What the ready images have in common; `name` and `version` become repository and tag. */
export interface ServiceOptions {
  readonly name: string;
  readonly version: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The demo service: HTTP on $PORT (8080), its version in the body; ends at once on SIGTERM with exit code 0. */
export function serviceImage({ name, version, env, labels }: ServiceOptions): ImageSpec {
  const script = readFileSync(join(import.meta.dirname, "../../examples/demo-service/service.sh"));
  return {
    name,
    tag: version,
    layers: [busyboxLayer(), [{ path: "service.sh", content: script, mode: 0o755 }]],
    cmd: ["/service.sh"],
    env: { NAME: name, VERSION: version, PORT: "8080", ...env },
    labels: { "org.opencontainers.image.version": version, ...labels },
    ports: [8080],
  };
}

/**
 * The demo service that registers itself in Eureka, on Node: needs `nodeRunArgs` among the flags of `docker run`.
 * `env` holds its settings, see examples/demo-service.
 */
export function eurekaServiceImage({ name, version, env, labels }: ServiceOptions): ImageSpec {
  const script = readFileSync(join(import.meta.dirname, "../../examples/demo-service/eureka-service.mjs"));
  return {
    name,
    tag: version,
    layers: [busyboxLayer(), [{ path: "service.mjs", content: script }]],
    cmd: [...nodeCommand, "/service.mjs"],
    env: { NAME: name, VERSION: version, PORT: "8080", ...env },
    labels: { "org.opencontainers.image.version": version, ...labels },
    ports: [8080],
  };
}

/** The demo service with a Docker health check every second, which passes or fails. */
export function healthcheckImage(options: ServiceOptions, health: "healthy" | "unhealthy"): ImageSpec {
  const image = serviceImage({ ...options, env: { HEALTH: health === "healthy" ? "up" : "down", ...options.env } });
  const command = `wget -q -O - "http://127.0.0.1:$PORT/health"`;
  return { ...image, healthcheck: { command, intervalMs: 1000, timeoutMs: 2000, retries: 2 } };
}

/** Prints two lines and exits with code 3 at once. */
export function crashImage(options: ServiceOptions): ImageSpec {
  return scriptImage(options, 'echo "starting"\necho "cannot read /etc/app.conf: no such file" >&2\nexit 3\n');
}

/** Starts, lives for `afterMs` (default 500) and exits with code 1. */
export function crashLateImage(options: ServiceOptions, afterMs = 500): ImageSpec {
  return scriptImage(options, `echo "started"\nsleep ${afterMs / 1000}\necho "out of luck" >&2\nexit 1\n`);
}

/** The demo service, but deaf to SIGTERM: only SIGKILL ends it. */
export function ignoresTermImage(options: ServiceOptions): ImageSpec {
  return scriptImage(options, `trap '' TERM\n/service.sh &\nwhile :; do wait $!; sleep 1; done\n`);
}

/** The demo service with a layer of random bytes: takes a moment to pull. A new layer at each call. */
export function bigImage(options: ServiceOptions, megabytes = 30): ImageSpec {
  const image = serviceImage(options);
  return { ...image, layers: [...image.layers, [{ path: "ballast", content: randomBytes(megabytes << 20) }]] };
}

/** The demo service's files, but another script as the command. */
export function scriptImage(options: ServiceOptions, script: string): ImageSpec {
  const image = serviceImage(options);
  const file: LayerFile = { path: "command.sh", content: `#!/bin/sh\n${script}`, mode: 0o755 };
  return { ...image, layers: [...image.layers, [file]], cmd: ["/command.sh"] };
}

/** A root file system of one static program, busybox, with its commands as links. */
export function busyboxLayer(): readonly LayerFile[] {
  return [
    ...["bin/", "dev/", "etc/", "proc/", "root/", "sys/", "tmp/", "usr/", "usr/bin/"].map((path) => ({ path })),
    { path: "bin/busybox", content: readFileSync("/bin/busybox"), mode: 0o755 },
    ...commands.map((command) => ({ path: `bin/${command}`, link: "busybox" })),
    { path: "etc/passwd", content: "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n" },
    { path: "etc/group", content: "root:x:0:\nnogroup:x:65534:\n" },
  ];
}

const commands = (
  "sh ash cat chmod cp cut date df echo env false find grep head hostname httpd id ip kill ls mkdir mktemp mount mv nc " +
  "nslookup ping printf ps rm sed sleep sort tail tar test touch tr true uname vi wc wget which xargs yes"
).split(" ");
