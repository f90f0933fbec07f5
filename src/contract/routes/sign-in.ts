import { z } from "zod";
import type { Route, RouteName } from "../route.ts";
import { MethodReport, OfferedMethod } from "../sign-in-method.ts";

/** The ways to sign in besides the console's own passwords. OpenID Connect begins at `/auth/oidc/:id`, outside the API. */
export const SIGN_IN_ROUTES = {
  "GET /session/methods": {
    summary: "The ways to sign in besides passwords that are kept here",
    tag: "session",
    access: "anyone",
    answer: z.object({ items: z.array(OfferedMethod) }),
  },
  "POST /sign-in-methods/verify": {
    summary: "Try a sign-in method, before it is saved",
    tag: "administration",
    access: "administer",
    body: z.strictObject({
      /** An existing one, whose kept secrets are used where the data has `••••••••`. */
      id: z.number().int().positive().nullable().default(null),
      data: z.record(z.string(), z.unknown()),
      /** LDAP: somebody to be looked up. */
      name: z.string().trim().max(100).default(""),
    }),
    answer: MethodReport,
  },
} as const satisfies Record<RouteName, Route>;
