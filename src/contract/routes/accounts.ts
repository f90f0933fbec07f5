import { z } from "zod";
import { Account, AccountChange, AccountInput, UserGroup, UserGroupInput } from "../accounts.ts";
import { Health } from "../administration.ts";
import type { Route, RouteName } from "../route.ts";
import { Id } from "./inputs.ts";

/** Accounts, user groups and the state of the system. */
export const ACCOUNT_ROUTES = {
  "GET /accounts": {
    summary: "All accounts",
    tag: "administration",
    access: "administer",
    answer: z.object({ items: z.array(Account) }),
  },
  "POST /accounts": {
    summary: "A new account",
    tag: "administration",
    access: "administer",
    body: AccountInput,
    answer: Account,
    status: 201,
  },
  "PUT /accounts/:id": {
    summary: "Change an account",
    tag: "administration",
    access: "administer",
    params: Id,
    body: AccountChange,
    answer: Account,
  },
  "GET /user-groups": {
    summary: "All user groups",
    tag: "administration",
    access: ["configure", "administer"],
    answer: z.object({ items: z.array(UserGroup) }),
  },
  "POST /user-groups": {
    summary: "A new user group",
    tag: "administration",
    access: "administer",
    body: UserGroupInput,
    answer: UserGroup,
    status: 201,
  },
  "PUT /user-groups/:id": {
    summary: "Change a user group",
    tag: "administration",
    access: "administer",
    params: Id,
    body: UserGroupInput,
    answer: UserGroup,
  },
  "DELETE /user-groups/:id": {
    summary: "Delete a user group; refused while a definition or an object rule uses it",
    tag: "administration",
    access: "administer",
    params: Id,
  },
  "GET /health": {
    summary: "How database, workers, queue and config centres are",
    tag: "administration",
    access: "administer",
    answer: Health,
  },
} as const satisfies Record<RouteName, Route>;
