import { Secret, TOTP } from "otpauth";
import { encode } from "uqr";

/** RFC 6238 with what every authenticator understands. */
const FORM = { algorithm: "SHA1", digits: 6, period: 30 } as const;
/** Steps by which the clocks may differ, either way. */
const WINDOW = 1;

/** 160 bits in base32 (RFC 4226, section 4: R6). */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The time step that a code belongs to, of the present one and its neighbours; undefined: it is none of theirs. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const token = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = TOTP.validate({ ...FORM, token, secret: Secret.fromBase32(secret), timestamp: now, window: WINDOW });
  return delta === null ? undefined : Math.floor(now / (FORM.period * 1000)) + delta;
}

/** The Key URI that authenticators scan. */
export function totpUri(secret: string, account: string, issuer: string): string {
  return new TOTP({ ...FORM, issuer, label: account, secret }).toString();
}

/** A QR code as the path of an SVG with `viewBox="0 0 size size"`: a rectangle for each run of dark modules. */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
  const { size, data } = encode(text, { ecc: "M", border: 4 });
  const rows = data.map((row, y) =>
    [
      ...row
        .map((dark) => (dark ? "#" : " "))
        .join("")
        .matchAll(/#+/g),
    ]
      .map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
      .join(""),
  );
  return { size, path: rows.join("") };
}
