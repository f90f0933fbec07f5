import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { AuditBody } from "../../contract/audit.ts";
import { DEFINITIONS, type DefinitionData, type DefinitionKind } from "../../contract/definitions.ts";
import type { Database } from "../store/database.ts";

/** Ids of what a database was filled with. */
export interface Past {
  readonly environments: readonly number[];
  readonly categories: readonly number[];
  readonly orders: readonly number[];
  readonly accounts: readonly number[];
  /** Members may submit three orders that are seldom used, and forty. */
  readonly fewGroup: number;
  readonly partGroup: number;
}

const ORDERS = 200;
const ACCOUNTS = 60;
/** Requests that are inserted at once. */
const PART = 20_000;

/** Fills a database with a year of past requests, uneven as they are in life: few orders and people have most of them. */
export async function fillPast(db: Database, requests: number): Promise<Past> {
  const environments = await Promise.all(
    ["live", "stage", "dev", "test"].map((name) => define(db, "environment", { name })),
  );
  const categories = await Promise.all(
    ["DeployDocker", "DataFix", "数据修复", "Reports", "Tools", "Network"].map((name) =>
      define(db, "category", { name }),
    ),
  );
  const centre = await define(db, "config_centre", { name: "past", connection: "local" });
  const variables = await Promise.all(
    ["project", "version", "mode"].map((name) =>
      define(db, "variable", {
        name,
        label: `Label of ${name}`,
        source: { kind: "list", values: ["a"] },
        formType: "select",
      }),
    ),
  );
  const group = await define(db, "variable_group", { name: "past", variables });
  const orders: number[] = [];
  for (let n = 0; n < ORDERS; n += 1)
    orders.push(
      await define(db, "work_order", {
        name: `order_${String(n).padStart(3, "0")}`,
        environment: pick(environments, [0, 0, 0, 0, 1, 1, 2, 3], n),
        category: n % 7 === 6 ? null : (categories[n % 6] ?? null),
        configCentre: centre,
        variableGroup: group,
        mainTask: "echo {project} {version} {mode}",
      }),
    );
  const accounts = await insertAccounts(db);
  await sql.raw("drop index request_search_grams").execute(db);
  for (let from = 1; from <= requests; from += PART) {
    const to = Math.min(from + PART - 1, requests);
    await insertPart(db, { from, to, of: requests, orders, accounts, centre });
  }
  await sql
    .raw(
      `insert into request_variable select distinct work_order, name from request, jsonb_object_keys(form_values) name`,
    )
    .execute(db);
  await sql
    .raw(
      `create index request_search_grams on request_search using gin (search_grams(search))
        with (gin_pending_list_limit = 256)`,
    )
    .execute(db);
  const groupOf = async (name: string, from: number, count: number): Promise<number> => {
    const { id } = await db.insertInto("user_group").values({ name }).returning("id").executeTakeFirstOrThrow();
    const rows = orders.slice(from, from + count).map((order) => ({ work_order: order, user_group: id }));
    await db.insertInto("work_order_submitter").values(rows).execute();
    return id;
  };
  const fewGroup = await groupOf("few", 150, 3);
  const partGroup = await groupOf("part", 20, 40);
  await sql.raw("analyze").execute(db);
  await sql.raw("vacuum request, request_search, request_rollup").execute(db);
  return { environments, categories, orders, accounts, fewGroup, partGroup };
}

