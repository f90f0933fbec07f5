import { z } from "zod";
import { number } from "./routes/inputs.ts";

const instant = z.iso.datetime({ offset: true });

/** What lists of requests can be narrowed by. Several filters together all have to fit. */
export const HISTORY_FILTERS = {
  /** One or several states, separated by commas. */
  state: z.string().max(200).optional(),
  environment: number.positive().optional(),
  /** Id of a category; 0: those without one. */
  category: number.min(0).optional(),
  order: number.positive().optional(),
  /** One or several names of accounts, separated by commas. */
  by: z.string().max(1000).optional(),
  /** Part of the order's name, of a value or of the note; any letter case. */
  text: z.string().max(200).optional(),
  /** When it was submitted: from this moment on, and before that one. */
  from: instant.optional(),
  to: instant.optional(),
  /** `NAME:text`: the values of this variable have this text in them. May be given several times. */
  value: z.union([z.string().max(300), z.array(z.string().max(300)).max(10)]).optional(),
} as const;

/** Names of the variables whose values are wanted as columns, separated by commas. */
export const valueColumns = z.string().max(1000).optional();

/** A variable that occurs in the filtered orders, to choose columns and filters from; never a secret one. */
export const HistoryVariable = z.object({ name: z.string(), label: z.string() });
export type HistoryVariable = z.infer<typeof HistoryVariable>;
