import { REQUEST_STATES, ENDED_REQUEST_STATES } from "../../../contract/states.ts";
import type { HistoryFilters } from "../../paths.ts";

/** States that are looked for together. */
export const STATE_GROUPS = {
  open: REQUEST_STATES.filter((state) => !ENDED_REQUEST_STATES.includes(state)),
  bad: ["failed", "lost"],
} as const;

/** The filters that an address holds; what makes no sense in it is left out. */
export function filtersIn(search: Readonly<Record<string, unknown>>): HistoryFilters {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const id = (name: string): number | undefined => {
    const value = Number(text(name));
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  const day = (name: string): string | undefined => (isDay(text(name)) ? text(name) : undefined);
  return {
    state: text("state"),
    environment: id("environment"),
    order: id("order"),
    by: text("by"),
    text: text("text"),
    from: day("from"),
    to: day("to"),
  };
}

function isDay(text: string | undefined): boolean {
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text));
}

/** What is asked for: days become the moments at which they begin and end where the viewer is. */
export function requestQuery({ from, to, ...filters }: HistoryFilters): HistoryFilters {
  return {
    ...filters,
    from: from === undefined ? undefined : startOfDay(from, 0),
    to: to === undefined ? undefined : startOfDay(to, 1),
  };
}

function startOfDay(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

/** Whether anything is filtered by. */
export function isFiltered(filters: HistoryFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}