async function define<K extends DefinitionKind>(
  db: Database,
  kind: K,
  data: Partial<DefinitionData[K]> & { readonly name: string },
): Promise<number> {
  const parsed = DEFINITIONS[kind].parse(data) as { environment?: number | null; category?: number | null };
  const row = await db
    .insertInto("definition")
    .values({
      kind,
      name: data.name,
      environment: parsed.environment ?? null,
      category: parsed.category ?? null,
      data: JSON.stringify(parsed),
      author: "admin",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

function pick<T>(from: readonly T[], pattern: readonly number[], n: number): T {
  const found = from[pattern[n % pattern.length] ?? 0];
  if (found === undefined) throw new Error("the pattern names none of them");
  return found;
}

async function insertAccounts(db: Database): Promise<number[]> {
  const rows = await db
    .insertInto("account")
    .values(
      Array.from({ length: ACCOUNTS }, (_, n) => ({
        name: `person${n}`,
        display_name: "",
        password_hash: "",
        role: "submitter",
      })),
    )
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** States, and how many of a thousand requests have ended so. */
const ENDS = { failed: 70, stopped: 20, rejected: 15, revoked: 10, lost: 5, expired: 5, refused: 5 };

interface Part {
  readonly from: number;
  readonly to: number;
  readonly of: number;
  readonly orders: readonly number[];
  readonly accounts: readonly number[];
  readonly centre: number;
}

/** Inserts a part; what the triggers would do row by row is done for all of it at once. */
function insertPart(db: Database, part: Part): Promise<void> {
  return db.transaction().execute(async (trx) => {
    await sql.raw("set local session_replication_role = replica").execute(trx);
    await sql`select setseed(${part.from / part.of})`.execute(trx);
    await insertRequests(trx, part);
    const [from, to] = [part.from, part.to + 1];
    await sql`insert into request_search select id, request_text(order_name, form_values, note) from request
      where id >= ${from} and id < ${to}`.execute(trx);
    await sql`select count_requests(${from}, ${to})`.execute(trx);
  });
}

async function insertRequests(db: Database, { from, to, of, orders, accounts, centre }: Part): Promise<void> {
  const bounds = Object.entries(ENDS).reduce<[string, number][]>(
    (sum, [state, share]) => [...sum, [state, (sum.at(-1)?.[1] ?? 0) + share]],
    [],
  );
  const state = sql.raw(
    `case ${bounds.map(([name, bound]) => `when dice < ${bound} then '${name}'`).join(" ")} else 'succeeded' end`,
  );
  await sql`
    insert into request (work_order, order_version, order_name, environment, category, config_centre, account, state,
      form_values, summary, lines, hash, lock_policy, lock_key, note, submitted_at, started_at, ended_at)
    select o.id, 1, o.name, o.environment, o.category, ${centre}, accounts[1 + floor(${accounts.length} * who ^ 2)::int],
      r.state,
      jsonb_build_object('project', jsonb_build_array('demo' || o.id % 40), 'version', jsonb_build_array(r.version),
        'mode', jsonb_build_array(mode)),
      'demo' || o.id % 40 || ' ' || r.version || ' ' || mode,
      '[{"task":"main","argv":["echo"],"shell":false,"gantry":false}]', md5(r.n::text), 'queue', 'order/' || o.id,
      case when r.n % 10 = 0 then '修复支付网关 ' || r.n when r.n % 10 = 1 then 'ticket OPS-' || r.n else '' end,
      at, case when ran then at + interval '2 s' end,
      case when r.state in ('running', 'queued', 'scheduled') then null when ran then at + interval '2 s' + lasted else at + interval '1 h' end
    from (
      select *, case when n > ${of - 20} then (array['running', 'queued', 'scheduled'])[1 + n % 3]
          else ${state} end as state,
        now() - interval '365 days' * (1 - n::float8 / ${of}) - interval '1 minute' as at,
        '2026' || lpad((1 + n % 12)::text, 2, '0') || '.' || lpad((n * 7919 % 1000000)::text, 6, '0') as version,
        (array['update', 'restart', 'rollback', 'inquiry'])[1 + floor(4 * mode_dice ^ 3)::int] as mode,
        interval '1 s' * exp(2 + 4 * long_dice) as lasted
      from (
        select n, 1000 * random() as dice, random() as who, random() as which, random() as mode_dice,
          random() as long_dice from generate_series(${from}::int, ${to}::int) n
      ) dice
    ) r
    cross join lateral (select r.state in ('succeeded', 'failed', 'stopped', 'lost', 'running') as ran) ran
    cross join (select ${[...accounts]}::int[] as accounts) a
    join definition o on o.id = (${[...orders]}::int[])[1 + floor(${orders.length} * r.which ^ 3)::int]
    order by r.n`.execute(db);
}

/** Appends so many events to the audit, chained as the database does, but in one go: it takes seconds. */
export async function fillAudit(db: Database, events: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql.raw("set local session_replication_role = replica").execute(trx);
    await sql.raw("drop index audit_event_search").execute(trx);
    const head = await trx.selectFrom("audit_head").selectAll().executeTakeFirstOrThrow();
    let { seq, hash } = head;
    const began = Date.now() - events * 60_000;
    for (let done = 0; done < events;) {
      const rows: unknown[] = [];
      for (; rows.length < 5000 && done < events; done += 1) {
        const body = eventBody(done, new Date(began + done * 60_000));
        const text = JSON.stringify(body);
        const previous = hash;
        seq += 1;
        hash = createHash("sha256").update(previous).update(`${seq}\n${text}`).digest();
        const hex = (bytes: Buffer): string => `\\x${bytes.toString("hex")}`;
        const { at, actor, action, object } = body;
        rows.push({
          seq,
          at,
          actor: actor.name,
          action,
          body: text,
          previous: hex(previous),
          hash: hex(hash),
          object_kind: object.kind,
          object_id: object.id,
          object_name: object.name,
        });
      }
      await sql`
        insert into audit_event (seq, at, actor, action, object_kind, object_id, object_name, body, previous, hash, search)
        select seq, at, actor, action, object_kind, object_id, object_name, body, previous, hash,
          audit_text(actor, object_name, body)
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(seq bigint, at timestamptz, actor text, action text,
          object_kind text, object_id text, object_name text, body text, previous bytea, hash bytea)`.execute(trx);
    }
    await trx.updateTable("audit_head").set({ seq, hash }).execute();
    await sql
      .raw(
        `create index audit_event_search on audit_event using gin (search_grams(search))
          with (gin_pending_list_limit = 256) where seq is not null`,
      )
      .execute(trx);
  });
  await sql.raw("vacuum analyze audit_event").execute(db);
}

const ACTIONS = ["signed-in", "submitted", "run-started", "run-ended", "definition-changed", "vote-approve"] as const;

function eventBody(n: number, at: Date): AuditBody {
  const action = n % 500 === 0 ? "glass-broken" : (ACTIONS[n % ACTIONS.length] ?? "signed-in");
  const person = `person${(n * n) % 61}`;
  return {
    at: at.toISOString(),
    actor: { id: 1 + (n % 60), name: person, via: "session", address: `10.0.${n % 256}.7` },
    action,
    object: {
      kind: action === "definition-changed" ? "work_order" : "request",
      id: String(n % 20_000),
      name: `order_${n % 200}`,
    },
    data: { version: n, note: n % 50 === 0 ? "修复支付网关" : "" },
  };
}
