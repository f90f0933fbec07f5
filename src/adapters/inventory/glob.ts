/**
 * A shell pattern (`*`, `?`, `[abc]`, `[!abc]`) as a regular expression for whole names, by the rules of Python's
 * `fnmatch`: capitals count, and a bracket that does not close is meant as itself.
 */
export function globRegExp(text: string): RegExp {
  let source = "";
  let rest = text;
  while (rest !== "") {
    const brackets = /^\[(?<not>!?)(?<members>\]?[^\]]*)\]/s.exec(rest);
    if (brackets !== null) {
      source += bracketSource(brackets.groups?.["members"] ?? "", brackets.groups?.["not"] === "!");
      rest = rest.slice(brackets[0].length);
      continue;
    }
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
    if (character === "*") source += ".*";
    else source += character === "?" ? "." : character.replace(/[\^$\\.*+?()[\]{}|/]/, "\\$&");
    rest = rest.slice(character.length);
  }
  return new RegExp(`^${source}$`, "su");
}

/** Members and ranges; a range from the higher to the lower is empty. */
function bracketSource(members: string, negated: boolean): string {
  let source = "";
  const characters = Array.from(members);
  for (let at = 0; at < characters.length; at += 1) {
    const from = characters[at] ?? "";
    const to = characters[at + 1] === "-" ? characters[at + 2] : undefined;
    if (to === undefined) {
      source += quoted(from);
    } else {
      if ((from.codePointAt(0) ?? 0) <= (to.codePointAt(0) ?? 0)) source += `${quoted(from)}-${quoted(to)}`;
      at += 2;
    }
  }
  if (source === "") return negated ? "." : "(?!)";
  return `[${negated ? "^" : ""}${source}]`;
}

/** A character as a member of brackets. */
function quoted(character: string): string {
  return /[\^$\\.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}
