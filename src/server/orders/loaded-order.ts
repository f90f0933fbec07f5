import { sql } from "kysely";
import type { ApprovalFlow } from "../../contract/approval-flow.ts";
import type { ConfigCentre, Environment, Variable, VariableGroup, WorkOrder } from "../../contract/definitions.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { notFound } from "../api/problem-error.ts";
import type { DefinitionRow, DefinitionStore } from "../definitions/definition-store.ts";
import { maySubmit } from "./order-access.ts";

interface LoadedVariable {
  readonly id: number;
  readonly version: number;
  readonly data: Variable;
}

/** An order with everything that its form and command are made of. */
export interface LoadedOrder {
  readonly id: number;
  readonly version: number;
  readonly order: WorkOrder;
  readonly environment: Environment & { readonly id: number };
  readonly category: { readonly id: number; readonly name: string } | null;
  readonly configCentre: ConfigCentre & { readonly id: number };
  /** Who has to approve it; null: nobody. */
  readonly approvalFlow: (ApprovalFlow & { readonly id: number }) | null;
  /** In the order of the form. */
  readonly variables: readonly LoadedVariable[];
  /** Why it cannot be submitted now; null: it can. */
  readonly unavailable: "inactive" | "template" | null;
  /** Versions of all definitions that it is made of, by id. */
  readonly madeFrom: Readonly<Record<string, number>>;
}

/** Loads an order that the caller may submit; throws not-found else, so that nobody learns what there is. */
export async function loadOrder(store: DefinitionStore, id: number, caller: SignedIn): Promise<LoadedOrder> {
  const row = await store.db
    .selectFrom("definition")
    .selectAll()
    .where("kind", "=", "work_order")
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .where(maySubmit(caller, "definition.id"))
    .executeTakeFirst();
  if (row === undefined) throw notFound("work order");
  return complete(store, row);
}

async function complete(store: DefinitionStore, row: DefinitionRow): Promise<LoadedOrder> {
  const order = row.data as unknown as WorkOrder;
  const { rows: parts } = await sql<DefinitionRow>`
    with recursive part(id) as (
      select ${row.id}::int
      union
      select target from definition_reference join part on source = part.id
    )
    select definition.* from definition join part using (id) where deleted_at is null`.execute(store.db);
  const byId = new Map(parts.map((part) => [part.id, part]));
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the reference says which kind it is
  const part = <T>(partId: number): T & { readonly id: number } => {
    const found = byId.get(partId);
    if (found === undefined) throw new Error(`definition ${partId}, used by work order ${row.id}, is not there`);
    return { ...(found.data as unknown as T), id: found.id };
  };
  const group = order.variableGroup === null ? undefined : part<VariableGroup>(order.variableGroup);
  return {
    id: row.id,
    version: row.version,
    order,
    environment: part<Environment>(order.environment),
    category: order.category === null ? null : part<{ name: string }>(order.category),
    configCentre: part<ConfigCentre>(order.configCentre),
    approvalFlow: order.approvalFlow === null ? null : part<ApprovalFlow>(order.approvalFlow),
    variables: (group?.variables ?? []).map((variable) => ({
      id: variable,
      version: byId.get(variable)?.version ?? 0,
      data: part<Variable>(variable),
    })),
    unavailable: order.template ? "template" : order.active ? null : "inactive",
    madeFrom: Object.fromEntries(parts.map(({ id, version }) => [id, version])),
  };
}
