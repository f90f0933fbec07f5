import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from "node:crypto";
import { fail, ok, type Result } from "../../domain/result.ts";
import { readSecretKey, type SecretKeyFailure, type SecretKeySource } from "./secret-key.ts";

/** Encrypts secrets that are kept in the database. */
export interface SecretBox {
  /** `context` says what the secret is of, as `config_centre/3/password`; it opens only with the same. */
  seal(text: string, context: string): string;
  open(sealed: string, context: string): Result<string, UnsealFailure>;
}

type UnsealFailure =
  /** Not a text that `seal` has made. */
  | { readonly reason: "not-sealed"; readonly context: string }
  /** Sealed with another key than the present one. */
  | { readonly reason: "other-key"; readonly context: string }
  /** Changed since, or sealed in another context. */
  | { readonly reason: "tampered"; readonly context: string };

/** Opens the box with the key from the environment or a file, which is made when it is absent. */
export function openSecretBox(source: SecretKeySource): Result<SecretBox, SecretKeyFailure> {
  const key = readSecretKey(source);
  return key.ok ? ok(boxWith(key.value)) : key;
}

const VERSION = "v1";
const CIPHER = "aes-256-gcm";
/** NIST SP 800-38D: 96 bits; random ones are good for 2^32 secrets under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed text is `v1.<key id>.<nonce>.<ciphertext and tag>`, the last three in base64url. */
function boxWith(key: KeyObject): SecretBox {
  const keyId = createHmac("sha256", key).update("gantry key id").digest().subarray(0, 6).toString("base64url");
  const authenticated = (context: string): Buffer => Buffer.from(`${VERSION}.${keyId}.${context}`);
  const options = { authTagLength: TAG_BYTES };

  const seal = (text: string, context: string): string => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce, options).setAAD(authenticated(context));
    const bytes = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, keyId, nonce.toString("base64url"), bytes.toString("base64url")].join(".");
  };

  const open = (sealed: string, context: string): Result<string, UnsealFailure> => {
    const [version, sealedBy, nonceText = "", bytesText = "", ...rest] = sealed.split(".");
    const [nonce, bytes] = [Buffer.from(nonceText, "base64url"), Buffer.from(bytesText, "base64url")];
    const isSealed =
      version === VERSION && rest.length === 0 && nonce.length === NONCE_BYTES && bytes.length >= TAG_BYTES;
    if (!isSealed) return fail({ reason: "not-sealed", context });
    if (sealedBy !== keyId) return fail({ reason: "other-key", context });
    const decipher = createDecipheriv(CIPHER, key, nonce, options)
      .setAAD(authenticated(context))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      return ok(Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8"));
    } catch {
      return fail({ reason: "tampered", context });
    }
  };

  return { seal, open };
}
