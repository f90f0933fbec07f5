import { randomInt } from "node:crypto";

/** Letters and digits that are not mistaken for each other. */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
/** 79 bits. */
const LENGTH = 16;

/** A random text in groups of four, to be read and typed: one-time passwords and recovery codes. */
export function oneTimePassword(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join("");
  return letters.replaceAll(/.{4}(?=.)/g, "$&-");
}
