import { ENDED_REQUEST_STATES, REQUEST_STATES } from "../../../contract/states.ts";
import { beginOf, endOf, filterTime } from "../../components/filter-times.ts";
import type { HistoryFilters } from "../../paths.ts";

/** States that are looked for together. */
export const STATE_GROUPS = {
  open: REQUEST_STATES.filter((state) => !ENDED_REQUEST_STATES.includes(state)),
  waiting: ["waiting", "approved", "scheduled", "queued"],
  bad: ["failed", "lost"],
  notRun: ["rejected", "revoked", "expired", "refused"],
} as const;

/** The filters that an address holds; what makes no sense in it is left out. */
export function filtersIn(search: Readonly<Record<string, unknown>>): HistoryFilters {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const id = (name: string, least = 1): number | undefined => {
    const value = Number(text(name));
    return Number.isInteger(value) && value >= least ? value : undefined;
  };
  return {
    state: text("state"),
    environment: id("environment"),
    // 0: those without a category.
    category: id("category", 0),
    order: id("order"),
    by: text("by"),
    text: text("text"),
    value: text("value")?.includes(":") === true ? text("value") : undefined,
    from: filterTime(search["from"]),
    to: filterTime(search["to"]),
  };
}

/** What is asked for: days become the moments at which they begin and end where the viewer is. */
export function requestQuery({ from, to, value, ...filters }: HistoryFilters): HistoryFilters {
  return { ...filters, value: valueFilter(value).text === "" ? undefined : value, from: beginOf(from), to: endOf(to) };
}

/** `NAME:text` in its parts: the values of that variable have to have that text in them. */
export function valueFilter(value: string | undefined): { readonly variable: string; readonly text: string } {
  const colon = value?.indexOf(":") ?? -1;
  if (value === undefined || colon === -1) return { variable: "", text: "" };
  return { variable: value.slice(0, colon), text: value.slice(colon + 1) };
}

/** Whether anything is filtered by. */
export function isFiltered(filters: HistoryFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}
