type Data = Readonly<Record<string, unknown>>;

export interface FieldChange {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields that differ between `before` and `after` of an event's data; of other data none. */
export function changesIn({ before, after }: Data): readonly FieldChange[] {
  if (!isData(before) || !isData(after)) return [];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((path) => ({ path, before: before[path], after: after[path] }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** What else an event's data says. */
export function restOf(data: Data): readonly (readonly [string, unknown])[] {
  const compared = isData(data["before"]) && isData(data["after"]);
  return Object.entries(data).filter(([name]) => !compared || (name !== "before" && name !== "after"));
}

/** A value for people: texts as they are, lists with commas, everything else as JSON. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value) && value.every((each) => typeof each !== "object")) return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
