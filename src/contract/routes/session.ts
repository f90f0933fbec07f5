import { z } from "zod";
import {
  ChangePassword,
  Session,
  SignedInPlace,
  SignIn,
  TotpCode,
  TotpConfirmed,
  TotpEnrolment,
  TotpRemoval,
} from "../accounts.ts";
import type { Route, RouteName } from "../route.ts";
import { Id } from "./inputs.ts";

/** Signing in and out, the own second factor, and where one is signed in. */
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
  "POST /session/totp": {
    summary: "Begin to set up an authenticator",
    tag: "session",
    access: "account",
    session: true,
    answer: TotpEnrolment,
    status: 201,
  },
  "PUT /session/totp": {
    summary: "Confirm the authenticator with a code of it; ends the other sessions",
    tag: "session",
    access: "account",
    session: true,
    body: TotpCode,
    answer: TotpConfirmed,
  },
  "DELETE /session/totp": {
    summary: "Remove the own authenticator",
    tag: "session",
    access: "account",
    session: true,
    body: TotpRemoval,
  },
  "GET /sessions": {
    summary: "Where one is signed in",
    tag: "session",
    access: "account",
    session: true,
    answer: z.object({ items: z.array(SignedInPlace) }),
  },
  "DELETE /sessions/:id": {
    summary: "End one of the own sessions",
    tag: "session",
    access: "account",
    session: true,
    params: Id,
  },
  "DELETE /sessions": {
    summary: "End all own sessions but this one",
    tag: "session",
    access: "account",
    session: true,
  },
} as const satisfies Record<RouteName, Route>;
