/** Fields that say which kind of problem it is, not what was seen; the words for them differ by language. */
const kinds: ReadonlySet<string> = new Set(
  "code reason offset expected seenType belongs why origin what section".split(" "),
);

/** The values in a problem that its text must show. */
export function factsOf(problem: unknown, field = ""): readonly string[] {
  if (kinds.has(field) || typeof problem === "boolean" || problem === 0) return [];
  if (typeof problem === "string") return field === "problem" ? [] : [shown(problem)];
  if (typeof problem === "number") return [String(problem)];
  return Object.entries(Object(problem)).flatMap(([key, value]) => factsOf(value, key));
}

/** A character that a terminal does not show has a name; a space that was meant has another one in each language. */
function shown(value: string): string {
  return /^[\p{Cc}\p{Zs}]$/u.test(value) && value !== " " ? "<U+" : value.trim();
}
