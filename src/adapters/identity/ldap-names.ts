/** A text as a value inside a search filter: RFC 4515, section 3. */
export function escapeFilterValue(text: string): string {
  // oxlint-disable-next-line no-control-regex -- NUL is one of the five that must be escaped
  return text.replaceAll(/[\u0000()*\\]/gu, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** A text as a value inside a distinguished name: RFC 4514, section 2.4. */
export function escapeDnValue(text: string): string {
  return (
    text
      .replaceAll(/["+,;<>=\\]/gu, (sign) => `\\${sign}`)
      // oxlint-disable-next-line no-control-regex
      .replaceAll("\u0000", String.raw`\00`)
      .replace(/^[ #]/u, (sign) => `\\${sign}`)
      .replace(/ $/u, String.raw`\ `)
  );
}

/** Fills `{placeholders}` of a template with escaped values; what is not known stays. */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
  escape: (text: string) => string,
): string {
  return template.replaceAll(/\{(\w+)\}/gu, (whole, key: string) => {
    const value = values[key];
    return value === undefined ? whole : escape(value);
  });
}

/** Two spellings of a distinguished name that mean the same in practice: case, and spaces around `,` and `=`. */
export function sameDn(left: string, right: string): boolean {
  return plainDn(left) === plainDn(right);
}

function plainDn(dn: string): string {
  return dn
    .replaceAll(/\s*([,=+])\s*/gu, "$1")
    .trim()
    .toLowerCase();
}
