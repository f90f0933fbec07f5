import { fail, ok, type Result } from "./result.ts";

/** What a user may name as a tag: a tag, a digest, or both (`v1`, `sha256:…`, `v1@sha256:…`); never neither. */
export interface ImageVersion {
  readonly tag?: string;
  readonly digest?: string;
}

/** A Docker reference, taken apart. */
export interface ImageReference extends ImageVersion {
  /** Host and port of the image registry; `docker.io` when the reference names none. */
  readonly registry: string;
  /** The name as it was written, registry included, without tag and digest. */
  readonly repository: string;
}

export interface ImageVersionProblem {
  readonly reason: "empty" | "tag" | "digest";
  readonly seen: string;
}

export type ImageReferenceProblem =
  | ImageVersionProblem
  | { readonly reason: "repository" | "registry" | "uppercase" | "too-long"; readonly seen: string };

const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const digestPattern = /^sha256:[0-9a-f]{64}$/;
const componentPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const registryPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/;
const longestName = 255;

/**
 * Reads what was given as an image tag. Lists of tags print `v1.2 (sha256:…)`: everything from ` (` on is cut, so that
 * a choice from such a list can be passed on as it is. Grammar: OCI distribution specification, "Pulling manifests".
 */
export function parseImageVersion(text: string): Result<ImageVersion, ImageVersionProblem> {
  const note = text.indexOf(" (");
  const wanted = (note < 0 ? text : text.slice(0, note)).trim();
  if (wanted === "") return fail({ reason: "empty", seen: text });
  if (wanted.startsWith("sha256:")) return digestPattern.test(wanted) ? ok({ digest: wanted }) : badDigest(wanted);
  const at = wanted.indexOf("@");
  if (at < 0) return tagPattern.test(wanted) ? ok({ tag: wanted }) : fail({ reason: "tag", seen: wanted });
  const tag = wanted.slice(0, at);
  const digest = wanted.slice(at + 1);
  if (!digestPattern.test(digest)) return badDigest(digest);
  if (tag === "") return ok({ digest });
  return tagPattern.test(tag) ? ok({ tag, digest }) : fail({ reason: "tag", seen: tag });
}

/** A version as it is written behind a repository: `:v1`, `@sha256:…` or `:v1@sha256:…`. */
function versionSuffix(version: ImageVersion): string {
  return `${version.tag === undefined ? "" : `:${version.tag}`}${version.digest === undefined ? "" : `@${version.digest}`}`;
}

/** The image of a project's release: DockerImageURL + project + ":" + tag, joined as they stand. */
export function imageOf(project: { readonly imageUrl: string; readonly name: string }, version: ImageVersion): string {
  return `${project.imageUrl}${project.name}${versionSuffix(version)}`;
}

/**
 * Takes a reference apart by the rules of Docker's own parser (distribution/reference): the part before the first `/`
 * is a registry when it holds `.` or `:`, is `localhost` or has upper-case letters. A tag that is not there is not
 * made up.
 */
export function checkImageReference(text: string): Result<ImageReference, ImageReferenceProblem> {
  const at = text.indexOf("@");
  const beforeDigest = at < 0 ? text : text.slice(0, at);
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !digestPattern.test(digest)) return badDigest(digest);

  const colon = beforeDigest.indexOf(":", beforeDigest.lastIndexOf("/") + 1);
  const repository = colon < 0 ? beforeDigest : beforeDigest.slice(0, colon);
  const tag = colon < 0 ? undefined : beforeDigest.slice(colon + 1);
  if (tag !== undefined && !tagPattern.test(tag)) return fail({ reason: "tag", seen: tag });

  const { registry, path } = splitRegistry(repository);
  if (!registryPattern.test(registry)) return fail({ reason: "registry", seen: registry });
  if (path.length > longestName) return fail({ reason: "too-long", seen: repository });
  const wrong = path.split("/").find((component) => !componentPattern.test(component));
  if (wrong !== undefined) {
    const reason = componentPattern.test(wrong.toLowerCase()) ? "uppercase" : "repository";
    return fail({ reason, seen: wrong });
  }
  return ok({
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  });
}

/** Takes apart a reference that was checked before (when the configuration was read); throws on any other. */
export function parseImageReference(text: string): ImageReference {
  const reference = checkImageReference(text);
  if (reference.ok) return reference.value;
  throw new Error(`not an image reference: ${text} (${reference.failure.reason}: ${reference.failure.seen})`);
}

/** Host and port of the registry that a reference (or the beginning of one) is pulled from. */
export function registryOf(reference: string): string {
  return splitRegistry(reference).registry;
}

function splitRegistry(name: string): { readonly registry: string; readonly path: string } {
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const isRegistry = first !== "" && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
  if (!isRegistry) return { registry: "docker.io", path: name };
  const registry = first === "index.docker.io" ? "docker.io" : first;
  return { registry, path: name.slice(slash + 1) };
}

function badDigest(seen: string): { readonly ok: false; readonly failure: ImageVersionProblem } {
  return fail({ reason: "digest", seen });
}
