import { spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createImageRegistry } from "./image-registry.ts";
import { inParallel } from "./in-parallel.ts";
import { localCredentials } from "./local-credentials.ts";

export const sha256 = (content: string) => `sha256:${createHash("sha256").update(content).digest("hex")}`;
export const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;

/** The `auths` of a Docker configuration with one login. */
export const auths = (host: string, user: string, password: string) => ({
  auths: { [host]: { auth: basic(user, password).slice("Basic ".length) } },
});

/** A port of 127.0.0.1 on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Registries of one test file: Debian's docker-registry (CNCF Distribution 2.8) on loopback, in a temporary folder. */
export class DockerRegistries {
  readonly folder = mkdtempSync(join(tmpdir(), "gantry-images-"));
  readonly #ends: (() => void)[] = [];

  /** Starts one with these `auth` lines in its configuration file; returns `127.0.0.1:<port>`. */
  async start(auth = ""): Promise<string> {
    const host = `127.0.0.1:${await freePort()}`;
    const file = join(this.folder, `${randomUUID()}.yml`);
    const lines = [
      "version: 0.1",
      "log: {level: error, accesslog: {disabled: true}}",
      `storage: {filesystem: {rootdirectory: ${join(this.folder, randomUUID())}}}`,
      `http: {addr: "${host}"}`,
      auth,
    ];
    await writeFile(file, `${lines.join("\n")}\n`);
    const child = spawn("docker-registry", ["serve", file], { stdio: "ignore" });
    this.#ends.push(() => child.kill("SIGKILL"));
    for (let tries = 0; tries < 400; tries++) {
      if ((await fetch(`http://${host}/v2/`).catch(() => undefined)) !== undefined) return host;
      await sleep(25);
    }
    throw new Error(`docker-registry did not start on ${host}`);
  }

  /** A client whose Docker configuration is this, in a folder of its own. */
  async client(config: unknown, { path = "", deadline = 10 } = {}) {
    const docker = join(this.folder, randomUUID());
    await mkdir(docker);
    if (config !== undefined) await writeFile(join(docker, "config.json"), JSON.stringify(config));
    const environment = { DOCKER_CONFIG: docker, PATH: `${path}:/usr/bin:/bin` };
    return createImageRegistry({ environment, credentials: localCredentials(environment, deadline) });
  }

  close(): void {
    for (const end of this.#ends) end();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Pushes an image of no layers, built at `created`, under these tags; returns its digest. */
export async function push(
  host: string,
  { name, tags, created, authorization }: { name: string; tags: string[]; created: string; authorization?: string },
): Promise<string> {
  const must = async (method: string, url: string, type: string, body: string): Promise<Response> => {
    const headers = { "content-type": type, ...(authorization === undefined ? {} : { authorization }) };
    const answer = await fetch(url, { method, headers, body });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const rootfs = { type: "layers", diff_ids: [] };
  const config = JSON.stringify({ architecture: "amd64", os: "linux", created, rootfs });
  const upload = await must("POST", `http://${host}/v2/${name}/blobs/uploads/`, "text/plain", "");
  const place = new URL(upload.headers.get("location") ?? "", `http://${host}`);
  place.searchParams.set("digest", sha256(config));
  await must("PUT", place.href, "application/octet-stream", config);

  const mediaType = "application/vnd.docker.distribution.manifest.v2+json";
  const configType = "application/vnd.docker.container.image.v1+json";
  const entry = { mediaType: configType, size: config.length, digest: sha256(config) };
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, config: entry, layers: [] });
  await inParallel(tags, 8, (tag) => must("PUT", `http://${host}/v2/${name}/manifests/${tag}`, mediaType, manifest));
  return sha256(manifest);
}
