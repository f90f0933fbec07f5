import { sql, type Selectable } from "kysely";
import { referencesOf, type DefinitionData, type DefinitionKind, type WorkOrder } from "../../contract/definitions.ts";
import type { Database } from "../store/database.ts";
import type { Schema } from "../store/schema.ts";

export type DefinitionRow = Selectable<Schema["definition"]>;
export interface DefinitionUse {
  readonly kind: DefinitionKind;
  readonly id: number;
  readonly name: string;
}

/** Reads and writes definitions with their versions and references. Data are checked and sealed by the caller. */
export class DefinitionStore {
  readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  list(kind: DefinitionKind): Promise<DefinitionRow[]> {
    return this.#alive().where("kind", "=", kind).orderBy("name").execute();
  }

  find(kind: DefinitionKind, id: number): Promise<DefinitionRow | undefined> {
    return this.#alive().where("kind", "=", kind).where("id", "=", id).executeTakeFirst();
  }

  /** The data of one that is known to be there. */
  async data<K extends DefinitionKind>(kind: K, id: number): Promise<DefinitionData[K] & { readonly id: number }> {
    const row = await this.find(kind, id);
    if (row === undefined) throw new Error(`${kind} ${id} is not there`);
    return { ...(row.data as unknown as DefinitionData[K]), id: row.id };
  }

  findMany(ids: readonly number[]): Promise<DefinitionRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.#alive()
      .where("id", "in", [...ids])
      .execute();
  }

  create(kind: DefinitionKind, data: Readonly<Record<string, unknown>>, author: string): Promise<DefinitionRow> {
    return this.db.transaction().execute(async (trx) => {
      const row = await trx
        .insertInto("definition")
        .values({ kind, author, ...columnsOf(kind, data) })
        .returningAll()
        .executeTakeFirstOrThrow();
      await keepVersion(trx, row);
      return row;
    });
  }

  /** Makes a new version; undefined when the one that was edited is not the newest any more. */
  update(
    row: Pick<DefinitionRow, "id" | "kind">,
    version: number,
    data: Readonly<Record<string, unknown>>,
    author: string,
  ): Promise<DefinitionRow | undefined> {
    return this.db.transaction().execute(async (trx) => {
      const updated = await trx
        .updateTable("definition")
        .set({ ...columnsOf(row.kind, data), author, version: version + 1, updated_at: sql`now()` })
        .where("id", "=", row.id)
        .where("version", "=", version)
        .where("deleted_at", "is", null)
        .returningAll()
        .executeTakeFirst();
      if (updated !== undefined) await keepVersion(trx, updated);
      return updated;
    });
  }

  /** Past requests keep what they were made from; so the row stays, out of sight. */
  async remove(id: number): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await trx
        .updateTable("definition")
        .set({ deleted_at: sql`now()` })
        .where("id", "=", id)
        .execute();
      await trx.deleteFrom("definition_reference").where("source", "=", id).execute();
      await trx.deleteFrom("work_order_submitter").where("work_order", "=", id).execute();
    });
  }

  /** What refers to each of these. */
  async usesOf(ids: readonly number[]): Promise<Map<number, DefinitionUse[]>> {
    const uses = new Map<number, DefinitionUse[]>();
    if (ids.length === 0) return uses;
    const rows = await this.db
      .selectFrom("definition_reference as r")
      .innerJoin("definition as d", "d.id", "r.source")
      .select(["r.target", "d.id", "d.kind", "d.name"])
      .where("r.target", "in", [...ids])
      .where("d.deleted_at", "is", null)
      .orderBy("d.name")
      .execute();
    for (const { target, ...use } of rows) uses.set(target, [...(uses.get(target) ?? []), use]);
    return uses;
  }

  versions(id: number): Promise<Selectable<Schema["definition_version"]>[]> {
    return this.db
      .selectFrom("definition_version")
      .selectAll()
      .where("definition", "=", id)
      .orderBy("version", "desc")
      .limit(500)
      .execute();
  }

  #alive() {
    return this.db.selectFrom("definition").selectAll().where("deleted_at", "is", null);
  }
}

function columnsOf(kind: DefinitionKind, data: Readonly<Record<string, unknown>>) {
  const placed = kind === "variable" || kind === "variable_group" || kind === "work_order";
  return {
    name: String(data["name"]),
    environment: placed ? ((data["environment"] as number | null) ?? null) : null,
    category: placed ? ((data["category"] as number | null) ?? null) : null,
    data: JSON.stringify(data),
  };
}

async function keepVersion(db: Database, row: DefinitionRow): Promise<void> {
  const { id, kind, version, author, data } = row;
  await db
    .insertInto("definition_version")
    .values({ definition: id, version, author, data: JSON.stringify(data) })
    .execute();
  await db.deleteFrom("definition_reference").where("source", "=", id).execute();
  const targets = [...new Set(referencesOf(kind, data as never).map((reference) => reference.id))];
  if (targets.length > 0)
    await db
      .insertInto("definition_reference")
      .values(targets.map((target) => ({ source: id, target })))
      .execute();
  if (kind !== "work_order") return;
  await db.deleteFrom("work_order_submitter").where("work_order", "=", id).execute();
  const groups = [...new Set((data as unknown as WorkOrder).submitters)];
  if (groups.length > 0)
    await db
      .insertInto("work_order_submitter")
      .values(groups.map((user_group) => ({ work_order: id, user_group })))
      .execute();
}
