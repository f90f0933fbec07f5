import type { FormValues, RequestDetail } from "../../../contract/requests.ts";
import { parseMode } from "../../../domain/mode.ts";

/** The mode that goes back. */
const ROLLBACK = "rollback";

/** The variables of a request that hold a mode, and may therefore offer to roll back. */
export function modeVariables(values: RequestDetail["values"]): readonly string[] {
  return values
    .filter(({ secret, values: chosen }) => !secret && chosen.length === 1 && parseMode(chosen[0] ?? "") !== undefined)
    .map(({ name }) => name);
}

/** The values with which the order's form rolls back, if that is among what may be chosen for a variable. */
export function rollbackValues(variable: string, options: readonly string[]): FormValues | undefined {
  return options.includes(ROLLBACK) ? { [variable]: [ROLLBACK] } : undefined;
}
