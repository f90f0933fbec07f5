import { fieldsOf, isObject, parseJson, textOf } from "./json.ts";
import { buildDate } from "./manifest.ts";
import { isDigest, isTag } from "./image-address.ts";
import type { RegistrySession } from "./registry-session.ts";

/** A tag as the list of tags tells of it; most registries tell the name only. */
export interface ListedTag {
  readonly name: string;
  readonly digest?: string;
  readonly created?: Date;
}

const pageLength = 1000;
/** A million tags: more is a registry that leads in a circle. */
const mostPages = 1000;

/**
 * All tags of the session's repository, page by page (OCI distribution specification, "Listing Tags"; next pages by
 * the Link header, RFC 8288). Names that are no tags are left out: they come from outside and go into messages and
 * other tools. Throws `image-missing` for an unknown repository.
 */
export async function allTags(session: RegistrySession): Promise<readonly ListedTag[]> {
  const tags = new Map<string, ListedTag>();
  const seen = new Set<string>();
  let path: string | undefined = `tags/list?n=${pageLength}`;
  while (path !== undefined && !seen.has(path) && seen.size < mostPages) {
    seen.add(path);
    const answer = await session.request("GET", path, ["application/json"]);
    if (answer.status !== 200) throw session.failures.ofAnswer(answer);
    const page = parseJson(answer.body.toString("utf8"));
    if (!isObject(page) || !("tags" in page || "name" in page)) {
      throw session.failures.unreachable("the list of tags is not one; this does not look like an image registry");
    }
    for (const tag of tagsOfPage(page)) tags.set(tag.name, tag);
    const link = answer.headers["link"];
    path = link === undefined ? undefined : nextPath(Array.isArray(link) ? link.join(", ") : link);
  }
  return [...tags.values()];
}

/** `manifest` is an extension of Google's registries: digests, with their tags and the time of upload. */
function tagsOfPage(page: Readonly<Record<string, unknown>>): readonly ListedTag[] {
  const known = new Map<string, ListedTag>();
  for (const [digest, value] of Object.entries(fieldsOf(page["manifest"]))) {
    const { tag: names, timeUploadedMs: uploaded } = fieldsOf(value);
    if (!isDigest(digest) || !Array.isArray(names)) continue;
    const created = buildDate(Number(textOf(uploaded) ?? NaN));
    for (const name of names) {
      if (typeof name === "string") known.set(name, { name, digest, ...(created === undefined ? {} : { created }) });
    }
  }
  const names = Array.isArray(page["tags"]) ? page["tags"] : [];
  return names
    .filter((name): name is string => typeof name === "string" && isTag(name))
    .map((name) => known.get(name) ?? { name });
}

/** The path and query of the next page; the host is the registry's own, whatever a proxy has made of it. */
function nextPath(link: string): string | undefined {
  for (const [, target = "", parameters = ""] of link.matchAll(/<([^>]*)>((?:\s*;\s*[^,;]*)*)/g)) {
    if (!/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next\s*(?:;|$))/i.test(parameters)) continue;
    if (!URL.canParse(target, "http://registry")) return undefined;
    const { pathname, search } = new URL(target, "http://registry");
    return pathname.startsWith("/v2/") ? `${pathname}${search}` : undefined;
  }
  return undefined;
}
