import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** Cost of argon2id: `memory` in KiB. */
interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** A stored hash: its cost, salt and the hash itself. */
interface StoredHash extends Cost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. */
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
/** For random texts of 79 bits, which no cost makes harder to guess: thousands of them are made at once. */
const LIGHT: Cost = { memory: 256, passes: 1, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

const derive = promisify(argon2);

/** Hashes a password into the PHC string form `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
export function hashPassword(password: string): Promise<string> {
  return hashAt(password, COST);
}

/** Hashes a one-time password that was made at random; one that somebody has chosen is never hashed like this. */
export function hashOneTime(password: string): Promise<string> {
  return hashAt(password, LIGHT);
}

async function hashAt(password: string, cost: Cost): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await argon2id(password, salt, HASH_BYTES, cost);
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** True when the password is the one that was hashed. The comparison takes the same time wherever they differ. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const expected = parse(stored);
  if (expected === undefined) return false;
  const found = await argon2id(password, expected.salt, expected.hash.length, expected);
  // The time must not tell that this is an account whose one-time password nobody has used yet.
  if (expected.memory < COST.memory) await verifyNobody(password);
  return timingSafeEqual(found, expected.hash);
}

/** Costs what `verifyPassword` costs: for accounts that do not exist, so that the time does not tell. */
export async function verifyNobody(password: string): Promise<false> {
  await argon2id(password, Buffer.alloc(SALT_BYTES), HASH_BYTES, COST);
  return false;
}

/** True when the hash was made with another cost than is used now, or cannot be read: hash again at the next sign-in. */
export function needsRehash(stored: string): boolean {
  const found = parse(stored);
  return (
    found === undefined ||
    found.memory !== COST.memory ||
    found.passes !== COST.passes ||
    found.parallelism !== COST.parallelism ||
    found.salt.length !== SALT_BYTES ||
    found.hash.length !== HASH_BYTES
  );
}

/** RFC 8265: passwords are compared in normal form C, since keyboards differ in how they send the same letter. */
async function argon2id(password: string, salt: Buffer, tagLength: number, cost: Cost): Promise<Buffer> {
  const { memory, passes, parallelism } = cost;
  const message = password.normalize("NFC");
  return await derive("argon2id", { message, nonce: salt, tagLength, memory, passes, parallelism });
}

/** The limits of RFC 9106, section 3.1, and an upper one for memory: a hash from elsewhere must not exhaust the server. */
function parse(stored: string): StoredHash | undefined {
  const form = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([\w+/-]{11,64})\$([\w+/-]{16,128})$/;
  const [, m, t, p, saltText = "", hashText = ""] = form.exec(stored) ?? [];
  const [memory, passes, parallelism] = [Number(m), Number(t), Number(p)];
  const [salt, hash] = [Buffer.from(saltText, "base64"), Buffer.from(hashText, "base64")];
  const isWhole = passes >= 1 && parallelism >= 1 && memory >= 8 * parallelism && memory <= 1 << 20;
  return isWhole ? { memory, passes, parallelism, salt, hash } : undefined;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
