import { z } from "zod";
import { description, idOf, name } from "./definition-fields.ts";

/** Who has to approve requests of an order before they run. */
export const ApprovalFlow = z.strictObject({
  name,
  description,
  /** One after the other: each asks a user group for so many approvals. */
  levels: z
    .array(z.strictObject({ name, userGroup: idOf, quorum: z.number().int().min(1).max(20).default(1) }))
    .min(1)
    .max(10),
  /** Whether who has submitted it may approve it, too. */
  selfApproval: z.boolean().default(false),
  /** Whether nobody may approve at two levels. */
  distinctPeople: z.boolean().default(true),
  /** Hours after which a request that still waits expires; null: never. */
  expiryHours: z.number().int().min(1).max(8760).nullable().default(72),
});
export type ApprovalFlow = z.infer<typeof ApprovalFlow>;
