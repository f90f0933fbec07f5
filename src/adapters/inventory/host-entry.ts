import { fail, ok, type Result } from "../../domain/result.ts";
import { parseAddress } from "./addresses.ts";
import type { NameProblem } from "./errors.ts";
import { expandHostRange, type HostRangeProblem } from "./host-range.ts";

/** The hosts that an entry of an inventory names, and the port for all of them. */
export interface HostEntry {
  readonly names: readonly string[];
  readonly port: number | undefined;
}

/** Why an entry names no hosts. */
export type HostEntryProblem =
  | { readonly reason: "inventory-name"; readonly problem: NameProblem }
  | { readonly reason: "inventory-range"; readonly problem: HostRangeProblem };

/** Reads `web[01:03].example.com:2222`, `10.0.0.1`, `[fe80::1]:22` and the like. */
export function readHostEntry(text: string): Result<HostEntry, HostEntryProblem> {
  const address = parseAddress(text) ?? { host: text };
  const names = expandHostRange(address.host);
  if (!names.ok) return fail({ reason: "inventory-range", problem: names.failure });
  if (names.value.includes("")) return fail({ reason: "inventory-name", problem: "empty" });
  return ok({ names: names.value, port: address.port });
}
