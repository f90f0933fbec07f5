const MASK = Buffer.from("******");
/** Secrets that overlap each other without end are masked piece by piece. */
const LONGEST_MASK = 64 * 1024;

interface Masked {
  /** The bytes with every secret replaced. */
  readonly bytes: Buffer;
  /** How many bytes that stands for; what is left over may be the beginning of a secret, and has to come again. */
  readonly taken: number;
}

/**
 * Replaces every occurrence of some byte sequences. How the input is cut into pieces makes no difference, as long as
 * the bytes that were not taken come again with what follows them; `last`: nothing follows, so all are taken.
 */
export type Masker = (bytes: Buffer, last: boolean) => Masked;

/** A masker of these sequences, each of three bytes at least. Its speed does not depend on how many there are. */
export function createMasker(forms: readonly Buffer[]): Masker {
  if (forms.length === 0) return (bytes) => ({ bytes, taken: bytes.length });
  const find = createFinder(forms);

  /** The end of the secrets that begin at `start` and within each other; `start` where there is none. */
  const maskEnd = (bytes: Buffer, start: number, last: boolean): number | "open" => {
    let end = find.endOf(bytes, start, last);
    if (end === "open") return end;
    for (let at = start + 1; at < end && at - start < LONGEST_MASK; at++) {
      const inner = find.endOf(bytes, at, last);
      if (inner === "open") return inner;
      end = Math.max(end, inner);
    }
    return end;
  };

  return (bytes, last) => {
    const pieces: Buffer[] = [];
    let plain = 0;
    for (let at = find.next(bytes, 0); at < bytes.length; at = find.next(bytes, at + 1)) {
      const end = maskEnd(bytes, at, last);
      if (end === at) continue;
      if (end === "open") return joined(pieces, bytes.subarray(plain, at), at);
      pieces.push(bytes.subarray(plain, at), MASK);
      plain = end;
      at = end - 1;
    }
    return joined(pieces, bytes.subarray(plain), bytes.length);
  };
}

interface Finder {
  /** The next place at which a sequence may begin, or the end. */
  next(bytes: Buffer, from: number): number;
  /** Where the longest sequence at a place ends; that place where there is none; `open`: more bytes will tell. */
  endOf(bytes: Buffer, at: number, last: boolean): number | "open";
}

function createFinder(forms: readonly Buffer[]): Finder {
  // By its first two bytes nearly every place is told apart at once.
  const byStart = new Map<number, Buffer[]>();
  const begins = new Uint8Array(256);
  const beginsTwo = new Uint8Array(65_536);
  for (const form of forms.toSorted((a, b) => b.length - a.length)) {
    const start = form.readUInt16BE(0);
    byStart.set(start, [...(byStart.get(start) ?? []), form]);
    begins[start >> 8] = 1;
    beginsTwo[start] = 1;
  }
  return {
    next: (bytes, from) => {
      const end = bytes.length - 1;
      for (let at = from; at < end; at++) {
        const first = bytes[at] ?? 0;
        if (begins[first] === 1 && beginsTwo[(first << 8) | (bytes[at + 1] ?? 0)] === 1) return at;
      }
      return from <= end && begins[bytes[end] ?? 0] === 1 ? end : bytes.length;
    },
    endOf: (bytes, at, last) => {
      let open = false;
      if (at + 1 === bytes.length) return !last && begins[bytes[at] ?? 0] === 1 ? "open" : at;
      for (const form of byStart.get(bytes.readUInt16BE(at)) ?? []) {
        const length = Math.min(form.length, bytes.length - at);
        if (bytes.compare(form, 0, length, at, at + length) !== 0) continue;
        if (length === form.length) return open ? "open" : at + length;
        open ||= !last;
      }
      return open ? "open" : at;
    },
  };
}

function joined(pieces: readonly Buffer[], rest: Buffer, taken: number): Masked {
  return { bytes: pieces.length === 0 ? rest : Buffer.concat([...pieces, rest]), taken };
}
