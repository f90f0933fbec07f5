/** Variables that every task has: the order's name, its environment, and the name of the run's log file. */
export const SYSTEM_VARIABLES = ["sk__name", "sk__env", "sk__task_name_created"] as const;

/** Whether a name is kept for the system: all that begin with `sk__` are, so that more can be added. */
export function isSystemName(name: string): boolean {
  return name.startsWith("sk__");
}
