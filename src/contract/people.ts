import { z } from "zod";
import { PERMISSIONS, RULE_PERMISSIONS } from "./states.ts";

const permissions = z.array(z.enum(PERMISSIONS)).max(PERMISSIONS.length);

export const RoleInput = z.strictObject({
  name: z
    .string()
    .trim()
    .max(100)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} _.@-]*$/u, "name-form"),
  description: z.string().trim().max(2000).default(""),
  permissions,
  /** Whether its accounts have to set up an authenticator. */
  requireTotp: z.boolean().default(false),
});
export type RoleInput = z.infer<typeof RoleInput>;
/** `version`: the one that was looked at; where another one is there, the change is refused with 409. */
export const RoleChange = RoleInput.extend({ version: z.number().int().positive() });

export const Role = z.object({
  name: z.string(),
  version: z.number(),
  description: z.string(),
  permissions,
  requireTotp: z.boolean(),
  /** Always there; cannot be renamed or deleted. `administrator` always has every permission. */
  builtIn: z.boolean(),
  accounts: z.number(),
});
export type Role = z.infer<typeof Role>;

/** At least one of environment and category; null: any. */
export const ObjectRuleInput = z.strictObject({
  userGroup: z.number().int().positive(),
  permission: z.enum(RULE_PERMISSIONS),
  environment: z.number().int().positive().nullable().default(null),
  category: z.number().int().positive().nullable().default(null),
});
export type ObjectRuleInput = z.infer<typeof ObjectRuleInput>;

const Named = z.object({ id: z.number(), name: z.string() });
/** What the members of a user group may do in an environment, a category, or both. */
export const ObjectRuleItem = z.object({
  id: z.number(),
  userGroup: Named,
  permission: z.enum(RULE_PERMISSIONS),
  environment: Named.nullable(),
  category: Named.nullable(),
});
export type ObjectRuleItem = z.infer<typeof ObjectRuleItem>;

export const TokenInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** No more than the account itself has. */
  permissions: permissions.min(1),
  /** Days until it expires. */
  days: z.number().int().min(1).max(366),
});
export const Token = z.object({
  id: z.number(),
  name: z.string(),
  /** Its first characters, to know it again by. */
  prefix: z.string(),
  permissions,
  createdAt: z.string(),
  expiresAt: z.string(),
  usedAt: z.string().nullable(),
  /** Address of its last use. */
  usedFrom: z.string().nullable(),
  revokedAt: z.string().nullable(),
});
export type Token = z.infer<typeof Token>;
/** `token` is shown now and never again. */
export const NewToken = Token.extend({ token: z.string() });
export type NewToken = z.infer<typeof NewToken>;

/**
 * Columns of the CSV, named in its first line: `name` (needed), `displayName`, `email`, `role`, `groups` (names,
 * separated by `;`), `active` (true or false). A column that is not there leaves existing accounts as they are.
 */
export const ImportInput = z.strictObject({
  csv: z.string().min(1).max(600_000),
  /** Only say what would be done. */
  dryRun: z.boolean().default(true),
  /** Make groups that are not there; otherwise they are problems. */
  createGroups: z.boolean().default(false),
});
export type ImportInput = z.infer<typeof ImportInput>;

export const IMPORT_COLUMNS = ["name", "displayName", "email", "role", "groups", "active"] as const;

export const ImportRow = z.object({
  /** Line in the file on which the row begins; the header is line 1. */
  line: z.number(),
  name: z.string(),
  outcome: z.enum(["created", "changed", "unchanged", "problem"]),
  /** Fields that change. */
  changes: z.array(z.enum(IMPORT_COLUMNS)),
  problems: z.array(z.object({ field: z.string(), rule: z.string(), message: z.string() })),
  /** The one-time password of an account that was made; shown now and never again. */
  password: z.string().nullable(),
});
export type ImportRow = z.infer<typeof ImportRow>;

/** All or nothing: with a single problem nothing is done. */
export const ImportReport = z.object({
  applied: z.boolean(),
  rows: z.array(ImportRow),
  /** Names of the groups that were made, or would be. */
  newGroups: z.array(z.string()),
});
export type ImportReport = z.infer<typeof ImportReport>;
