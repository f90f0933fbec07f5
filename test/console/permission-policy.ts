import type { DefinitionKind } from "../../src/contract/definitions.ts";
import type { Routes } from "../../src/contract/routes.ts";
import type { ClientMessage } from "../../src/contract/socket.ts";
import type { Permission } from "../../src/contract/states.ts";

/** Who may call a route: anyone, whoever is signed in, or who has one of these permissions. */
export interface Policy {
  readonly who: "anyone" | "signed in" | readonly Permission[];
  /** Not with an API token. */
  readonly session?: true;
  /** Also before a one-time password is replaced; before an authenticator is set up that the role asks for. */
  readonly before?: readonly ("password" | "authenticator")[];
}

const anyone: Policy = { who: "anyone" };
const signedIn: Policy = { who: "signed in" };
const inPerson: Policy = { who: "signed in", session: true };
const alwaysInPerson: Policy = { ...inPerson, before: ["password", "authenticator"] };
const whileEnrolling: Policy = { ...inPerson, before: ["authenticator"] };
const needs = (...who: Permission[]): Policy => ({ who });
const needsInPerson = (...who: Permission[]): Policy => ({ who, session: true });

/**
 * Who may call what, decided by people and written by hand: the tests hold the server against it. It is not made from
 * the `access` of the routes, so that a route with a wrong one is found; a route that is not here does not compile.
 */
export const POLICY: { readonly [N in keyof Routes]: Policy } = {
  "POST /session": anyone,
  "GET /session/methods": anyone,
  "GET /session": alwaysInPerson,
  "DELETE /session": alwaysInPerson,
  "PUT /session/password": alwaysInPerson,
  "POST /session/totp": whileEnrolling,
  "PUT /session/totp": whileEnrolling,
  "DELETE /session/totp": inPerson,
  "GET /sessions": inPerson,
  "DELETE /sessions/:id": inPerson,
  "DELETE /sessions": inPerson,
  "GET /session/notifications": signedIn,
  "PUT /session/notifications": inPerson,
  "GET /tokens": signedIn,
  "POST /tokens": inPerson,
  "DELETE /tokens/:id": inPerson,

  "GET /orders": signedIn,
  "GET /orders/:id": signedIn,
  "PUT /orders/:id/favourite": signedIn,
  "POST /orders/:id/options": needs("submit"),
  "POST /orders/:id/preview": needs("submit"),
  "POST /orders/:id/plan": needs("submit"),
  "GET /orders/:id/draft": needs("submit"),
  "PUT /orders/:id/draft": needs("submit"),
  "DELETE /orders/:id/draft": needs("submit"),
  "GET /freezes": signedIn,

  "POST /requests": needs("submit"),
  "GET /requests": signedIn,
  "GET /requests/variables": signedIn,
  "GET /requests/csv": signedIn,
  "GET /now": signedIn,
  "GET /requests/:id": signedIn,
  "GET /requests/:id/values": needs("submit"),
  "POST /requests/:id/actions": needs("submit"),
  "PUT /requests/:id": needs("submit"),
  "POST /requests/:id/plan": signedIn,
  "GET /runs/:id/log": signedIn,
  "GET /runs/:id/log/lines": signedIn,
  "GET /runs/:id/log/search": signedIn,
  "GET /runs/:id/events": signedIn,

  "GET /approvals": needs("approve"),
  "GET /approvals/count": needs("approve"),
  "POST /requests/:id/votes": needs("approve"),
  "GET /delegations": signedIn,
  "GET /delegations/people": needs("approve"),
  "POST /delegations": needsInPerson("approve"),
  "DELETE /delegations/:id": inPerson,

  "GET /fleet/environments": needs("fleet"),
  "GET /fleet": needs("fleet"),
  "GET /fleet/state": needs("fleet"),
  "POST /fleet/refresh": needs("fleet"),
  "GET /fleet/hosts/:name": needs("fleet"),
  "GET /fleet/projects/:name": needs("fleet"),
  "GET /statistics": needs("dashboard"),

  "GET /definitions/:kind": needs("configure", "administer"),
  "POST /definitions/:kind": needs("configure", "administer"),
  "GET /definitions/:kind/:id": needs("configure", "administer"),
  "PUT /definitions/:kind/:id": needs("configure", "administer"),
  "DELETE /definitions/:kind/:id": needs("configure", "administer"),
  "POST /definitions/:kind/:id/copy": needs("configure", "administer"),
  "GET /definitions/:kind/:id/versions": needs("configure", "administer"),
  "GET /definition-file": needs("configure", "administer"),
  "POST /definition-file": needs("configure", "administer"),
  "POST /variables/verify": needs("configure"),
  "POST /work-orders/verify": needs("configure"),
  "POST /config-centres/verify": needs("configure"),
  "POST /freeze-windows/verify": needs("configure"),
  "GET /notification-channels": needs("configure", "administer"),
  "GET /user-groups": needs("configure", "administer"),

  "POST /user-groups": needs("administer"),
  "PUT /user-groups/:id": needs("administer"),
  "DELETE /user-groups/:id": needs("administer"),
  "GET /accounts": needs("administer"),
  "POST /accounts": needs("administer"),
  "PUT /accounts/:id": needs("administer"),
  "POST /accounts/import": needs("administer"),
  "GET /accounts/:id/tokens": needs("administer"),
  "DELETE /accounts/:id/tokens/:token": needsInPerson("administer"),
  "GET /accounts/:id/sessions": needs("administer"),
  "DELETE /accounts/:id/sessions": needs("administer"),
  "DELETE /accounts/:id/totp": needsInPerson("administer"),
  "GET /roles": needs("administer"),
  "POST /roles": needs("administer"),
  "PUT /roles/:name": needs("administer"),
  "DELETE /roles/:name": needs("administer"),
  "GET /object-rules": needs("administer"),
  "POST /object-rules": needs("administer"),
  "DELETE /object-rules/:id": needs("administer"),
  "POST /sign-in-methods/verify": needs("administer"),
  "POST /notification-channels/test": needs("administer"),
  "GET /notification-deliveries": needs("administer"),
  "GET /health": needs("administer"),
  "GET /audit": needs("audit"),
  "POST /audit/check": needs("audit"),
  "GET /audit/export": needs("audit"),
};

/** Who sees definitions of each kind: whoever has one of these. A kind that is not here does not compile. */
export const KIND_POLICY: Readonly<Record<DefinitionKind, readonly Permission[]>> = {
  environment: ["configure", "administer"],
  category: ["configure", "administer"],
  config_centre: ["configure", "administer"],
  variable: ["configure", "administer"],
  variable_group: ["configure", "administer"],
  work_order: ["configure", "administer"],
  approval_flow: ["configure", "administer"],
  freeze_window: ["configure", "administer"],
  notification_channel: ["administer"],
  sign_in_method: ["administer"],
};

type NameOf<M> = M extends { readonly watch: infer W extends string }
  ? `watch ${W}`
  : M extends { readonly unwatch: infer U extends string }
    ? `unwatch ${U}`
    : never;

/** What the WebSocket does with each message; one that is not here does not compile. */
export const SOCKET_POLICY: {
  readonly [M in NameOf<ClientMessage>]: "those whose requests may be seen" | "signed in";
} = {
  "watch request": "those whose requests may be seen",
  "watch requests": "those whose requests may be seen",
  "unwatch request": "signed in",
};
