import type { WorkOrder } from "../../contract/definitions.ts";
import { gantryLine, type GantryLine } from "../../domain/gantry-line.ts";
import { parseTask, type TaskWord } from "../../domain/task-line.ts";
import type { Database } from "../store/database.ts";

/**
 * The lines of an order that run Gantry, with `fixed` values put in. A mode is read only where it is no placeholder, or
 * one that `fixed` has a value for.
 */
export function gantryLines(order: WorkOrder, fixed: ReadonlyMap<string, string> = new Map()): readonly GantryLine[] {
  return [order.preTask, order.mainTask, order.postTask].flatMap((task) => {
    const parsed = parseTask(task);
    if (!parsed.ok) return [];
    return parsed.value.flatMap(({ shell, words }) => {
      const line = shell ? undefined : gantryLine(words.map((word) => textOf(word, fixed)));
      return line === undefined ? [] : [line];
    });
  });
}

function textOf(word: TaskWord, fixed: ReadonlyMap<string, string>): string {
  return word.map((part) => (part.kind === "text" ? part.text : (fixed.get(part.name) ?? `{${part.name}}`))).join("");
}

/** The name in a text that is nothing but a placeholder. */
export function placeholderIn(text: string | undefined): string | undefined {
  return /^\{([\p{L}_][\p{L}\p{N}_]*)\}$/u.exec(text ?? "")?.[1];
}

/** A config centre that knows something of an environment's fleet. */
export interface GantryCentre {
  readonly id: number;
  readonly name: string;
}

/** The config centres at which active orders of these environments run Gantry, by environment and in order of names. */
export async function gantryCentres(
  db: Database,
  environments: readonly number[],
): Promise<ReadonlyMap<number, readonly GantryCentre[]>> {
  if (environments.length === 0) return new Map();
  const orders = await db
    .selectFrom("definition")
    .select(["environment", "data"])
    .where("kind", "=", "work_order")
    .where("deleted_at", "is", null)
    .where("environment", "in", [...environments])
    .execute();
  const used = new Map<number, Set<number>>();
  for (const { environment, data } of orders) {
    const order = data as unknown as WorkOrder;
    if (environment === null || !order.active || order.template || !runsGantry(order)) continue;
    used.set(environment, (used.get(environment) ?? new Set()).add(order.configCentre));
  }
  const ids = [...new Set([...used.values()].flatMap((centres) => [...centres]))];
  if (ids.length === 0) return new Map();
  const centres = await db
    .selectFrom("definition")
    .select(["id", "name"])
    .where("kind", "=", "config_centre")
    .where("deleted_at", "is", null)
    .where("id", "in", ids)
    .orderBy("name")
    .execute();
  return new Map([...used].map(([environment, of]) => [environment, centres.filter(({ id }) => of.has(id))]));
}

/** Whatever its form is filled in with: a mode may be chosen there. */
function runsGantry(order: WorkOrder): boolean {
  if (gantryLines(order).length > 0) return true;
  const names = [...`${order.preTask}\n${order.mainTask}\n${order.postTask}`.matchAll(/\{(\w+)\}/gu)];
  return gantryLines(order, new Map(names.map(([, name = ""]) => [name, "inquiry"]))).length > 0;
}
