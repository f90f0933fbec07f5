import type { Permission, RulePermission } from "../../contract/states.ts";

/** What a user group of the caller's is given, for an environment, a category, or both; null: any. */
export interface ObjectRule {
  readonly permission: RulePermission;
  readonly environment: number | null;
  readonly category: number | null;
}

/** Who makes a call. */
export interface SignedIn {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly email: string;
  /** Name of the role. */
  readonly role: string;
  /** Those of the role, and those that some object rule gives for a part; of a token, only those that it has too. */
  readonly permissions: readonly Permission[];
  /** Those that reach everything: the role's own. */
  readonly everywhere: readonly Permission[];
  readonly rules: readonly ObjectRule[];
  /** User groups. */
  readonly groups: readonly number[];
  readonly mustChangePassword: boolean;
  /** The role wants an authenticator, and there is none yet. */
  readonly mustEnrolTotp: boolean;
  /** Whether an authenticator is set up. */
  readonly totp: boolean;
  /** Name of the sign-in method; null: a password kept here. */
  readonly method: string | null;
  readonly csrfToken: string;
  readonly expiresAt: Date;
  /** By a session of the pages, or by an API token. */
  readonly via: { readonly session: number } | { readonly token: number; readonly name: string };
  /** Address that the call comes from. */
  readonly address: string;
}

/** Whether a permission reaches an object that is in this environment and category. */
export function may(
  caller: SignedIn,
  permission: RulePermission,
  placed: { readonly environment: number | null; readonly category: number | null },
): boolean {
  if (caller.everywhere.includes(permission)) return true;
  return caller.rules.some(
    (rule) =>
      rule.permission === permission &&
      (rule.environment === null || rule.environment === placed.environment) &&
      (rule.category === null || rule.category === placed.category),
  );
}
