import { z } from "zod";
import { SignedInPlace } from "../accounts.ts";
import {
  ImportInput,
  ImportReport,
  NewToken,
  ObjectRuleInput,
  ObjectRuleItem,
  Role,
  RoleChange,
  RoleInput,
  Token,
  TokenInput,
} from "../people.ts";
import type { Route, RouteName } from "../route.ts";
import { Id, number } from "./inputs.ts";

const RoleName = z.object({ name: z.string().min(1).max(100) });

/** Roles, object rules, API tokens, and what administrators see of others. */
export const PEOPLE_ROUTES = {
  "GET /roles": {
    summary: "All roles",
    tag: "administration",
    access: "administer",
    answer: z.object({ items: z.array(Role) }),
  },
  "POST /roles": {
    summary: "A new role",
    tag: "administration",
    access: "administer",
    body: RoleInput,
    answer: Role,
    status: 201,
  },
  "PUT /roles/:name": {
    summary: "Change or rename a role",
    tag: "administration",
    access: "administer",
    params: RoleName,
    body: RoleChange,
    answer: Role,
  },
  "DELETE /roles/:name": {
    summary: "Delete a role; refused while somebody has it",
    tag: "administration",
    access: "administer",
    params: RoleName,
  },
  "GET /object-rules": {
    summary: "What user groups may do in environments and categories",
    tag: "administration",
    access: "administer",
    answer: z.object({ items: z.array(ObjectRuleItem) }),
  },
  "POST /object-rules": {
    summary: "Allow a user group something in an environment, a category, or both",
    tag: "administration",
    access: "administer",
    body: ObjectRuleInput,
    answer: ObjectRuleItem,
    status: 201,
  },
  "DELETE /object-rules/:id": {
    summary: "Take back what an object rule allows",
    tag: "administration",
    access: "administer",
    params: Id,
  },
  "GET /tokens": {
    summary: "The own API tokens",
    tag: "tokens",
    access: "account",
    answer: z.object({ items: z.array(Token) }),
  },
  "POST /tokens": {
    summary: "A new API token, shown once",
    tag: "tokens",
    access: "account",
    session: true,
    body: TokenInput,
    answer: NewToken,
    status: 201,
  },
  "DELETE /tokens/:id": {
    summary: "Revoke an own API token",
    tag: "tokens",
    access: "account",
    session: true,
    params: Id,
  },
  "GET /accounts/:id/tokens": {
    summary: "API tokens of an account",
    tag: "administration",
    access: "administer",
    params: Id,
    answer: z.object({ items: z.array(Token) }),
  },
  "DELETE /accounts/:id/tokens/:token": {
    summary: "Revoke an API token of an account",
    tag: "administration",
    access: "administer",
    session: true,
    params: Id.extend({ token: number.positive() }),
  },
  "GET /accounts/:id/sessions": {
    summary: "Where an account is signed in",
    tag: "administration",
    access: "administer",
    params: Id,
    answer: z.object({ items: z.array(SignedInPlace) }),
  },
  "DELETE /accounts/:id/sessions": {
    summary: "End all sessions of an account; of the own one, all but this one",
    tag: "administration",
    access: "administer",
    params: Id,
  },
  "DELETE /accounts/:id/totp": {
    summary: "Remove the authenticator of an account that has lost it",
    tag: "administration",
    access: "administer",
    session: true,
    params: Id,
  },
  "POST /accounts/import": {
    summary: "Make and change accounts from a CSV file; all or nothing",
    tag: "administration",
    access: "administer",
    body: ImportInput,
    answer: ImportReport,
  },
} as const satisfies Record<RouteName, Route>;
