import { ChangePassword, Session, SignIn } from "../accounts.ts";
import type { Route, RouteName } from "../route.ts";

/** Signing in and out. */
export const SESSION_ROUTES = {
  "GET /session": { summary: "Who is signed in", tag: "session", access: "account", session: true, answer: Session },
  "POST /session": { summary: "Sign in", tag: "session", access: "anyone", body: SignIn, answer: Session, status: 201 },
  "DELETE /session": { summary: "Sign out", tag: "session", access: "account", session: true },
  "PUT /session/password": {
    summary: "Change the own password",
    tag: "session",
    access: "account",
    session: true,
    body: ChangePassword,
    answer: Session,
  },
} as const satisfies Record<RouteName, Route>;
