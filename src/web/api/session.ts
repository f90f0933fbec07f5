import { type QueryClient, useQuery } from "@tanstack/react-query";
import type { Session } from "../../contract/accounts.ts";
import type { Permission } from "../../contract/states.ts";
import { answerQuery, useApi } from "./api.tsx";
import type { Call } from "./call.ts";

/** The session is asked for once, and kept until it is refused. */
export function sessionQuery(call: Call) {
  return {
    ...answerQuery(call, "GET /session", {}),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  };
}

/** The session that is known, if there is one. */
export function knownSession(client: QueryClient): Session | undefined {
  return client.getQueryData<Session>(["GET /session"]);
}

/** Remembers who is signed in; nobody else's answers are kept. */
export function beginSession(client: QueryClient, session: Session): void {
  client.clear();
  client.setQueryData(["GET /session"], session);
}

/** Who is signed in. Only for pages inside the frame, which nobody sees without signing in. */
export function useAccount(): Session["account"] {
  const { call } = useApi();
  // Once the session is forgotten, the page that is being left is still drawn for whom it was, and asks no more.
  const { data } = useQuery({
    ...sessionQuery(call),
    enabled: ({ state }) => state.data !== undefined,
    placeholderData: (before: Session | undefined) => before,
  });
  if (data === undefined) throw new Error("useAccount needs somebody who is signed in");
  return data.account;
}

/** Whether who is signed in has the permission. */
export function useAllowed(permission: Permission): boolean {
  return useAccount().permissions.includes(permission);
}
