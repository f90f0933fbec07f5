import type { ACCOUNT_ROUTES } from "../../contract/routes/accounts.ts";
import type { PEOPLE_ROUTES } from "../../contract/routes/people.ts";
import type { Handlers } from "../api/handlers.ts";
import { accountHandlers } from "./account-handlers.ts";
import { importHandlers } from "./import-handlers.ts";
import { objectRuleHandlers } from "./object-rule-handlers.ts";
import { roleHandlers } from "./role-handlers.ts";
import { sessionsHandlers } from "./sessions-handlers.ts";
import type { SignInParts } from "./sign-in.ts";
import { tokenHandlers } from "./token-handlers.ts";
import { totpHandlers } from "./totp-handlers.ts";
import { userGroupHandlers } from "./user-group-handlers.ts";

type Names =
  | keyof typeof PEOPLE_ROUTES
  | Exclude<keyof typeof ACCOUNT_ROUTES, "GET /health">
  | "POST /session/totp"
  | "PUT /session/totp"
  | "DELETE /session/totp"
  | "GET /sessions"
  | "DELETE /sessions/:id"
  | "DELETE /sessions";

/** Accounts, groups, roles and rules, and what each account signs in with. */
export function peopleHandlers(parts: SignInParts): Handlers<Names> {
  return {
    ...totpHandlers(parts),
    ...sessionsHandlers(parts.db, parts.sessions),
    ...tokenHandlers(parts.db),
    ...roleHandlers(parts.db),
    ...objectRuleHandlers(parts.db),
    ...userGroupHandlers(parts.db),
    ...accountHandlers(parts.db, parts.sessions),
    ...importHandlers(parts.db),
  };
}
