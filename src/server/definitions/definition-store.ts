import { sql, type Selectable } from "kysely";
import { referencesOf, userGroupsOf, type DefinitionData, type DefinitionKind } from "../../contract/definitions.ts";
import { audit, type Actor } from "../audit/audit.ts";
import { inTransaction, type Database } from "../store/database.ts";
import type { Schema } from "../store/schema.ts";

export type DefinitionRow = Selectable<Schema["definition"]>;
export interface DefinitionUse {
  readonly kind: DefinitionKind;
  readonly id: number;
  readonly name: string;
}

export type WhenChanged = (trx: Database, row: Pick<DefinitionRow, "id" | "kind">) => Promise<void>;

/** Reads and writes definitions with their versions and references. Data are checked and sealed by the caller. */
export class DefinitionStore {
  readonly db: Database;
  readonly #changed: WhenChanged;

  /** `changed` is told of every definition that got a newer version, or was deleted, within that transaction. */
  constructor(db: Database, changed: WhenChanged = () => Promise.resolve()) {
    this.db = db;
    this.#changed = changed;
  }

  /** The same within somebody's transaction. */
  within(trx: Database): DefinitionStore {
    return new DefinitionStore(trx, this.#changed);
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

  create(kind: DefinitionKind, data: Readonly<Record<string, unknown>>, actor: Actor): Promise<DefinitionRow> {
    return inTransaction(this.db, async (trx) => {
      const row = await trx
        .insertInto("definition")
        .values({ kind, author: actor.name, ...columnsOf(data) })
        .returningAll()
        .executeTakeFirstOrThrow();
      await keepVersion(trx, row);
      await audit(trx, { actor, action: "definition-created", object: row, data: { version: row.version } });
      return row;
    });
  }

  /** Makes a new version; undefined when the one that was edited is not the newest any more. */
  update(
    row: Pick<DefinitionRow, "id" | "kind">,
    version: number,
    data: Readonly<Record<string, unknown>>,
    actor: Actor,
  ): Promise<DefinitionRow | undefined> {
    return inTransaction(this.db, async (trx) => {
      const updated = await trx
        .updateTable("definition")
        .set({ ...columnsOf(data), author: actor.name, version: version + 1, updated_at: sql`now()` })
        .where("id", "=", row.id)
        .where("version", "=", version)
        .where("deleted_at", "is", null)
        .returningAll()
        .executeTakeFirst();
      if (updated === undefined) return undefined;
      await keepVersion(trx, updated);
      await audit(trx, { actor, action: "definition-changed", object: updated, data: { version: updated.version } });
      await this.#changed(trx, updated);
      return updated;
    });
  }

  /** Past requests keep what they were made from; so the row stays, out of sight. */
  async remove(row: Pick<DefinitionRow, "id" | "kind" | "name">, actor: Actor): Promise<void> {
    const { id } = row;
    await inTransaction(this.db, async (trx) => {
      await trx
        .updateTable("definition")
        .set({ deleted_at: sql`now()` })
        .where("id", "=", id)
        .execute();
      await trx.deleteFrom("definition_reference").where("source", "=", id).execute();
      await trx.deleteFrom("work_order_submitter").where("work_order", "=", id).execute();
      await trx.deleteFrom("definition_user_group").where("definition", "=", id).execute();
      await trx
        .deleteFrom("object_rule")
        .where((eb) => eb.or([eb("environment", "=", id), eb("category", "=", id)]))
        .execute();
      await audit(trx, { actor, action: "definition-deleted", object: row });
      await this.#changed(trx, row);
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

  /** Active accounts that sign in by a method. */
  signingInBy(method: number): Promise<{ id: number; name: string }[]> {
    return this.db
      .selectFrom("account")
      .select(["id", "name"])
      .where("method", "=", method)
      .where("active", "=", true)
      .orderBy("name")
      .execute();
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

function columnsOf(data: Readonly<Record<string, unknown>>) {
  // Kinds that are in no environment or category have no such fields.
  return {
    name: String(data["name"]),
    environment: (data["environment"] as number | null | undefined) ?? null,
    category: (data["category"] as number | null | undefined) ?? null,
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
  const groups = [...new Set(userGroupsOf(kind, data as never))];
  if (kind === "work_order") {
    await db.deleteFrom("work_order_submitter").where("work_order", "=", id).execute();
    if (groups.length > 0)
      await db
        .insertInto("work_order_submitter")
        .values(groups.map((user_group) => ({ work_order: id, user_group })))
        .execute();
    return;
  }
  await db.deleteFrom("definition_user_group").where("definition", "=", id).execute();
  if (groups.length > 0)
    await db
      .insertInto("definition_user_group")
      .values(groups.map((user_group) => ({ definition: id, user_group })))
      .execute();
}
