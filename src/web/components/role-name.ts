import { BUILT_IN_ROLES, type BuiltInRole } from "../../contract/states.ts";
import type { Catalogue } from "../locales/catalogue.ts";

/** What a page calls a role: built-in ones in its language, others as they were named. */
export function roleName(role: string, { roles }: Catalogue): string {
  return isBuiltIn(role) ? roles.builtIn[role].name : role;
}

export function isBuiltIn(role: string): role is BuiltInRole {
  return Object.hasOwn(BUILT_IN_ROLES, role);
}
