import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { sql } from "kysely";
import type { RequestListItem } from "../../contract/requests.ts";
import { valuesGiven } from "../../domain/form-values.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Database } from "../store/database.ts";
import { selectListed } from "../requests/request-list.ts";
import { historyFilter, listOf, type HistoryFilter, type HistoryQuery } from "./history-filter.ts";
import { matchingRequests } from "./matching-requests.ts";
import { csvWords, type CsvWords } from "./csv-words.ts";
import { openNames } from "./variable-names.ts";
import { visibilityOf, type Visibility } from "./visibility.ts";

/** Rows of one file: spreadsheets grow slow with more, and nobody reads them. */
const MOST_ROWS = 100_000;
/** Rows that are read at once. */
const BATCH = 2000;

interface CsvQuery extends HistoryQuery {
  readonly columns?: string | undefined;
  readonly zone: string;
}

/**
 * The requests that fit as CSV with a byte order mark, so that spreadsheets read it as UTF-8. What a spreadsheet would
 * take for a formula begins with a quote. Read a batch at a time, as fast as it is taken.
 */
export async function requestCsv(
  db: Database,
  caller: SignedIn,
  query: CsvQuery,
  language: "en" | "zh",
): Promise<Readable> {
  const [filter, visibility, columns] = await Promise.all([
    historyFilter(db, query),
    visibilityOf(db, caller),
    openNames(db, listOf(query.columns ?? "")),
  ]);
  const words = csvWords[language];
  const time = timeIn(query.zone);
  const header = [...words.columns(query.zone), ...columns];
  const rows = async function* (): AsyncGenerator<string[]> {
    yield header;
    let count = 0;
    for await (const item of allMatching(db, filter, visibility, columns)) {
      if (count === MOST_ROWS) {
        yield [words.cut(MOST_ROWS)];
        return;
      }
      count += 1;
      yield rowOf(item, columns, words, time);
    }
  };
  const csv = stringify({ bom: true, escape_formulas: true, record_delimiter: "\r\n" });
  // An error ends the answer early: the client sees a broken transfer, not a shorter file.
  pipeline(Readable.from(rows()), csv, () => undefined);
  return csv;
}

async function* allMatching(
  db: Database,
  filter: HistoryFilter,
  visibility: Visibility | undefined,
  columns: readonly string[],
): AsyncGenerator<RequestListItem> {
  let after: number | undefined;
  for (;;) {
    const found = await matchingRequests(db, { filter, visibility, after, limit: BATCH }, (ids) =>
      selectListed(db, sql`r.id = any(array(${ids}))`, BATCH, "newest", columns),
    );
    yield* found;
    if (found.length < BATCH) return;
    after = found.at(-1)?.id;
  }
}

function rowOf(
  item: RequestListItem,
  columns: readonly string[],
  words: CsvWords,
  time: (iso: string | null) => string,
): string[] {
  const { startedAt, endedAt } = item;
  const seconds = startedAt === null || endedAt === null ? "" : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return [
    String(item.id),
    item.order.name,
    item.environment.name,
    item.category ?? "",
    words.states[item.state],
    item.by,
    time(item.submittedAt),
    time(item.scheduledAt),
    time(startedAt),
    time(endedAt),
    String(seconds),
    item.summary,
    ...columns.map((name) => valuesGiven(item.values ?? {}, name).join(", ")),
  ];
}

/** As spreadsheets know times: `2026-11-25 16:03:07`. */
function timeIn(zone: string): (iso: string | null) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  return (iso) => (iso === null ? "" : format.format(new Date(iso)));
}
