const secretName = /(?:pass|secret|token|api_?key|credential)\w*\s*[=:]/i;

/** A part of a line for a message: nothing of a line that sets a password is shown, its words may belong to it. */
export function shown(part: string, line: string): string {
  return secretName.test(line) ? "[redacted]" : part;
}
