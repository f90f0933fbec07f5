import { quoted } from "../shown-values.ts";
import type { ProblemWords } from "../problem-words.ts";

const list = (forms: readonly string[]): string => forms.join(", ");

/** Durations, as in `Drain.wait` and `-w`. */
export const duration: ProblemWords["duration"] = {
  empty: (p) => `the duration is empty. Allowed: ${list(p.allowed)} (a bare number counts seconds).`,
  format: (p) => `${quoted(p.seen)} is not a duration. Allowed: ${list(p.allowed)} (a bare number counts seconds).`,
  "too-long": (p) => `${quoted(p.seen)} is too long. The longest duration is 20d.`,
};

/** Batch sizes, as in `Serial` and `-s`. */
export const serial: ProblemWords["serial"] = {
  empty: (p) => `a batch size is empty. Allowed: ${list(p.allowed.map(quoted))}.`,
  format: (p) => `${quoted(p.seen)} is not a batch size. Allowed: ${list(p.allowed.map(quoted))}.`,
  zero: (p) => `a batch of ${quoted(p.seen)} hosts is not allowed. For all hosts at once, write "100%".`,
  "percent-range": (p) => `${quoted(p.seen)} is out of range. Allowed: "1%" to "100%".`,
};

/** Parts of an image reference, as made of `DockerImageURL` and `-t`. */
export const imageReference: ProblemWords["imageReference"] = {
  empty: () => "the image tag is empty. Name one, for example latest.",
  tag: (p) =>
    `${quoted(p.seen)} is not an image tag. Allowed: at most 128 letters, digits, "_", "." and "-", the first no "." or "-".`,
  digest: (p) => `${quoted(p.seen)} is not a digest. Allowed: "sha256:" and 64 digits of 0-9 and a-f.`,
  repository: (p) =>
    `${p.seen === "" ? "it has an empty part" : `${quoted(p.seen)} is not allowed in it`}. Allowed between slashes: lower-case letters and digits, with ".", "_", "__" or "-" between them.`,
  registry: (p) =>
    `${quoted(p.seen)} is not the address of an image registry. Allowed: registry.example.com or registry.example.com:5000.`,
  uppercase: (p) => `${quoted(p.seen)} has upper-case letters. Write ${quoted(p.seen.toLowerCase())}.`,
  "too-long": (p) => `${quoted(p.seen)} is too long. Allowed: 255 characters behind the registry's address.`,
};
