/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pieces = [
  ...Array.from("'\"`$\\;&|<>()[]{}*?~#!%^=-,. \t\n\r"),
  ...["$(>pwned)", "`>pwned`", ";>pwned;", "\n>pwned\n", "&& >pwned", "' >pwned '", '" >pwned "', "a[$(>pwned)]"],
  ...["{value}", "{{", "}}", "$HOME", "${IFS}", "--help", "-rf", "\\\n", "EOF\n", "2", "A=1", "if", "%s", "'\\''"],
  ...["中文", "é", "😀", "\u202e", "\u2028", "\ufeff", "\u00a0", "\u0001", "\u001b[31m", "\u007f", "\u0085"],
];

/** Texts that would do harm where a shell, an option parser or a terminal took them for more than text; without NUL. */
export function hostileTexts(count: number, seed: number): readonly string[] {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return Array.from({ length: count }, () =>
    Array.from({ length: below(12) }, () => pieces[below(pieces.length)] ?? "").join(""),
  );
}
