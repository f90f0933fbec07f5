import type { QueryClient } from "@tanstack/react-query";
import { redirect } from "@tanstack/react-router";
import { ADMINISTRATION_KINDS, type Permission } from "../contract/states.ts";
import type { Api } from "./api/api.tsx";
import { ApiProblem } from "./api/problem.ts";
import { sessionQuery } from "./api/session.ts";
import { Forbidden } from "./frame/page-failure.tsx";
import { kindOfSlug, paths } from "./paths.ts";

/** What routes load and check with. */
export interface RouterContext {
  readonly api: Api;
  readonly client: QueryClient;
}

/** Who is signed in; whoever is not is led to sign in, and comes back afterwards. */
export async function signedIn({ api, client }: RouterContext, here: string) {
  try {
    return await client.ensureQueryData(sessionQuery(api.call));
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) {
      throw redirect({ to: "/sign-in", search: here === paths.now() ? {} : { return: here }, replace: true });
    }
    throw error;
  }
}

interface Entering {
  readonly context: { readonly account: { readonly permissions: readonly Permission[] } };
}

/** Lets only accounts with one of the permissions in. */
export function needs(...oneOf: readonly Permission[]) {
  return ({ context: { account } }: Entering): void => {
    if (!oneOf.some((permission) => account.permissions.includes(permission))) throw new Forbidden();
  };
}

/** Sign-in methods and notification channels belong to those who administer, other kinds to those who configure. */
export function needsForKind(entering: Entering & { readonly location: { readonly pathname: string } }): void {
  const kind = kindOfSlug(entering.location.pathname.split("/")[2] ?? "");
  needs(kind !== undefined && ADMINISTRATION_KINDS.includes(kind) ? "administer" : "configure")(entering);
}
