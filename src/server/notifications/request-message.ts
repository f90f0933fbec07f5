import { sql } from "kysely";
import type { Message } from "../../adapters/notification/message.ts";
import type { NotificationEvent } from "../../contract/notification-channel.ts";
import type { Database } from "../store/database.ts";
import { NOTIFICATION_WORDS } from "../words/notification-words.ts";

interface Row {
  id: number;
  order_name: string;
  environment: string;
  category: string | null;
  by: string;
  by_name: string;
  state: string;
  summary: string;
  note: string;
  reason: string | null;
  break_glass: string | null;
  hash: string;
  submitted_at: Date;
  scheduled_at: Date | null;
  started_at: Date | null;
  ended_at: Date | null;
  level: number | null;
  level_name: string | null;
  levels: number;
  problem: string | null;
}

/** What is told of a request; secret values are in none of it. `base`: the console's address. */
export async function requestMessage(
  db: Database,
  request: number,
  event: NotificationEvent,
  language: "en" | "zh",
  base: string,
): Promise<Message> {
  const { rows } = await sql<Row>`
    select r.id, r.order_name, e.name as environment, c.name as category, a.name as by, a.display_name as by_name,
      r.state, r.summary, r.note, r.reason, r.break_glass, r.hash, r.submitted_at, r.scheduled_at, r.started_at,
      r.ended_at, r.level, l.name as level_name,
      (select count(*)::int from request_level where request = r.id) as levels,
      (select problem from run where run.request = r.id order by run.id desc limit 1) as problem
    from request r
    join definition e on e.id = r.environment
    left join definition c on c.id = r.category
    join account a on a.id = r.account
    left join request_level l on l.request = r.id and l.level = r.level
    where r.id = ${request}`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error(`request ${request} is not there`);
  const words = NOTIFICATION_WORDS[language];
  const took =
    row.started_at === null || row.ended_at === null
      ? undefined
      : Math.round((row.ended_at.getTime() - row.started_at.getTime()) / 1000);
  const fact = (label: string, value: string | null | undefined): (readonly [string, string])[] =>
    value === undefined || value === null || value === "" ? [] : [[label, value.slice(0, 500)]];
  const waits = event === "waiting";
  const url = `${base}/requests/${row.id}`;
  return {
    title: words.title(words.events[event], row.order_name, row.environment, row.summary.slice(0, 100)),
    facts: [
      ...fact(words.environment, row.environment),
      ...fact(words.by, row.by_name === "" ? row.by : `${row.by_name} (${row.by})`),
      ...fact(words.values, row.summary),
      ...fact(words.note, row.note),
      ...fact(
        words.level,
        waits && row.level !== null ? `${row.level}/${row.levels} ${row.level_name ?? ""}` : undefined,
      ),
      ...fact(words.scheduledAt, row.scheduled_at?.toISOString()),
      ...fact(words.duration, took === undefined ? undefined : words.seconds(took)),
      ...fact(words.breakGlass, row.break_glass),
      ...fact(words.reason, row.reason ?? row.problem),
    ],
    link: { label: waits ? words.decide(row.id) : words.open(row.id), url },
    event,
    body: {
      event,
      request: {
        id: row.id,
        order: row.order_name,
        environment: row.environment,
        category: row.category,
        by: row.by,
        state: row.state,
        summary: row.summary,
        note: row.note,
        reason: row.reason,
        breakGlass: row.break_glass,
        hash: row.hash,
        level: row.level,
        levels: row.levels,
        submittedAt: row.submitted_at.toISOString(),
        scheduledAt: row.scheduled_at?.toISOString() ?? null,
        startedAt: row.started_at?.toISOString() ?? null,
        endedAt: row.ended_at?.toISOString() ?? null,
        url,
      },
    },
  };
}

/** What the test button sends. */
export function testMessage(language: "en" | "zh", base: string): Message {
  const { test } = NOTIFICATION_WORDS[language];
  return {
    title: test.title,
    facts: [test.fact],
    link: { label: test.open, url: base },
    event: "test",
    body: { event: "test", url: base },
  };
}
