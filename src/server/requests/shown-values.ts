import { sql } from "kysely";
import type { Variable } from "../../contract/definitions.ts";
import type { FormValues } from "../../contract/requests.ts";
import { valuesGiven } from "../../domain/form-values.ts";
import type { Database } from "../store/database.ts";

type ShownVariable = Pick<Variable, "name" | "label" | "secret">;

/** The part of a request's row that its values are shown from. */
interface Valued {
  readonly id: number;
  readonly form_values: FormValues;
}

/** The values with the labels of the form that they were typed into; secrets have none. */
export function shownValues(variables: readonly ShownVariable[], { form_values }: Valued) {
  return variables.map(({ name, label, secret }) => ({
    name,
    label,
    secret,
    values: secret ? [] : [...valuesGiven(form_values, name)],
  }));
}

/** The variables of the forms that requests were made with, in their order and the versions of then, by request. */
export async function formsOf(db: Database, requests: readonly number[]): Promise<Map<number, ShownVariable[]>> {
  const forms = new Map<number, ShownVariable[]>(requests.map((id) => [id, []]));
  if (requests.length === 0) return forms;
  const { rows } = await sql<ShownVariable & { request: number }>`
    select r.id as request, v.data->>'name' as name, v.data->>'label' as label, (v.data->>'secret')::boolean as secret
    from request r
    join definition_version o on o.definition = r.work_order and o.version = r.order_version
    join definition_version g on g.definition = (o.data->>'variableGroup')::int
      and g.version = (r.made_from->>(o.data->>'variableGroup'))::int
    cross join lateral jsonb_array_elements_text(g.data->'variables') with ordinality as part(variable, place)
    join definition_version v on v.definition = part.variable::int
      and v.version = (r.made_from->>part.variable)::int
    where r.id = any(${[...requests]}::bigint[])
    order by r.id, part.place`.execute(db);
  for (const { request, ...variable } of rows) forms.get(request)?.push(variable);
  return forms;
}
