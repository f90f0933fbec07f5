import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { tarOf, type LayerFile } from "./tar.ts";

/** What an image is made of. */
export interface ImageSpec {
  /** Repository, for example `demo1` or `namespace/demo1`. */
  readonly name: string;
  readonly tag: string;
  /** From the lowest up; equal layers are stored and pulled once. */
  readonly layers: readonly (readonly LayerFile[])[];
  readonly cmd?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** TCP ports. */
  readonly ports?: readonly number[];
  readonly stopSignal?: string;
  readonly user?: string;
  readonly workdir?: string;
  readonly healthcheck?: {
    /** A shell command; exit 0 is healthy. */
    readonly command: string;
    readonly intervalMs?: number;
    readonly timeoutMs?: number;
    readonly startPeriodMs?: number;
    readonly retries?: number;
  };
}

/** Bytes with the digest that names them in a registry. */
export interface Blob {
  readonly digest: string;
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/** An image as a registry stores it. */
export interface BuiltImage {
  readonly manifest: Blob;
  readonly config: Blob;
  readonly layers: readonly Blob[];
}

const dockerType = "application/vnd.docker";

/** Builds an image (Docker image manifest v2, schema 2, which all engines take) without any engine. */
export function buildImage(image: ImageSpec): BuiltImage {
  const archives = image.layers.map((files) => tarOf(files));
  const layers = archives.map((tar) => blob(gzipSync(tar, { level: 1 }), `${dockerType}.image.rootfs.diff.tar.gzip`));
  const config = jsonBlob(configOf(image, archives.map(digestOf)), `${dockerType}.container.image.v1+json`);
  const manifestType = `${dockerType}.distribution.manifest.v2+json`;
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: descriptor(config),
    layers: layers.map(descriptor),
  };
  return { manifest: jsonBlob(manifest, manifestType), config, layers };
}

function configOf(image: ImageSpec, diffIds: readonly string[]): object {
  const health = image.healthcheck;
  return {
    architecture: { x64: "amd64", arm: "arm" }[process.arch as string] ?? process.arch,
    os: "linux",
    created: "2023-11-14T22:13:20Z",
    config: {
      Env: Object.entries({ PATH: "/usr/bin:/bin:/sbin", ...image.env }).map(([key, value]) => `${key}=${value}`),
      Cmd: image.cmd ?? null,
      Entrypoint: image.entrypoint ?? null,
      Labels: image.labels ?? null,
      WorkingDir: image.workdir ?? "",
      User: image.user ?? "",
      ...(image.stopSignal === undefined ? {} : { StopSignal: image.stopSignal }),
      ExposedPorts: Object.fromEntries((image.ports ?? []).map((port) => [`${port}/tcp`, {}])),
      ...(health === undefined
        ? {}
        : {
            Healthcheck: {
              Test: ["CMD-SHELL", health.command],
              Interval: nanoseconds(health.intervalMs ?? 1000),
              Timeout: nanoseconds(health.timeoutMs ?? 2000),
              StartPeriod: nanoseconds(health.startPeriodMs ?? 0),
              Retries: health.retries ?? 3,
            },
          }),
    },
    rootfs: { type: "layers", diff_ids: diffIds },
    history: diffIds.map(() => ({ created: "2023-11-14T22:13:20Z", created_by: "test/lab/image.ts" })),
  };
}

/** As Docker wants durations. */
function nanoseconds(ms: number): number {
  return ms * 1_000_000;
}

function jsonBlob(value: object, mediaType: string): Blob {
  return blob(Buffer.from(JSON.stringify(value)), mediaType);
}

function blob(bytes: Buffer, mediaType: string): Blob {
  return { digest: digestOf(bytes), bytes, mediaType };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

function descriptor({ mediaType, bytes, digest }: Blob): object {
  return { mediaType, size: bytes.length, digest };
}
