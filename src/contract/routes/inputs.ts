import { z } from "zod";
import { DEFINITION_KINDS } from "../definitions.ts";

/** A whole number, also where it comes as text in an address. */
export const number = z.coerce.number<number | string>().int();
export const Id = z.object({ id: number.positive() });
export const Kind = z.object({ kind: z.enum(DEFINITION_KINDS) });
export const KindId = Kind.extend({ id: number.positive() });
/** Keyset paging: `after` is what the page before had as `next`. */
export const page = { after: z.string().max(200).optional(), limit: number.min(1).max(200).default(50) };
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
