/** One demand of a `WWW-Authenticate` header; scheme and parameter names in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = new RegExp(`^(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))`);
const scheme = new RegExp(`^(${token})(?:\\s+(?!=)|(?=,)|$)`);

/**
 * Reads a `WWW-Authenticate` header, several challenges in one included (RFC 9110, section 11.6.1). What cannot be
 * read, such as token68 data, is skipped up to the next comma.
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let rest = header.replace(/^[\s,]+/, "");
  while (rest !== "") {
    const pair = parameter.exec(rest);
    const current = challenges.at(-1);
    if (pair !== null && current !== undefined) {
      const value = pair[2]?.replace(/\\(.)/g, "$1") ?? pair[3] ?? "";
      current.parameters.set((pair[1] ?? "").toLowerCase(), value);
      rest = rest.slice(pair[0].length);
    } else {
      const name = scheme.exec(rest);
      if (name !== null) challenges.push({ scheme: (name[1] ?? "").toLowerCase(), parameters: new Map() });
      rest = name === null ? rest.replace(/^[^,]+/, "") : rest.slice(name[0].length);
    }
    rest = rest.replace(/^[\s,]+/, "");
  }
  return challenges;
}
