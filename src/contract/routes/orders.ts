import { z } from "zod";
import { Draft, FormValues, Options, OrderForm, OrderListItem, PlanPreview, Preview } from "../requests.ts";
import type { Route, RouteName } from "../route.ts";
import { Id } from "./inputs.ts";

/** Orders as their submitters see them. */
export const ORDER_ROUTES = {
  "GET /orders": {
    summary: "Orders that I may submit",
    tag: "orders",
    access: "account",
    answer: z.object({ items: z.array(OrderListItem) }),
  },
  "GET /orders/:id": { summary: "An order's form", tag: "orders", access: "account", params: Id, answer: OrderForm },
  "PUT /orders/:id/favourite": {
    summary: "Mark as favourite",
    tag: "orders",
    access: "account",
    params: Id,
    body: z.strictObject({ favourite: z.boolean() }),
  },
  "POST /orders/:id/options": {
    summary: "Values that may be chosen for one variable",
    tag: "orders",
    access: "submit",
    params: Id,
    body: z.strictObject({
      variable: z.string().max(50),
      values: FormValues.default({}),
      refresh: z.boolean().default(false),
    }),
    answer: Options,
  },
  "POST /orders/:id/preview": {
    summary: "The exact command, where it would run and what it would wait for",
    tag: "orders",
    access: "submit",
    params: Id,
    body: z.strictObject({ values: FormValues }),
    answer: Preview,
  },
  "POST /orders/:id/plan": {
    summary: "What its Gantry lines would do, and what runs there now",
    tag: "orders",
    access: "submit",
    params: Id,
    body: z.strictObject({ values: FormValues }),
    answer: z.object({ plans: z.array(PlanPreview) }),
  },
  "GET /orders/:id/draft": {
    summary: "What I had typed",
    tag: "orders",
    access: "submit",
    params: Id,
    answer: Draft.nullable(),
  },
  "PUT /orders/:id/draft": {
    summary: "Keep what I have typed; secrets are not kept",
    tag: "orders",
    access: "submit",
    params: Id,
    body: z.strictObject({ values: FormValues, note: z.string().max(2000).default("") }),
  },
  "DELETE /orders/:id/draft": { summary: "Forget it", tag: "orders", access: "submit", params: Id },
} as const satisfies Record<RouteName, Route>;
