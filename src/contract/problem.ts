import { z } from "zod";
import { Freeze } from "./freeze-window.ts";

/** A problem as RFC 9457 has it, `application/problem+json`. */
export const Problem = z.object({
  /** Names the kind of problem; a stable word, for programs. */
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** The request id, to be found in the server's log. */
  instance: z.string().optional(),
  /** What is wrong with which field: `field` is a path like `source.command`; `rule` a stable word with its limits. */
  fields: z
    .array(
      z.object({
        field: z.string(),
        rule: z.string(),
        message: z.string(),
        limit: z.union([z.string(), z.number()]).optional(),
      }),
    )
    .optional(),
  /** The definitions that use the one that cannot be deleted. */
  usedBy: z.array(z.object({ kind: z.string(), id: z.number(), name: z.string() })).optional(),
  /** Where a conflict with a newer version: the version there is. */
  currentVersion: z.number().int().optional(),
  /** The freeze window that keeps it from being begun. */
  freeze: Freeze.optional(),
  /** Seconds after which it may be tried again, as after too many wrong passwords. */
  retryAfter: z.number().int().optional(),
});
export type Problem = z.infer<typeof Problem>;
