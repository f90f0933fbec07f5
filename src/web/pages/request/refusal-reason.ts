/** Why the console did not let a request run, as far as its words are known. */
export type RefusalReason =
  | { readonly kind: "frozen"; readonly until: string; readonly name: string; readonly detail: string }
  | { readonly kind: "late"; readonly at: string }
  | { readonly kind: "changed"; readonly detail: string }
  | { readonly kind: "locked"; readonly request: string }
  | { readonly kind: "other"; readonly detail: string };

/** Reads the reason of a refused request; what has none of the known forms is said as it is. */
export function readRefusal(reason: string): RefusalReason {
  const [, until = "", name = "", why = ""] = /^frozen until (\S+) at least \(([^)]*)\): (.*)$/su.exec(reason) ?? [];
  if (until !== "") return { kind: "frozen", until, name, detail: why };
  const [, at = ""] = /^was to run at (\S+), not approved by then$/u.exec(reason) ?? [];
  if (at !== "") return { kind: "late", at };
  const [, detail = ""] = /^changed since approval: (.*)$/su.exec(reason) ?? [];
  if (detail !== "") return { kind: "changed", detail };
  const [, request = ""] = /^locked: request (\d+) /u.exec(reason) ?? [];
  return request === "" ? { kind: "other", detail: reason } : { kind: "locked", request };
}
