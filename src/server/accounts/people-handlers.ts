import type { PEOPLE_ROUTES } from "../../contract/routes/people.ts";
import type { Handlers } from "../api/handlers.ts";
import { ProblemError } from "../api/problem-error.ts";

type Names =
  | keyof typeof PEOPLE_ROUTES
  | "POST /session/totp"
  | "PUT /session/totp"
  | "DELETE /session/totp"
  | "GET /sessions"
  | "DELETE /sessions/:id"
  | "DELETE /sessions";

/** Placeholders until each has its own. */
export function peopleHandlers(): Handlers<Names> {
  const soon = async (): Promise<never> => {
    throw new ProblemError(503, "not-yet", "This is being made.");
  };
  return {
    "GET /roles": soon,
    "POST /roles": soon,
    "PUT /roles/:name": soon,
    "DELETE /roles/:name": soon,
    "GET /object-rules": soon,
    "POST /object-rules": soon,
    "DELETE /object-rules/:id": soon,
    "GET /tokens": soon,
    "POST /tokens": soon,
    "DELETE /tokens/:id": soon,
    "GET /accounts/:id/tokens": soon,
    "DELETE /accounts/:id/tokens/:token": soon,
    "GET /accounts/:id/sessions": soon,
    "DELETE /accounts/:id/sessions": soon,
    "DELETE /accounts/:id/totp": soon,
    "POST /accounts/import": soon,
    "POST /session/totp": soon,
    "PUT /session/totp": soon,
    "DELETE /session/totp": soon,
    "GET /sessions": soon,
    "DELETE /sessions/:id": soon,
    "DELETE /sessions": soon,
  };
}
