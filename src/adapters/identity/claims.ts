/** What an ID token or userinfo says of somebody. */
export type Claims = Readonly<Record<string, unknown>>;

/** A claim as text; '' where it is none. */
export function textClaim(claims: Claims | undefined, name: string): string {
  const value = claims === undefined ? undefined : valueOf(claims, name);
  return typeof value === "string" ? value.trim() : "";
}

/** A claim as texts, one or several; undefined where it is not there. */
export function textsClaim(claims: Claims, name: string): readonly string[] | undefined {
  const value = name === "" ? undefined : valueOf(claims, name);
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;
}

/** `a.b` is the claim of that name (as in URLs), else `b` inside the object `a`. */
function valueOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Claims)[part];
  }
  return value;
}
