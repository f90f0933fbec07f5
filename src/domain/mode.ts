/** What a run does to each host, in the order in which help lists them. */
export const MODES = [
  "update",
  "update_hard",
  "update_hard_check",
  "restart",
  "restart_soft",
  "rollback",
  "stop_soft",
  "inquiry",
] as const;

export type Mode = (typeof MODES)[number];

/** Spellings that old work orders use, and what they mean. */
const ALIASES: ReadonlyMap<string, Mode> = new Map([
  ["inquery", "inquiry"],
  ["update2", "update"],
  ["restart_hard", "restart"],
  ["stop_hard", "stop_soft"],
]);

/** The mode that a user named, or undefined. */
export function parseMode(text: string): Mode | undefined {
  return MODES.find((mode) => mode === text) ?? ALIASES.get(text);
}

/** True for modes that bring a new image to the hosts. */
export function releases(mode: Mode): boolean {
  return mode === "update" || mode === "update_hard" || mode === "update_hard_check";
}
