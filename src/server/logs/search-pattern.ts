/**
 * A pattern that finds a text in bytes given as a `latin1` string, whatever the case of its letters. Since every
 * character stands for a byte, matches are byte offsets, and bytes that are no UTF-8 do no harm.
 */
export function textPattern(text: string): RegExp {
  return new RegExp(Array.from(text, anyCase).join(""), "g");
}

function anyCase(character: string): string {
  const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
  const forms = [character, lower, upper, lower.toUpperCase(), upper.toLowerCase()];
  // Some letters become two in the other case, as in STRASSE; these stay as they are.
  const single = [...new Set(forms)].filter((form) => Array.from(form).length === 1);
  const bytes = single.map((form) =>
    Buffer.from(form.toWellFormed())
      .toString("hex")
      .replaceAll(/../g, String.raw`\x$&`),
  );
  return bytes.length === 1 ? bytes.join("") : `(?:${bytes.join("|")})`;
}
