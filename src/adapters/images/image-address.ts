import { checkImageReference, parseImageVersion } from "../../domain/image-reference.ts";
import { fail, ok } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";

/** Where an image is, in the words of the registry's HTTP API. */
export interface ImageAddress {
  /** The reference as the user wrote it; every message shows this. */
  readonly text: string;
  /** `host[:port]`, or `docker.io`. */
  readonly registry: string;
  /** The name below the registry; Docker's own images are under `library/`. */
  readonly repository: string;
  /** `latest` when the reference names none. */
  readonly tag: string;
  readonly digest?: string;
}

/** The address that a reference stands for; `image-missing` when it is no reference. */
export function addressOf(text: string): Outcome<ImageAddress> {
  const reference = checkImageReference(text);
  // The last check: ports beyond 65535 and impossible IP addresses pass as names.
  if (!reference.ok || !URL.canParse(`http://${reference.value.registry}`)) {
    return fail({ reason: "image-missing", image: text, detail: "not a valid image reference" });
  }
  const { registry, repository: written, tag = "latest", digest } = reference.value;
  const [first = "", ...rest] = written.split("/");
  const named = rest.length > 0 && (first === registry || first === "index.docker.io");
  const name = named ? rest.join("/") : written;
  const repository = registry === "docker.io" && !name.includes("/") ? `library/${name}` : name;
  return ok({ text, registry, repository, tag, ...(digest === undefined ? {} : { digest }) });
}

/** True for the name of a tag and nothing more. */
export function isTag(text: string): boolean {
  const version = parseImageVersion(text);
  return version.ok && version.value.tag === text;
}

/** True for a digest: `sha256:<64 hex digits>`. */
export function isDigest(text: string): boolean {
  const version = parseImageVersion(text);
  return version.ok && version.value.digest === text;
}
