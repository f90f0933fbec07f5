import { BUILT_IN_ROLES } from "../../contract/states.ts";
import type { SignedIn } from "./signed-in.ts";

/** Somebody who is signed in; a submitter of no user group where nothing else is said. */
export function callerOf(more: Partial<SignedIn> & { readonly id: number }): SignedIn {
  return {
    name: `caller${more.id}`,
    displayName: "",
    role: "submitter",
    permissions: BUILT_IN_ROLES.submitter,
    everywhere: BUILT_IN_ROLES.submitter,
    rules: [],
    groups: [],
    mustChangePassword: false,
    email: "",
    mustEnrolTotp: false,
    totp: false,
    method: null,
    csrfToken: "",
    expiresAt: new Date(Date.now() + 3_600_000),
    via: { session: 1 },
    address: "",
    ...more,
  };
}

export function administrator(id: number): SignedIn {
  const permissions = BUILT_IN_ROLES.administrator;
  return callerOf({ id, role: "administrator", permissions, everywhere: permissions });
}
