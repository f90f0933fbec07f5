import type { ListedTag } from "./tag-pages.ts";

/**
 * The tags to show: newest first when the time of every tag but `latest` is known, else by name, highest version
 * first; `latest` in second place, where users of the original look for it.
 *
 * @param pageSize the most tags to show
 */
export function shownTags<T extends ListedTag>(tags: readonly T[], pageSize: number): readonly T[] {
  const others = tags.filter(({ name }) => name !== "latest");
  const ordered = others.every(({ created }) => created !== undefined)
    ? others.toSorted((a, b) => time(b) - time(a) || compareVersions(b.name, a.name))
    : others.toSorted((a, b) => compareVersions(b.name, a.name));
  const latest = tags.filter(({ name }) => name === "latest");
  return [...ordered.slice(0, 1), ...latest, ...ordered.slice(1)].slice(0, pageSize);
}

function time(tag: ListedTag): number {
  return tag.created?.getTime() ?? 0;
}

/** Words behind a version that make it older than the version without them. */
const preRelease = /^[-._]?(?:alpha|beta|canary|cr|dev|m(?=\d)|milestone|nightly|pre|preview|rc|snapshot)(?![a-z])/i;

/**
 * Orders tags as versions, oldest first: runs of digits count as numbers (`1.9` before `1.10`), words come before
 * numbers (`main` before `1.0`), a leading `v` does not count, and a pre-release comes before its release.
 */
export function compareVersions(a: string, b: string): number {
  const left = chunks(a);
  const right = chunks(b);
  for (const [index, one] of left.entries()) {
    const other = right[index];
    if (other === undefined) return preRelease.test(left.slice(index).join("")) ? -1 : 1;
    const order = compareChunks(one, other, left.slice(index), right.slice(index));
    if (order !== 0) return order;
  }
  if (right.length > left.length) return preRelease.test(right.slice(left.length).join("")) ? 1 : -1;
  return a < b ? -1 : Number(a > b);
}

function chunks(tag: string): readonly string[] {
  return tag.replace(/^v(?=\d)/i, "").match(/\d+|\D+/g) ?? [];
}

function compareChunks(a: string, b: string, fromA: readonly string[], fromB: readonly string[]): number {
  const numbers = Number(/^\d/.test(a)) - Number(/^\d/.test(b));
  if (numbers !== 0) return numbers;
  if (/^\d/.test(a)) {
    const [x, y] = [BigInt(a), BigInt(b)];
    return x < y ? -1 : Number(x > y);
  }
  const early = Number(preRelease.test(fromB.join(""))) - Number(preRelease.test(fromA.join("")));
  if (early !== 0) return early;
  return a < b ? -1 : Number(a > b);
}
