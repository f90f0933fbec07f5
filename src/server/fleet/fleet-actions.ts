import { sql } from "kysely";
import type { Variable, VariableGroup, WorkOrder } from "../../contract/definitions.ts";
import type { FleetAction } from "../../contract/fleet.ts";
import { parseMode } from "../../domain/mode.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { firstLine } from "../orders/catalogue.ts";
import { maySubmit } from "../orders/order-access.ts";
import type { Database } from "../store/database.ts";
import { gantryLines, placeholderIn } from "./gantry-orders.ts";

/** An order that runs Gantry, and the variables of its form. */
export interface ActingOrder {
  readonly id: number;
  readonly order: WorkOrder;
  readonly variables: readonly Variable[];
}

/** The orders of an environment that the caller may submit now, with the variables of their forms. */
export async function actingOrders(
  db: Database,
  environment: number,
  caller: SignedIn,
): Promise<readonly ActingOrder[]> {
  const { rows } = await sql<{ id: number; data: WorkOrder; variables: VariableGroup | null }>`
    select o.id, o.data, g.data as variables
    from definition o
    left join definition g on g.id = (o.data->>'variableGroup')::int
    where o.kind = 'work_order' and o.environment = ${environment} and o.deleted_at is null
      and (o.data->>'active')::boolean and not (o.data->>'template')::boolean
      and ${maySubmit(caller, "o.id")}
    order by o.name`.execute(db);
  const ids = [...new Set(rows.flatMap(({ variables }) => variables?.variables ?? []))];
  const found =
    ids.length === 0 ? [] : await db.selectFrom("definition").select(["id", "data"]).where("id", "in", ids).execute();
  const byId = new Map(found.map(({ id, data }) => [id, data as unknown as Variable]));
  return rows.map(({ id, data, variables }) => ({
    id,
    order: data,
    variables: (variables?.variables ?? []).flatMap((variable) => byId.get(variable) ?? []),
  }));
}

/** Which of these orders can act on a project, and what their forms begin with. */
export function actionsOn(project: string, environment: string, orders: readonly ActingOrder[]): FleetAction[] {
  return orders.flatMap((each) => actionOf(project, environment, each) ?? []);
}

function actionOf(
  project: string,
  environment: string,
  { id, order, variables }: ActingOrder,
): FleetAction | undefined {
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  const fixed = new Map([
    ...Object.entries(order.builtIn),
    ["sk__env", environment],
    ["sk__name", order.name],
  ] as const);
  const choosers = variables.filter(({ source }) => source.kind === "list" && source.values.some(isMode));
  // A mode that is chosen in the form is none until then: the line is read with each variable that could choose it.
  for (const chooser of [undefined, ...choosers]) {
    const modes = chooser?.source.kind === "list" ? chooser.source.values.filter(isMode) : [];
    const [first] = modes;
    const filled = chooser === undefined || first === undefined ? fixed : new Map([...fixed, [chooser.name, first]]);
    for (const line of gantryLines(order, filled)) {
      if (line.mode === undefined) continue;
      if (line.environment !== undefined && line.environment !== environment) continue;
      const variable = byName.get(placeholderIn(line.project) ?? "");
      if (line.project !== project && (variable === undefined || !mayOffer(variable, project))) continue;
      return {
        order: { id, name: order.name, summary: firstLine(order.description) },
        values: variable === undefined ? {} : { [variable.name]: [project] },
        modes: chooser === undefined ? [line.mode] : modes,
        modeVariable: chooser?.name ?? null,
        hostsVariable: nameOf(line.hosts, byName),
        versionVariable: nameOf(line.to, byName),
      };
    }
  }
  return undefined;
}

function isMode(text: string): boolean {
  return parseMode(text) !== undefined;
}

function nameOf(text: string | undefined, byName: ReadonlyMap<string, Variable>): string | null {
  const name = placeholderIn(text);
  return name !== undefined && byName.has(name) ? name : null;
}

/** Whether a form may offer the project; what scripts and Gantry list is only known when they are asked. */
function mayOffer({ source }: Variable, project: string): boolean {
  if (source.kind === "list") return source.values.includes(project);
  if (source.kind !== "projects") return source.kind === "script" || source.kind === "input";
  return finds(source.keyword, project, true) && !finds(source.exclude, project, false);
}

/** A plain text of a pattern; others may take for ever, and are left to the form itself. */
function finds(pattern: string, project: string, otherwise: boolean): boolean {
  if (pattern === "" || pattern === "None") return otherwise;
  const plain = /^(\^?)([\w-]+)(\$?)$/.exec(pattern);
  if (plain === null) return otherwise;
  const [, start, text = "", end] = plain;
  if (start !== "" && end !== "") return project === text;
  if (start !== "") return project.startsWith(text);
  return end === "" ? project.includes(text) : project.endsWith(text);
}
