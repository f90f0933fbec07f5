import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Has answers asked for again, since something has changed. One that is on its way for the first time may be from before
 * the change, and is not begun anew: it is asked for once more when it has come.
 */
export async function askAgain(client: QueryClient, queryKey: QueryKey): Promise<void> {
  const first = client
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: "fetching", predicate: ({ state }) => state.data === undefined });
  await client.invalidateQueries({ queryKey });
  if (first.length > 0) await client.invalidateQueries({ predicate: (query) => first.includes(query) });
}
