import { parseImageReference } from "../../domain/image-reference.ts";

/** An image as the Engine API wants it: the full name without tag or digest, and these apart. */
export interface ImageName {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Takes apart a reference that the configuration's rules have already accepted. */
export function splitImage(image: string): ImageName {
  const parsed = parseImageReference(image);
  if (!parsed.ok) throw new Error(`"${image}" got past the configuration's rules: ${parsed.failure.reason}`);
  const { registry, repository, tag, digest } = parsed.value;
  return { registry, repository: registry === "docker.io" ? repository : `${registry}/${repository}`, tag, digest };
}
