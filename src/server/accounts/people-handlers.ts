import type { PEOPLE_ROUTES } from "../../contract/routes/people.ts";
import type { Handlers } from "../api/handlers.ts";
import { ProblemError } from "../api/problem-error.ts";
import { sessionsHandlers } from "./sessions-handlers.ts";
import type { SignInParts } from "./sign-in.ts";
import { tokenHandlers } from "./token-handlers.ts";
import { totpHandlers } from "./totp-handlers.ts";

type Names =
  | keyof typeof PEOPLE_ROUTES
  | "POST /session/totp"
  | "PUT /session/totp"
  | "DELETE /session/totp"
  | "GET /sessions"
  | "DELETE /sessions/:id"
  | "DELETE /sessions";

/** Placeholders until each has its own. */
export function peopleHandlers(parts: SignInParts): Handlers<Names> {
  const soon = async (): Promise<never> => {
    throw new ProblemError(503, "not-yet", "This is being made.");
  };
  return {
    ...totpHandlers(parts),
    ...sessionsHandlers(parts.db, parts.sessions),
    ...tokenHandlers(parts.db),
    "GET /roles": soon,
    "POST /roles": soon,
    "PUT /roles/:name": soon,
    "DELETE /roles/:name": soon,
    "GET /object-rules": soon,
    "POST /object-rules": soon,
    "DELETE /object-rules/:id": soon,
    "DELETE /accounts/:id/totp": soon,
    "POST /accounts/import": soon,
  };
}
