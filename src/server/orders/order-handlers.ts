import type { Preview } from "../../contract/requests.ts";
import type { Handlers } from "../api/handlers.ts";
import { languageOf } from "../api/language.ts";
import { ProblemError } from "../api/problem-error.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import { frozenBy } from "../freeze/freeze.ts";
import { groupNames } from "../requests/prepare-request.ts";
import { lockState, usualSeconds } from "../requests/lock-state.ts";
import { catalogue } from "./catalogue.ts";
import type { Drafts } from "./drafts.ts";
import { loadOrder, type LoadedOrder } from "./loaded-order.ts";
import { commandOf, valuesOf } from "./order-command.ts";
import { orderForm, orderOptions } from "./order-form.ts";
import { plansOf } from "./order-plans.ts";
import type { OptionParts } from "./option-source.ts";

type Names =
  | "GET /orders"
  | "GET /orders/:id"
  | "PUT /orders/:id/favourite"
  | "POST /orders/:id/options"
  | "POST /orders/:id/preview"
  | "POST /orders/:id/plan"
  | "GET /orders/:id/draft"
  | "PUT /orders/:id/draft"
  | "DELETE /orders/:id/draft";

export interface OrderParts extends OptionParts {
  readonly store: DefinitionStore;
  readonly drafts: Drafts;
}

export function orderHandlers(parts: OrderParts): Handlers<Names> {
  const { store, places, drafts } = parts;
  return {
    "GET /orders": async ({ caller }) => ({ items: await catalogue(store.db, caller) }),

    "GET /orders/:id": async ({ params, caller }) => orderForm(await loadOrder(store, params.id, caller)),

    "PUT /orders/:id/favourite": async ({ params, body, caller }) => {
      const { id } = await loadOrder(store, params.id, caller);
      const row = { account: caller.id, work_order: id };
      if (body.favourite)
        await store.db
          .insertInto("favourite")
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      else
        await store.db.deleteFrom("favourite").where("account", "=", caller.id).where("work_order", "=", id).execute();
      return undefined;
    },

    "POST /orders/:id/options": async ({ params, body, caller, request }) => {
      const loaded = await loadOrder(store, params.id, caller);
      const answer = await orderOptions(parts, loaded, body.variable, body.values, body.refresh, languageOf(request));
      if (answer === undefined)
        throw new ProblemError(404, "not-found", `This order has no variable ${body.variable}.`);
      return answer;
    },

    "POST /orders/:id/preview": async ({ params, body, caller, request }) => {
      const loaded = await loadOrder(store, params.id, caller);
      const lines = commandOf(loaded, previewValues(loaded, body.values), languageOf(request));
      const [lock, usual, freeze] = await Promise.all([
        lockState(store.db, loaded),
        usualSeconds(store.db, loaded.id),
        frozenBy(store.db, loaded.environment.id, new Date()),
      ]);
      return {
        lines,
        place: loaded.configCentre.name,
        lock,
        usualSeconds: usual,
        freeze: freeze ?? null,
        approval: await approvalPreview(store, loaded),
      };
    },

    "POST /orders/:id/plan": async ({ params, body, caller, request }) => {
      const loaded = await loadOrder(store, params.id, caller);
      const lines = commandOf(loaded, valuesOf(loaded, body.values, new Date()), languageOf(request));
      return { plans: await plansOf(places, loaded.order.configCentre, lines, languageOf(request)) };
    },

    "GET /orders/:id/draft": async ({ params, caller }) => {
      const { id } = await loadOrder(store, params.id, caller);
      return drafts.find(caller.id, id);
    },
    "PUT /orders/:id/draft": async ({ params, body, caller }) => {
      const { id, variables } = await loadOrder(store, params.id, caller);
      const open = new Set(variables.filter(({ data }) => !data.secret).map(({ data }) => data.name));
      const values = Object.fromEntries(Object.entries(body.values).filter(([name]) => open.has(name)));
      await drafts.keep(caller.id, id, values, body.note);
      return undefined;
    },
    "DELETE /orders/:id/draft": async ({ params, caller }) => {
      await drafts.forget(caller.id, params.id);
      return undefined;
    },
  };
}

async function approvalPreview(
  { db }: DefinitionStore,
  { approvalFlow, order }: LoadedOrder,
): Promise<Preview["approval"]> {
  if (approvalFlow === null) return null;
  const names = await groupNames(db, approvalFlow.levels);
  return {
    flow: approvalFlow.name,
    levels: approvalFlow.levels.map(({ name, userGroup, quorum }) => ({
      name,
      group: names.get(userGroup) ?? "",
      quorum,
    })),
    preTaskFirst: order.preTaskBeforeApproval && order.preTask.trim() !== "",
    runOnApproval: order.runOnApproval,
    expiryHours: approvalFlow.expiryHours,
  };
}

/** What has not been chosen yet stays in the command as its placeholder. */
function previewValues(loaded: LoadedOrder, values: Parameters<typeof valuesOf>[1]) {
  const filled = new Map(valuesOf(loaded, values, new Date()));
  for (const { data } of loaded.variables) {
    const value = filled.get(data.name) ?? [];
    if (data.required && value.length === 0) filled.set(data.name, [`{${data.name}}`]);
  }
  return filled;
}
