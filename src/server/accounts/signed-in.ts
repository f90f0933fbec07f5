import type { Permission, Role } from "../../contract/states.ts";

/** Who makes a call. */
export interface SignedIn {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  /** User groups. */
  readonly groups: readonly number[];
  readonly mustChangePassword: boolean;
  readonly csrfToken: string;
  readonly expiresAt: Date;
}
