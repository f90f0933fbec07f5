import { sql } from "kysely";
import type { Environment } from "../../contract/definitions.ts";
import type { RulePermission } from "../../contract/states.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { notFound } from "../api/problem-error.ts";
import { maySeeRequest, maySubmit } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";

/** What opens an environment by itself, where a role or an object rule gives it. */
const OPENING: readonly RulePermission[] = ["see", "configure"];

export interface SeenEnvironment {
  readonly id: number;
  readonly data: Environment;
}

/**
 * The environments that the caller may see something of, in their order: those of orders that it may submit, of
 * requests that it may see, and those that `see` or `configure` reach. `only`: at most this one.
 */
export async function seenEnvironments(db: Database, caller: SignedIn, only?: number): Promise<SeenEnvironment[]> {
  const { rows } = await sql<SeenEnvironment>`
    select e.id, e.data from definition e
    where e.kind = 'environment' and e.deleted_at is null
      ${only === undefined ? sql`` : sql`and e.id = ${only}`}
      and (${opened(caller)}
        or exists (select 1 from definition w where w.kind = 'work_order' and w.environment = e.id
          and w.deleted_at is null and ${maySubmit(caller, "w.id")})
        or exists (select 1 from request where request.environment = e.id and ${maySeeRequest(caller, "request")}))
    order by (e.data->>'order')::int, e.name`.execute(db);
  return rows;
}

/** One of them; throws not-found where the caller may not see it, so that nobody learns what there is. */
export async function seenEnvironment(db: Database, caller: SignedIn, id: number): Promise<SeenEnvironment> {
  const [environment] = await seenEnvironments(db, caller, id);
  if (environment === undefined) throw notFound("environment");
  return environment;
}

/** SQL: a permission reaches the environment `e`, whatever is in it; a rule for one category reaches only orders. */
function opened({ everywhere, rules }: SignedIn) {
  if (OPENING.some((permission) => everywhere.includes(permission))) return sql<boolean>`true`;
  const given = rules.filter(({ permission, category }) => OPENING.includes(permission) && category === null);
  if (given.some(({ environment }) => environment === null)) return sql<boolean>`true`;
  return sql<boolean>`e.id = any(${given.map(({ environment }) => environment)}::int[])`;
}
