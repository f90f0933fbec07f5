/** Letters and digits that nobody takes for one another, read out or written down. */
const SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

/** A random password in groups of four, such as `x7kd-m2pq-9fhw-ta3n`: 79 bits. */
export function oneTimePassword(): string {
  const signs: string[] = [];
  while (signs.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) {
      // Larger bytes would make the first signs more likely than the others.
      const sign = byte < 256 - (256 % SIGNS.length) ? SIGNS[byte % SIGNS.length] : undefined;
      if (sign !== undefined && signs.length < 16) signs.push(sign);
    }
  }
  return [0, 4, 8, 12].map((from) => signs.slice(from, from + 4).join("")).join("-");
}
