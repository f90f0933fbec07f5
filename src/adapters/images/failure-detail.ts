/** A program's or server's words made fit for a message: one line, no control characters, at most 300 characters. */
export function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}

/** Remembers the secrets that were sent, so that a server that repeats them cannot put them into a message. */
export class Mask {
  readonly #hidden = new Set<string>();

  hide(secret: string): void {
    if (secret !== "") this.#hidden.add(secret);
  }

  /** `oneLine` with every known secret replaced. */
  clean(text: string): string {
    let clean = text;
    for (const secret of [...this.#hidden].toSorted((a, b) => b.length - a.length)) {
      clean = clean.replaceAll(secret, "[redacted]");
    }
    return oneLine(clean);
  }
}
