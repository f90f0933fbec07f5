import { z } from "zod";
import { DEFINITION_KINDS } from "./definitions.ts";

/** What an import has done, or would do. */
export const ImportReport = z.object({
  /** Everything was imported; else nothing was. */
  applied: z.boolean(),
  items: z.array(
    z.object({
      kind: z.enum([...DEFINITION_KINDS, "user_group"]),
      name: z.string(),
      /** Name of the environment that it is in. */
      environment: z.string().nullable(),
      outcome: z.enum(["created", "changed", "unchanged"]),
      /** Paths of the fields that differ, with both values as JSON text; references are names. */
      changes: z.array(z.object({ path: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
    }),
  ),
  /** With any of these nothing is imported. */
  problems: z.array(
    z.object({
      /** Where it stands in the file, as `workOrders[2].mainTask`. */
      path: z.string(),
      line: z.number().nullable(),
      message: z.string(),
    }),
  ),
});
export type ImportReport = z.infer<typeof ImportReport>;
