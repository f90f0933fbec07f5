/** Keys whose values no message shows: the original's Aliyun keys, and whatever else is named like a secret. */
const secretName = /secret|passw|token|credential|access_?key|private_?key/i;

/** Keys whose values often hold secrets among other things (`-e PASSWORD=…`). */
const mayHoldSecrets: ReadonlySet<string> = new Set(["DockerRunArg", "DockerRunCmd", "before", "after", "failed"]);

const longest = 60;

/** True for a name (or a line of text) that speaks of a secret. */
export function namesSecret(text: string): boolean {
  return secretName.test(text);
}

/** A value as a message may show it: JSON, cut short, and nothing of what could be secret. */
export function seenValue(value: unknown, path: readonly (string | number)[]): string {
  const hidden = path.some((key) => typeof key === "string" && (namesSecret(key) || mayHoldSecrets.has(key)));
  if (hidden && typeof value !== "number" && typeof value !== "boolean" && value !== null) return "…";
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return shorten(withoutLogin(text));
}

/** A URL (or several), or an address, without user and password. */
export function withoutLogin(text: string): string {
  return text.replaceAll(/(^|\/\/)[^/\s,]*@/g, "$1…@");
}

function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
}
