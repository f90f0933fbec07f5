import { sql, type RawBuilder } from "kysely";
import type { OutdatedPart } from "../../contract/approvals.ts";
import type { DefinitionKind } from "../../contract/definitions.ts";
import type { Database } from "../store/database.ts";

/** The kinds whose newer versions void an approval: what is run, where, with which values, and who is asked. */
export const APPROVED_KINDS: readonly DefinitionKind[] = [
  "work_order",
  "variable",
  "variable_group",
  "config_centre",
  "environment",
  "approval_flow",
];

/** SQL: a definition `d` that the request `r` was made from is another version now, in its table of versions `made`. */
const NEWER = sql`from jsonb_each_text(r.made_from) made join definition d on d.id = made.key::int
  where d.kind = any(${[...APPROVED_KINDS]}::text[]) and (d.version <> made.value::int or d.deleted_at is not null)`;

/** SQL: something that the request `r` was made from has changed since. */
export const IS_OUTDATED: RawBuilder<boolean> = sql<boolean>`exists (select 1 ${NEWER})`;

/** What a request was made from and is another version by now. */
export async function outdatedParts(db: Database, request: number): Promise<OutdatedPart[]> {
  const { rows } = await sql<OutdatedPart>`
    select d.kind, d.name, d.value::int as "from",
      case when d.deleted_at is null then d.version end as "to"
    from request r cross join lateral (select d.kind, d.name, d.version, d.deleted_at, made.value ${NEWER}) d
    where r.id = ${request} order by d.kind, d.name`.execute(db);
  return rows;
}

/** In words: `work order project_group1: version 3 -> 4`. */
export function outdatedText(parts: readonly OutdatedPart[]): string {
  return parts
    .map(({ kind, name, from, to }) =>
      to === null
        ? `${kind.replaceAll("_", " ")} ${name}: deleted`
        : `${kind.replaceAll("_", " ")} ${name}: version ${from} -> ${to}`,
    )
    .join("; ");
}
