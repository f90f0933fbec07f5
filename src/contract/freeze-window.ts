import { z } from "zod";
import { name, optionalId, text } from "./definition-fields.ts";

const timeZone = text(100).refine(isTimeZone, "time-zone").default("UTC");

/** While it lasts nothing is begun in the environment, but for those who may break the glass. */
export const FreezeWindow = z.strictObject({
  name,
  /** Shown to those who are refused. */
  reason: text(2000).min(1),
  /** null: every environment. */
  environment: optionalId,
  active: z.boolean().default(true),
  when: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("range"),
      from: z.iso.datetime({ offset: true }),
      to: z.iso.datetime({ offset: true }),
    }),
    /** Begins at each time of a cron expression of five fields, in that zone, and lasts so many minutes. */
    z.strictObject({
      kind: z.literal("cron"),
      cron: text(100).min(9),
      timeZone,
      minutes: z.number().int().min(1).max(44_640),
    }),
  ]),
});
export type FreezeWindow = z.infer<typeof FreezeWindow>;

/** A freeze window that is in force. */
export const Freeze = z.object({
  id: z.number(),
  name: z.string(),
  reason: z.string(),
  /** At least until then: the windows that follow without a gap are counted in, up to some number. */
  until: z.string(),
});
export type Freeze = z.infer<typeof Freeze>;

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
