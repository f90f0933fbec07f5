import { z } from "zod";

/** Fields that many definitions have. */
export const idOf = z.number().int().positive();
export const optionalId = idOf.nullable().default(null);
export const text = (max: number) => z.string().trim().max(max);
export const name = text(100).min(1);
export const description = text(2000).default("");
