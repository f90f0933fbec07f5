import { z } from "zod";
import { FormValues, Options } from "../requests.ts";
import { Definition, DefinitionVersion, PlaceReport } from "../administration.ts";
import type { Route, RouteName } from "../route.ts";
import type { Permission } from "../states.ts";
import { Kind, KindId } from "./inputs.ts";

/** Sign-in methods and notification channels belong to the administration, everything else to the configuration. */
const DEFINERS = ["configure", "administer"] as const satisfies readonly Permission[];

/** What an administrator defines, and looking at it before it is saved. */
export const DEFINITION_ROUTES = {
  "GET /definitions/:kind": {
    summary: "All definitions of a kind",
    tag: "configuration",
    access: DEFINERS,
    params: Kind,
    answer: z.object({ items: z.array(Definition) }),
  },
  "POST /definitions/:kind": {
    summary: "Define a new one",
    tag: "configuration",
    access: DEFINERS,
    params: Kind,
    body: z.strictObject({ data: z.record(z.string(), z.unknown()) }),
    answer: Definition,
    status: 201,
  },
  "GET /definitions/:kind/:id": {
    summary: "One definition",
    tag: "configuration",
    access: DEFINERS,
    params: KindId,
    answer: Definition,
  },
  "PUT /definitions/:kind/:id": {
    summary: "Change it, making a new version",
    tag: "configuration",
    access: DEFINERS,
    params: KindId,
    /** `version`: the one that was edited; if there is a newer one by now, 409. */
    body: z.strictObject({ version: z.number().int().positive(), data: z.record(z.string(), z.unknown()) }),
    answer: Definition,
  },
  "DELETE /definitions/:kind/:id": {
    summary: "Delete it; refused while something uses it",
    tag: "configuration",
    access: DEFINERS,
    params: KindId,
  },
  "POST /definitions/:kind/:id/copy": {
    summary: "Copy it under a new name",
    tag: "configuration",
    access: DEFINERS,
    params: KindId,
    body: z.strictObject({ name: z.string().trim().min(1).max(100) }),
    answer: Definition,
    status: 201,
  },
  "GET /definitions/:kind/:id/versions": {
    summary: "Its versions with what changed, newest first",
    tag: "configuration",
    access: DEFINERS,
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
} as const satisfies Record<RouteName, Route>;
