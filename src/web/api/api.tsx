import { type QueryClient, useMutation, useQuery, useQueryClient, type UseQueryOptions } from "@tanstack/react-query";
import { createContext, use, useSyncExternalStore } from "react";
import { askAgain } from "./ask-again.ts";
import type { AnswerTo, Call, ChangeRoute, GetRoute, InputOf, RouteName } from "./call.ts";
import type { Live, LiveState } from "./live.ts";
import { ApiProblem } from "./problem.ts";

/** What pages reach the server by. */
export interface Api {
  readonly call: Call;
  readonly live: Live;
}

export const ApiContext = createContext<Api | null>(null);

/** The API of this page. */
export function useApi(): Api {
  const api = use(ApiContext);
  if (api === null) throw new Error("useApi needs an ApiContext around it");
  return api;
}

/** The key that an answer is cached under. */
export function answerKey<N extends GetRoute>(name: N, input: InputOf<N>): readonly unknown[] {
  return [name, ...("params" in input ? [input.params] : []), ...("query" in input ? [input.query] : [])];
}

/** Query options for an operation that only reads. */
export function answerQuery<N extends GetRoute>(call: Call, name: N, input: InputOf<N>) {
  return {
    queryKey: answerKey(name, input),
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<AnswerTo<N>> => call(name, input, { signal }),
    retry: (failures: number, error: Error) => failures < 2 && !(error instanceof ApiProblem && error.status >= 400),
  };
}

type ReadOptions<N extends GetRoute> = Pick<
  UseQueryOptions<AnswerTo<N>>,
  "enabled" | "refetchInterval" | "staleTime" | "placeholderData"
>;

/** The answer to an operation that only reads, cached and kept fresh. */
export function useAnswer<N extends GetRoute>(name: N, input: InputOf<N>, options: ReadOptions<N> = {}) {
  const { call } = useApi();
  return useQuery<AnswerTo<N>>({ ...answerQuery(call, name, input), ...options });
}

/** An operation that changes something; the answers to the named operations are asked for again after it. */
export function useChange<N extends ChangeRoute>(name: N, stale: readonly GetRoute[] = []) {
  const { call } = useApi();
  const client = useQueryClient();
  return useMutation<AnswerTo<N>, Error, InputOf<N>>({
    mutationFn: (input) => call(name, input),
    onSuccess: () => invalidate(client, stale),
  });
}

/** Whether what is shown is live. */
export function useLiveState(): LiveState {
  const { live } = useApi();
  return useSyncExternalStore(live.onState, live.state);
}

/** Has the answers to these operations asked for again. */
export async function invalidate(client: QueryClient, names: readonly RouteName[]): Promise<void> {
  await Promise.all(names.map((name) => askAgain(client, [name])));
}
