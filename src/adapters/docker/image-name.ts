import { parseImageReference } from "../../domain/image-reference.ts";

/** An image as the Engine API wants it: the full name without tag or digest, and these apart. */
export interface ImageName {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Takes apart a reference that the configuration's rules have already accepted; throws on any other. */
export function splitImage(image: string): ImageName {
  const { registry, repository, tag, digest } = parseImageReference(image);
  return { registry, repository: registry === "docker.io" ? repository : `${registry}/${repository}`, tag, digest };
}
