import { z } from "zod";
import { DEFINITION_KINDS } from "./definitions.ts";

const DefinitionRef = z.object({ kind: z.enum(DEFINITION_KINDS), id: z.number(), name: z.string() });
export const Definition = z.object({
  kind: z.enum(DEFINITION_KINDS),
  id: z.number(),
  version: z.number(),
  name: z.string(),
  author: z.string(),
  at: z.string(),
  /** As DEFINITIONS has it for this kind; secrets are shown as `••••••••`. */
  data: z.record(z.string(), z.unknown()),
  usedBy: z.array(DefinitionRef),
});
export type Definition = z.infer<typeof Definition>;
export const DefinitionVersion = z.object({
  version: z.number(),
  author: z.string(),
  at: z.string(),
  /** Paths of the fields that differ from the version before, with both values as JSON text. */
  changes: z.array(z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  data: z.record(z.string(), z.unknown()),
});
export type DefinitionVersion = z.infer<typeof DefinitionVersion>;

export const PlaceReport = z.object({
  ok: z.boolean(),
  problem: z.string().nullable(),
  /** The key that the machine shows, to be compared before it is pinned; `changed`: another one is pinned. */
  hostKey: z
    .object({
      status: z.enum(["none", "new", "pinned", "changed"]),
      fingerprints: z.array(z.string()),
      key: z.string(),
    })
    .nullable(),
  /** Seconds that its clock is ahead of this server's. */
  clockOffset: z.number().nullable(),
  user: z.string().nullable(),
  programs: z.array(z.object({ name: z.string(), version: z.string().nullable() })),
  freeBytes: z.number().nullable(),
  milliseconds: z.number(),
});
export type PlaceReport = z.infer<typeof PlaceReport>;

export const Health = z.object({
  version: z.string(),
  startedAt: z.string(),
  database: z.object({
    ok: z.boolean(),
    bundled: z.boolean(),
    version: z.string(),
    bytes: z.number(),
    milliseconds: z.number(),
  }),
  workers: z.array(
    z.object({ name: z.string(), machine: z.string(), seenAt: z.string(), running: z.number(), alive: z.boolean() }),
  ),
  queue: z.object({
    queued: z.number(),
    active: z.number(),
    scheduled: z.number(),
    oldestSeconds: z.number().nullable(),
  }),
  places: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      state: z.enum(["ok", "failing", "unknown"]),
      problem: z.string().nullable(),
      at: z.string().nullable(),
    }),
  ),
});
export type Health = z.infer<typeof Health>;
