import { sql, type RawBuilder } from "kysely";
import { REQUEST_STATES, type RequestState } from "../../contract/states.ts";
import { invalid } from "../api/problem-error.ts";
import { AS_PARAMETERS, type GivenValues } from "./given-values.ts";
import type { Database } from "../store/database.ts";

/** What lists of requests are narrowed by, as HISTORY_FILTERS has it. */
export interface HistoryQuery {
  readonly state?: string | undefined;
  readonly environment?: number | undefined;
  readonly category?: number | undefined;
  readonly order?: number | undefined;
  readonly by?: string | undefined;
  readonly text?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly value?: string | readonly string[] | undefined;
}

/** The same, checked, with names looked up. */
export interface HistoryFilter {
  readonly states: readonly RequestState[] | undefined;
  readonly environment: number | undefined;
  readonly category: number | undefined;
  readonly order: number | undefined;
  readonly accounts: readonly number[] | undefined;
  /** All of these must occur. */
  readonly words: readonly string[];
  readonly values: readonly { readonly name: string; readonly text: string }[];
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** Words that are searched for at once; more make no search narrower. */
const MOST_WORDS = 8;

export async function historyFilter(db: Database, query: HistoryQuery): Promise<HistoryFilter> {
  const { environment, category, order, from, to } = query;
  return {
    states: query.state === undefined ? undefined : statesOf(query.state),
    environment,
    category,
    order,
    accounts: query.by === undefined ? undefined : await accountsOf(db, query.by),
    words: (query.text ?? "").split(/\s+/).filter(Boolean).slice(0, MOST_WORDS),
    values: [query.value ?? []].flat().map(valueOf),
    from,
    to,
  };
}

/** SQL: a row of requests fits what the filter says about its columns; texts are another matter. */
export function columnConditions(
  filter: HistoryFilter,
  table: string,
  given: GivenValues = AS_PARAMETERS,
): RawBuilder<boolean>[] {
  const column = (name: string) => sql.ref(`${table}.${name}`);
  const oneOf = (name: string, values: readonly (string | number)[], type: "int" | "text") =>
    sql<boolean>`${column(name)} = ${values.length === 1 ? given.one(values[0] ?? "") : given.any(values, type)}`;
  const { states, environment, category, order, accounts, from, to } = filter;
  const conditions: RawBuilder<boolean>[] = [];
  if (states !== undefined) conditions.push(oneOf("state", states, "text"));
  if (environment !== undefined) conditions.push(oneOf("environment", [environment], "int"));
  if (category !== undefined)
    conditions.push(category === 0 ? sql`${column("category")} is null` : oneOf("category", [category], "int"));
  if (order !== undefined) conditions.push(oneOf("work_order", [order], "int"));
  if (accounts !== undefined) conditions.push(oneOf("account", accounts, "int"));
  if (from !== undefined) conditions.push(sql`${column("submitted_at")} >= ${given.one(from)}`);
  if (to !== undefined) conditions.push(sql`${column("submitted_at")} < ${given.one(to)}`);
  return conditions;
}

/** SQL: a row of requests has the filter's values; each row is looked at, so textConditions come first. */
export function valueConditions({ values }: HistoryFilter, table: string): RawBuilder<boolean>[] {
  return values.map(
    ({ name, text }) => sql<boolean>`exists (
      select 1 from jsonb_array_elements_text(${sql.ref(`${table}.form_values`)} -> ${name}) v
      where lower(v) like lower(${patternOf(text)}))`,
  );
}

/** SQL: this column of request_search has the filter's words, and somewhere the texts of its values. */
export function textConditions(filter: HistoryFilter, search: RawBuilder<unknown>): RawBuilder<boolean>[] {
  return textsOf(filter).map((text) => sql<boolean>`${search} like lower(${patternOf(text)})`);
}

/** SQL: what an index can say of the same; empty: nothing. */
export function gramConditions(filter: HistoryFilter, search: RawBuilder<unknown>): RawBuilder<boolean>[] {
  return textsOf(filter)
    .filter((text) => Array.from(text).length > 1)
    .map((text) => sql<boolean>`search_grams(${search}) @> sought_grams(lower(${text}))`);
}

/** Whether texts of requests are to be searched. */
export function isSearched(filter: HistoryFilter): boolean {
  return textsOf(filter).length > 0;
}

function textsOf({ words, values }: HistoryFilter): string[] {
  return [...words, ...values.map(({ text }) => text)];
}

/** The pattern of LIKE for a text anywhere. */
export function patternOf(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

async function accountsOf(db: Database, text: string): Promise<number[]> {
  const names = listOf(text).map((name) => name.toLowerCase());
  const { rows } = await sql<{ id: number }>`
    select id from account where lower(name) = any(${names}::text[])`.execute(db);
  return rows.map(({ id }) => id);
}

function statesOf(text: string): RequestState[] {
  const names = listOf(text);
  const unknown = names.find((name) => !(REQUEST_STATES as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw invalid([
      {
        field: "state",
        rule: "unknown",
        message: `There is no state ${unknown}. States: ${REQUEST_STATES.join(", ")}.`,
      },
    ]);
  return names as RequestState[];
}

function valueOf(text: string): { name: string; text: string } {
  const colon = text.indexOf(":");
  if (colon < 1 || colon === text.length - 1)
    throw invalid([
      { field: "value", rule: "format", message: `Give NAME:text, such as project:demo1, instead of ${text}.` },
    ]);
  return { name: text.slice(0, colon), text: text.slice(colon + 1) };
}

/** Parts of a text, separated by commas. */
export function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}
