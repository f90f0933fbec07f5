import { createHash } from "node:crypto";
import { fieldsOf, parseJson, textOf } from "./json.ts";
import { isDigest } from "./image-address.ts";
import type { RegistrySession } from "./registry-session.ts";

/** What a tag may point at (OCI image specification; Docker schema 2). Schema 1 is refused by present-day engines. */
const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/**
 * The digest of what a tag or digest names: `Docker-Content-Digest` of a HEAD, which registries do not count as a pull,
 * else the SHA-256 of the manifest itself. Throws `image-missing` when there is no such manifest.
 */
export async function digestOf(session: RegistrySession, tagOrDigest: string): Promise<string> {
  const head = await session.request("HEAD", `manifests/${tagOrDigest}`, manifestTypes);
  const digest = head.headers["docker-content-digest"];
  if (head.status === 200 && typeof digest === "string" && isDigest(digest)) return digest;
  // No digest, no HEAD here, or a failure, whose words only a GET brings.
  return (await readManifest(session, tagOrDigest)).digest;
}

/**
 * The digest of a tag and when its image was built, by the `created` of its configuration (OCI image specification):
 * two requests, three for an index. `created` is undefined when it is not recorded or not true, as in reproducible
 * builds, which say 1970 or 1980. Throws `image-missing` when there is no such manifest.
 */
export async function datedDigest(
  session: RegistrySession,
  tag: string,
): Promise<{ readonly digest: string; readonly created: Date | undefined }> {
  const { digest, manifest } = await readManifest(session, tag);
  const entry = platformDigest(manifest["manifests"]);
  const image = entry === undefined ? manifest : (await readManifest(session, entry)).manifest;
  const config = textOf(fieldsOf(image["config"])["digest"]);
  if (config === undefined || !isDigest(config)) return { digest, created: undefined };
  const answer = await session.request("GET", `blobs/${config}`);
  if (answer.status !== 200) return { digest, created: undefined };
  const text = textOf(fieldsOf(parseJson(answer.body.toString("utf8")))["created"]);
  return { digest, created: buildDate(text === undefined ? NaN : Date.parse(text)) };
}

/** A point in time (Unix milliseconds) as a build date; none before 1981, which only reproducible builds claim. */
export function buildDate(milliseconds: number): Date | undefined {
  return milliseconds >= Date.UTC(1981) && milliseconds < 8.64e15 ? new Date(milliseconds) : undefined;
}

async function readManifest(session: RegistrySession, tagOrDigest: string) {
  const answer = await session.request("GET", `manifests/${tagOrDigest}`, manifestTypes);
  if (answer.status !== 200) throw session.failures.ofAnswer(answer);
  const digest = `sha256:${createHash("sha256").update(answer.body).digest("hex")}`;
  return { digest, manifest: fieldsOf(parseJson(answer.body.toString("utf8"))) };
}

/** Of an index: the image for linux/amd64, else the first that is an image (attestations have platform `unknown`). */
function platformDigest(entries: unknown): string | undefined {
  if (!Array.isArray(entries)) return undefined;
  const images = entries.map(fieldsOf).filter((entry) => fieldsOf(entry["platform"])["os"] !== "unknown");
  const usual = images.find((entry) => {
    const platform = fieldsOf(entry["platform"]);
    return platform["os"] === "linux" && platform["architecture"] === "amd64";
  });
  const digest = textOf((usual ?? images[0])?.["digest"]);
  return digest !== undefined && isDigest(digest) ? digest : undefined;
}
