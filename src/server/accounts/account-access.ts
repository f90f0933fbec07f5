import { sql, type RawBuilder } from "kysely";
import { RULE_PERMISSIONS, type Permission } from "../../contract/states.ts";
import type { ObjectRule, SignedIn } from "./signed-in.ts";

/** What an account may do, as one query reads it. */
export interface AccessRow {
  readonly id: number;
  readonly name: string;
  readonly display_name: string;
  readonly email: string;
  readonly role: string;
  readonly must_change_password: boolean;
  readonly totp: boolean;
  readonly require_totp: boolean;
  readonly method: { readonly name: string; readonly kind: string } | null;
  readonly permissions: readonly Permission[];
  readonly groups: readonly number[];
  readonly rules: readonly ObjectRule[];
}

/** SQL: the columns of an AccessRow, from a table `account`. */
export const ACCESS_COLUMNS: RawBuilder<unknown> = sql`account.id, account.name, account.display_name, account.email, account.role,
  account.must_change_password,
  (select permissions from role where role.name = account.role) as permissions,
  (select require_totp from role where role.name = account.role) as require_totp,
  exists (select from totp where totp.account = account.id and totp.confirmed_at is not null) as totp,
  (select jsonb_build_object('name', d.name, 'kind', d.data->>'kind') from definition d where d.id = account.method)
    as method,
  (select coalesce(array_agg(m.user_group), '{}') from user_group_member m where m.account = account.id) as groups,
  (select coalesce(jsonb_agg(jsonb_build_object('permission', o.permission, 'environment', o.environment,
      'category', o.category)), '[]')
    from object_rule o join user_group_member m using (user_group) where m.account = account.id) as rules`;

/** What the caller may do; `within`, of a token: it may do no more than these. */
export function accessOf(
  row: AccessRow,
  within: readonly Permission[] | undefined,
): Omit<SignedIn, "csrfToken" | "expiresAt" | "via" | "address"> {
  const allowed = (permission: Permission): boolean => within === undefined || within.includes(permission);
  const everywhere = row.permissions.filter(allowed);
  const rules = row.rules.filter(({ permission }) => allowed(permission));
  const inPart = RULE_PERMISSIONS.filter(
    (permission) => !everywhere.includes(permission) && rules.some((rule) => rule.permission === permission),
  );
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    email: row.email,
    role: row.role,
    permissions: [...everywhere, ...inPart],
    everywhere,
    rules,
    groups: row.groups,
    mustChangePassword: row.must_change_password,
    // Who signs in elsewhere is asked for a second factor there.
    mustEnrolTotp: row.require_totp && !row.totp && row.method?.kind !== "oidc",
    totp: row.totp,
    method: row.method?.name ?? null,
  };
}
