import { type Outcome } from "../../engine/errors.ts";
import { fail, ok } from "../../domain/result.ts";

/** An image reference taken apart by Docker's rules: `[registry/]repository[:tag][@digest]`. */
export interface ImageReference {
  /** As the user wrote it; every message shows this. */
  readonly text: string;
  /** `host[:port]`; `docker.io` when the reference names none. */
  readonly registry: string;
  /** Below the registry; Docker's own images are under `library/`. */
  readonly repository: string;
  /** `latest` when the reference names none. */
  readonly tag: string;
  readonly digest?: string;
}

const label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
const registryForm = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?$`);
const repositoryForm = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;

/** True for the name of a tag as the OCI distribution specification allows it. */
export function isTag(text: string): boolean {
  return tagForm.test(text);
}

/** True for a content digest such as `sha256:<64 hex digits>`. */
export function isDigest(text: string): boolean {
  return digestForm.test(text);
}

/**
 * Takes a reference apart as `docker pull` does (grammar: github.com/distribution/reference): the first component is
 * a registry when it has a dot, a colon or an upper-case letter, or is `localhost`. Not a reference: `image-missing`.
 */
export function parseReference(text: string): Outcome<ImageReference> {
  const wrong = fail({ reason: "image-missing", image: text, detail: "not a valid image reference" } as const);
  if (text.length > 1024) return wrong;
  const [named = "", digest, ...more] = text.split("@");
  const slash = named.indexOf("/");
  const first = named.slice(0, Math.max(slash, 0));
  const hasRegistry = /[.:A-Z]/.test(first) || first === "localhost";
  const registry = hasRegistry ? dockerHubName(first) : "docker.io";
  const path = hasRegistry ? named.slice(slash + 1) : named;
  const colon = path.indexOf(":");
  const name = colon < 0 ? path : path.slice(0, colon);
  const tag = colon < 0 ? "latest" : path.slice(colon + 1);
  const repository = registry === "docker.io" && !name.includes("/") ? `library/${name}` : name;

  const valid =
    registryForm.test(registry) && URL.canParse(`http://${registry}`) && repositoryForm.test(repository) && isTag(tag);
  if (!valid || more.length > 0 || (digest !== undefined && !isDigest(digest))) return wrong;
  return ok({ text, registry, repository, tag, ...(digest === undefined ? {} : { digest }) });
}

function dockerHubName(registry: string): string {
  return registry === "index.docker.io" || registry === "registry-1.docker.io" ? "docker.io" : registry;
}
