import { readList } from "./option-list-reader.ts";
import { fail, ok, type Result } from "./result.ts";
import { placeAt, type TextPlace } from "./text-place.ts";

const MOST_BYTES = 2 * 2 ** 20;
const MOST_VALUES = 10_000;
/** Characters of one value. */
const LONGEST_VALUE = 1000;
/** Characters of the output that a message shows. */
const LONGEST_SEEN = 80;

/** Why a script's output is no list of values to choose from. */
export type OptionListProblem =
  | { readonly reason: "empty" }
  | { readonly reason: "too-large"; readonly bytes: number; readonly limit: number }
  /**
   * `not-a-list`: it begins with something else, a warning for instance; `behind-list`: something follows the list;
   * `unterminated`: it ends inside the list; `nested`: a list, tuple or dictionary in the list; `bytes`: `b'..'`, which
   * the script should decode; `syntax`: anything else that is neither JSON nor Python. `seen` is what stands there, cut.
   */
  | ({
      readonly reason: "not-a-list" | "behind-list" | "unterminated" | "nested" | "bytes" | "syntax";
      readonly seen: string;
    } & TextPlace)
  | { readonly reason: "too-many"; readonly count: number; readonly limit: number }
  /** `index` counts from 1. */
  | { readonly reason: "value-too-long"; readonly index: number; readonly characters: number; readonly limit: number }
  /** No argument can hold a NUL or half of a surrogate pair. */
  | { readonly reason: "nul" | "ill-formed"; readonly index: number };

/**
 * Reads what a script has printed: one list in JSON's or Python's notation, of strings, numbers and constants. A byte
 * order mark and white space around it do no harm; of equal values the first one stays.
 */
export function readOptionList(output: string): Result<readonly string[], OptionListProblem> {
  const bytes = output.length > MOST_BYTES ? output.length : new TextEncoder().encode(output).length;
  if (bytes > MOST_BYTES) return fail({ reason: "too-large", bytes, limit: MOST_BYTES });
  const text = output.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  if (text.trim() === "") return fail({ reason: "empty" });
  const list = readList(text);
  if (!list.ok) {
    const { reason, offset } = list.failure;
    return fail({ reason, ...placeAt(text, offset), seen: cut(text.slice(offset)) });
  }
  const values = [...new Set(list.value)];
  if (values.length > MOST_VALUES) return fail({ reason: "too-many", count: values.length, limit: MOST_VALUES });
  for (const [position, value] of list.value.entries()) {
    const index = position + 1;
    const characters = value.length > LONGEST_VALUE ? Array.from(value).length : value.length;
    if (characters > LONGEST_VALUE) return fail({ reason: "value-too-long", index, characters, limit: LONGEST_VALUE });
    if (value.includes("\0")) return fail({ reason: "nul", index });
    if (!value.isWellFormed()) return fail({ reason: "ill-formed", index });
  }
  return ok(values);
}

/** The first line of a text, cut, without control characters: it is shown in a message. */
function cut(text: string): string {
  const [line = ""] = text.slice(0, 4 * LONGEST_SEEN).split("\n", 1);
  const shown = Array.from(line.replaceAll(/\p{Cc}/gu, " "));
  return shown.length > LONGEST_SEEN || line.length < text.trimEnd().length
    ? `${shown.slice(0, LONGEST_SEEN).join("")}…`
    : shown.join("");
}
