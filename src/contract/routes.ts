import { z } from "zod";
import { Account, AccountInput, ChangePassword, Session, SignIn, UserGroup, UserGroupInput } from "./accounts.ts";
import { DEFINITION_KINDS } from "./definitions.ts";
import {
  Draft,
  FormValues,
  LogLines,
  LogMatches,
  Options,
  OrderForm,
  OrderListItem,
  PlanPreview,
  Preview,
  RequestDetail,
  RequestInput,
  RequestListItem,
} from "./requests.ts";
import { Definition, DefinitionVersion, Health, PlaceReport } from "./administration.ts";
import type { Route, RouteName } from "./route.ts";

const number = z.coerce.number<number | string>().int();
const Id = z.object({ id: number.positive() });
const Kind = z.object({ kind: z.enum(DEFINITION_KINDS) });
const KindId = Kind.extend({ id: number.positive() });
const page = { after: z.string().max(200).optional(), limit: number.min(1).max(200).default(50) };
const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

/** Every operation under `/api/v1`. Server, pages, document and tests are made from this table. */
export const ROUTES = {
  "GET /session": { summary: "Who is signed in", tag: "session", access: "account", answer: Session },
  "POST /session": { summary: "Sign in", tag: "session", access: "anyone", body: SignIn, answer: Session, status: 201 },
  "DELETE /session": { summary: "Sign out", tag: "session", access: "account" },
  "PUT /session/password": {
    summary: "Change the own password",
    tag: "session",
    access: "account",
    body: ChangePassword,
    answer: Session,
  },

  "GET /definitions/:kind": {
    summary: "All definitions of a kind",
    tag: "configuration",
    access: "configure",
    params: Kind,
    answer: z.object({ items: z.array(Definition) }),
  },
  "POST /definitions/:kind": {
    summary: "Define a new one",
    tag: "configuration",
    access: "configure",
    params: Kind,
    body: z.strictObject({ data: z.record(z.string(), z.unknown()) }),
    answer: Definition,
    status: 201,
  },
  "GET /definitions/:kind/:id": {
    summary: "One definition",
    tag: "configuration",
    access: "configure",
    params: KindId,
    answer: Definition,
  },
  "PUT /definitions/:kind/:id": {
    summary: "Change it, making a new version",
    tag: "configuration",
    access: "configure",
    params: KindId,
    /** `version`: the one that was edited; if there is a newer one by now, 409. */
    body: z.strictObject({ version: z.number().int().positive(), data: z.record(z.string(), z.unknown()) }),
    answer: Definition,
  },
  "DELETE /definitions/:kind/:id": {
    summary: "Delete it; refused while something uses it",
    tag: "configuration",
    access: "configure",
    params: KindId,
  },
  "POST /definitions/:kind/:id/copy": {
    summary: "Copy it under a new name",
    tag: "configuration",
    access: "configure",
    params: KindId,
    body: z.strictObject({ name: z.string().trim().min(1).max(100) }),
    answer: Definition,
    status: 201,
  },
  "GET /definitions/:kind/:id/versions": {
    summary: "Its versions with what changed, newest first",
    tag: "configuration",
    access: "configure",
    params: KindId,
    answer: z.object({ items: z.array(DefinitionVersion) }),
  },
  "POST /variables/verify": {
    summary: "Values of a variable as its form would show them, before it is saved",
    tag: "configuration",
    access: "configure",
    body: z.strictObject({
      data: z.record(z.string(), z.unknown()),
      /** Values of the variables that it depends on. */
      values: FormValues.default({}),
      environment: z.number().int().positive().nullable().default(null),
      /** Where to fetch, if neither the variable nor an order says so. */
      configCentre: z.number().int().positive().nullable().default(null),
    }),
    answer: Options,
  },
  "POST /work-orders/verify": {
    summary: "Parse the task lines of an order, before it is saved",
    tag: "configuration",
    access: "configure",
    body: z.strictObject({ data: z.record(z.string(), z.unknown()) }),
    answer: z.object({
      lines: z.array(
        z.object({
          task: z.enum(["pre", "main", "post"]),
          words: z.array(z.string()),
          shell: z.boolean(),
          gantry: z.boolean(),
        }),
      ),
      problems: z.array(z.object({ field: z.string(), message: z.string() })),
    }),
  },
  "POST /config-centres/verify": {
    summary: "Look at a config centre, before it is saved",
    tag: "configuration",
    access: "configure",
    /** `id`: an existing one, whose kept secrets are used where the data has `••••••••`. */
    body: z.strictObject({
      id: z.number().int().positive().nullable().default(null),
      data: z.record(z.string(), z.unknown()),
    }),
    answer: PlaceReport,
  },

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

  "POST /requests": {
    summary: "Submit an order",
    tag: "requests",
    access: "submit",
    body: RequestInput,
    answer: RequestDetail,
    status: 201,
  },
  "GET /requests": {
    summary: "Requests, newest first",
    tag: "requests",
    access: "account",
    query: z.object({
      state: z.string().max(200).optional(),
      environment: number.positive().optional(),
      order: number.positive().optional(),
      by: z.string().max(100).optional(),
      text: z.string().max(200).optional(),
      from: z.iso.datetime({ offset: true }).optional(),
      to: z.iso.datetime({ offset: true }).optional(),
      ...page,
    }),
    answer: pageOf(RequestListItem),
  },
  "GET /now": {
    summary: "What runs, waits, is scheduled and failed lately",
    tag: "requests",
    access: "account",
    answer: z.object({
      running: z.array(RequestListItem),
      queued: z.array(RequestListItem),
      scheduled: z.array(RequestListItem),
      failed: z.array(RequestListItem),
    }),
  },
  "GET /requests/:id": {
    summary: "One request",
    tag: "requests",
    access: "account",
    params: Id,
    answer: RequestDetail,
  },
  "GET /requests/:id/values": {
    summary: "Its values, to submit again; secrets are left out",
    tag: "requests",
    access: "submit",
    params: Id,
    answer: z.object({ order: z.number(), values: FormValues, note: z.string() }),
  },
  "POST /requests/:id/actions": {
    summary: "Revoke, stop, abort or kill it",
    tag: "requests",
    access: "submit",
    params: Id,
    /** `version`: the request's version that was looked at; another one is refused with 409. */
    body: z.strictObject({
      action: z.enum(["revoke", "stop", "abort", "kill"]),
      version: z.number().int().positive(),
      reason: z.string().trim().max(2000).default(""),
    }),
    answer: RequestDetail,
    status: 202,
  },

  "GET /runs/:id/log": {
    summary: "Bytes of the log from an offset on, as they were stored; also by Range",
    tag: "logs",
    access: "account",
    params: Id,
    query: z.object({
      from: number.min(0).default(0),
      limit: number
        .min(1)
        .max(64 * 2 ** 20)
        .optional(),
      download: z.stringbool().default(false),
    }),
    answer: "bytes",
  },
  "GET /runs/:id/log/lines": {
    summary: "Lines of the log; a negative line counts from the end",
    tag: "logs",
    access: "account",
    params: Id,
    query: z.object({ line: number.default(0), limit: number.min(1).max(5000).default(500) }),
    answer: LogLines,
  },
  "GET /runs/:id/log/search": {
    summary: "Where a text stands in the log",
    tag: "logs",
    access: "account",
    params: Id,
    query: z.object({
      q: z.string().min(1).max(500),
      from: number.min(0).default(0),
      limit: number.min(1).max(1000).default(200),
      /** `text` ignores case; `error` finds the first line that looks like a failure, and ignores q. */
      kind: z.enum(["text", "error"]).default("text"),
    }),
    answer: LogMatches,
  },
  "GET /runs/:id/events": {
    summary: "Events of a Gantry run, oldest first",
    tag: "logs",
    access: "account",
    params: Id,
    query: z.object({ after: number.min(0).default(0), limit: number.min(1).max(5000).default(2000) }),
    answer: z.object({ items: z.array(z.object({ seq: z.number(), event: z.record(z.string(), z.unknown()) })) }),
  },

  "GET /accounts": {
    summary: "All accounts",
    tag: "administration",
    access: "administer",
    answer: z.object({ items: z.array(Account) }),
  },
  "POST /accounts": {
    summary: "A new account",
    tag: "administration",
    access: "administer",
    body: AccountInput,
    answer: Account,
    status: 201,
  },
  "PUT /accounts/:id": {
    summary: "Change an account",
    tag: "administration",
    access: "administer",
    params: Id,
    body: AccountInput,
    answer: Account,
  },
  "GET /user-groups": {
    summary: "All user groups",
    tag: "administration",
    access: "configure",
    answer: z.object({ items: z.array(UserGroup) }),
  },
  "POST /user-groups": {
    summary: "A new user group",
    tag: "administration",
    access: "administer",
    body: UserGroupInput,
    answer: UserGroup,
    status: 201,
  },
  "PUT /user-groups/:id": {
    summary: "Change a user group",
    tag: "administration",
    access: "administer",
    params: Id,
    body: UserGroupInput,
    answer: UserGroup,
  },
  "DELETE /user-groups/:id": {
    summary: "Delete a user group; refused while an order uses it",
    tag: "administration",
    access: "administer",
    params: Id,
  },
  "GET /health": {
    summary: "How database, workers, queue and config centres are",
    tag: "administration",
    access: "administer",
    answer: Health,
  },
} as const satisfies Record<RouteName, Route>;

export type Routes = typeof ROUTES;
