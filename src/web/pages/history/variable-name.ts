import type { HistoryVariable } from "../../../contract/history.ts";

/** A variable as people know it, with the name that tells it from others that look alike. */
export function variableName({ name, label }: HistoryVariable): string {
  return label === "" || label === name ? name : `${label} (${name})`;
}
