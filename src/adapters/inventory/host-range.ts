import { fail, ok, type Result } from "../../domain/result.ts";
import { pythonInteger } from "./python-number.ts";

/** What is wrong with a range such as `web[1:9:2]`. */
export type HostRangeProblem =
  /** Not `[begin:end]` or `[begin:end:step]`, or brackets that do not fit. */
  | "form"
  | "no-end"
  /** `[01:100]`: the ends are of different length. */
  | "width"
  /** `[c:a]`. */
  | "order"
  | "not-a-number"
  | "zero-step"
  | "too-many";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** More hosts than that from one line are a slip of the keyboard. */
const mostNames = 100_000;

/** All names that a host entry stands for: `web[01:03]` is web01, web02, web03; ranges may be letters, and several. */
export function expandHostRange(text: string): Result<string[], HostRangeProblem> {
  if (!text.includes("[")) return ok([text]);
  const parts = text.replace("[", "|").replace("]", "|").split("|");
  const [head, inner, tail] = parts;
  if (parts.length !== 3 || head === undefined || inner === undefined || tail === undefined) return fail("form");
  const middle = members(inner);
  if (!middle.ok) return middle;
  const names: string[] = [];
  for (const member of middle.value) {
    const expanded = expandHostRange(head + member + tail);
    if (!expanded.ok) return expanded;
    names.push(...expanded.value);
    if (names.length > mostNames) return fail("too-many");
  }
  return ok(names);
}

function members(inner: string): Result<string[], HostRangeProblem> {
  const [first = "", end = "", stepText = "1", ...rest] = inner.split(":");
  if (!inner.includes(":") || rest.length > 0) return fail("form");
  const begin = first === "" ? "0" : first;
  if (end === "") return fail("no-end");
  const width = begin.startsWith("0") && begin.length > 1 ? begin.length : 0;
  if (width > 0 && width !== end.length) return fail("width");
  const step = pythonInteger(stepText);
  const from = letters.indexOf(begin);
  const to = letters.indexOf(end);
  if (from >= 0 && to >= 0) {
    if (from > to) return fail("order");
    if (step !== undefined && step !== 0) return ok(numbers(from, to, step).map((at) => letters.charAt(at)));
  }
  const low = pythonInteger(begin);
  const high = pythonInteger(end);
  if (low === undefined || high === undefined || step === undefined) return fail("not-a-number");
  if (step === 0) return fail("zero-step");
  if (Math.abs((high - low) / step) > mostNames) return fail("too-many");
  return ok(numbers(low, high, step).map((at) => String(at).padStart(width, "0")));
}

/** Python's `range(from, to + 1, step)`: downwards it stops two before `to`. */
function numbers(from: number, to: number, step: number): number[] {
  const found: number[] = [];
  for (let at = from; step > 0 ? at <= to : at > to + 1; at += step) found.push(at);
  return found;
}
