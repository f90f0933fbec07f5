import { stampOf } from "./version.ts";

/** The name of a submitted order's log file, for `-tnc`: `project_group1.20261123.101010`, in local time. */
export function taskNameCreated(order: string, time: Date): string {
  return `${order}.${stampOf(time)}`;
}
