import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { attempt, FailureError, type Outcome, unwrap } from "../../engine/errors.ts";
import type { Credentials } from "./credentials.ts";
import { inParallel } from "./in-parallel.ts";
import type { Environment } from "./environment.ts";
import { datedDigest, digestOf } from "./manifest.ts";
import { addressOf, type ImageAddress } from "./image-address.ts";
import { openSession, type RegistrySession } from "./registry-session.ts";
import { shownTags } from "./tag-order.ts";
import { allTags, type ListedTag } from "./tag-pages.ts";

export interface ImageRegistryOptions {
  /** Called when a registry asks for a login; `localCredentials` reads this machine's. */
  readonly credentials: (registry: string) => Promise<Outcome<Credentials | undefined>>;
  /** Environment variables that name proxies. */
  readonly environment: Environment;
  /** Registries without TLS or with any certificate, as in the Docker daemon's `insecure-registries`. Default: none. */
  readonly insecure?: readonly string[];
  /** Docker's folder of registries' certificates. Default: `/etc/docker/certs.d`. */
  readonly certificates?: string;
  /** How host names become addresses. Default: the system's resolver. */
  readonly lookup?: LookupFunction;
  /** Seconds for one request. Default: 10. */
  readonly requestDeadline?: number;
  /** Seconds for a whole call, as many requests as it takes. Default: 60. */
  readonly deadline?: number;
}

interface ImageTag {
  readonly name: string;
  /** Of the image or, for several platforms, of the index: `sha256:<hex>`. */
  readonly digest: string;
  /** When it was built or uploaded, where that was found out. */
  readonly created?: Date;
}

interface ListTagsOptions {
  /** The most tags to return. Default: 20. */
  readonly pageSize?: number;
  /** Up to so many tags are ordered by the build dates of their images, which takes requests; more are by name. Default: 100. */
  readonly dateLimit?: number;
}

/** Image registries, by the Docker Registry HTTP API v2 (OCI distribution specification). */
export interface ImageRegistry {
  /**
   * The tags of the repository in `reference`, newest first, `latest` in second place. The reference's own tag plays
   * no part. Failures: `registry-unreachable`, `registry-login`, `image-missing`, and the credential source's own.
   */
  listTags(reference: string, options?: ListTagsOptions): Promise<Outcome<readonly ImageTag[]>>;
  /** The digest that the reference's tag has now, or its own digest when the registry has it. Failures as above. */
  resolveDigest(reference: string): Promise<Outcome<string>>;
}

/** Requests in flight at once. */
const parallel = 8;
/** Milliseconds that may go into build dates. */
const dateBudget = 5000;

/** Makes the client; nothing is opened before the first call, nothing stays open after one. */
export function createImageRegistry(options: ImageRegistryOptions): ImageRegistry {
  const settings = {
    insecure: [],
    certificates: "/etc/docker/certs.d",
    lookup: systemLookup,
    requestDeadline: 10,
    deadline: 60,
    ...options,
  };
  const converse = <T>(text: string, talk: (session: RegistrySession, address: ImageAddress) => Promise<T>) =>
    attempt(async () => {
      const address = unwrap(addressOf(text));
      const session = await openSession(address, settings);
      try {
        return await talk(session, address);
      } finally {
        session.close();
      }
    });
  return {
    listTags: (text, { pageSize = 20, dateLimit = 100 } = {}) =>
      converse(text, async (session, { registry }) => {
        const listed = await allTags(session);
        // Docker Hub counts each look at a manifest as a pull.
        const worthDating = registry !== "docker.io" && listed.length <= dateLimit;
        const tags = worthDating ? await withDates(session, listed) : listed;
        return withDigests(session, shownTags(tags, pageSize));
      }),
    resolveDigest: (text) => converse(text, (session, { tag, digest }) => digestOf(session, digest ?? tag)),
  };
}

/** Adds build dates as far as the budget goes. Tags without an image behind them are left out. */
async function withDates(session: RegistrySession, tags: readonly ListedTag[]): Promise<readonly ListedTag[]> {
  const until = performance.now() + dateBudget;
  const dated = await inParallel(tags, parallel, async (tag): Promise<ListedTag | undefined> => {
    if (tag.name === "latest" || tag.created !== undefined || performance.now() > until) return tag;
    const found = await attempt(() => datedDigest(session, tag.name));
    if (!found.ok) return found.failure.reason === "image-missing" ? undefined : tag;
    const { digest, created } = found.value;
    return { name: tag.name, digest, ...(created === undefined ? {} : { created }) };
  });
  return dated.filter((tag) => tag !== undefined);
}

/** Adds the digests that are not known yet. Tags without an image behind them are left out. */
async function withDigests(session: RegistrySession, tags: readonly ListedTag[]): Promise<readonly ImageTag[]> {
  const found = await inParallel(tags, parallel, async (tag): Promise<ImageTag | undefined> => {
    try {
      return { ...tag, digest: tag.digest ?? (await digestOf(session, tag.name)) };
    } catch (error) {
      if (error instanceof FailureError && error.failure.reason === "image-missing") return undefined;
      throw error;
    }
  });
  return found.filter((tag) => tag !== undefined);
}
