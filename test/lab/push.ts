import { buildImage, type Blob, type ImageSpec } from "./image.ts";
import type { LabRegistry } from "./registry.ts";

export interface PushedImage {
  /** `10.77.2.254:5000/demo1:1`, for `docker run`. */
  readonly reference: string;
  /** Of the manifest: `sha256:...`, what RepoDigests will say. */
  readonly digest: string;
  /** Of the configuration: the image Id on engines without the containerd image store. */
  readonly imageId: string;
}

/** Builds the image and puts it into the registry over the registry's own HTTP API; no Docker engine takes part. */
export async function pushImage(registry: LabRegistry, image: ImageSpec): Promise<PushedImage> {
  const { manifest, config, layers } = buildImage(image);
  for (const blob of [config, ...layers]) await pushBlob(registry, image.name, blob);
  const put = await call(
    registry,
    "PUT",
    `/v2/${image.name}/manifests/${image.tag}`,
    manifest.bytes,
    manifest.mediaType,
  );
  if (put.status !== 201) throw await refused(`the manifest of ${image.name}:${image.tag}`, put);
  const reference = `${registry.address}/${image.name}:${image.tag}`;
  return { reference, digest: manifest.digest, imageId: config.digest };
}

async function pushBlob(registry: LabRegistry, name: string, blob: Blob): Promise<void> {
  const found = await call(registry, "HEAD", `/v2/${name}/blobs/${blob.digest}`);
  if (found.status === 200) return;
  const upload = await call(registry, "POST", `/v2/${name}/blobs/uploads/`);
  const location = upload.headers.get("location");
  if (upload.status !== 202 || location === null) throw await refused(`an upload to ${name}`, upload);
  const target = new URL(location, `http://${registry.address}`);
  target.searchParams.set("digest", blob.digest);
  const done = await call(registry, "PUT", target.pathname + target.search, blob.bytes, "application/octet-stream");
  if (done.status !== 201) throw await refused(`blob ${blob.digest} of ${name}`, done);
}

function call(registry: LabRegistry, method: string, path: string, body?: Buffer, type?: string): Promise<Response> {
  const { login } = registry;
  const basic = login === undefined ? undefined : Buffer.from(`${login.username}:${login.password}`).toString("base64");
  return fetch(`http://${registry.address}${path}`, {
    method,
    headers: {
      ...(type === undefined ? {} : { "content-type": type }),
      ...(basic === undefined ? {} : { authorization: `Basic ${basic}` }),
    },
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    signal: AbortSignal.timeout(30_000),
  });
}

async function refused(what: string, answer: Response): Promise<Error> {
  return new Error(`lab: the registry refused ${what}: ${answer.status} ${await answer.text()}`);
}
