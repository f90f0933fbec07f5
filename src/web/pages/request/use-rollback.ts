import { useQuery } from "@tanstack/react-query";
import type { RequestDetail } from "../../../contract/requests.ts";
import { ENDED_REQUEST_STATES } from "../../../contract/states.ts";
import { useApi } from "../../api/api.tsx";
import { paths } from "../../paths.ts";
import { modeVariables, rollbackValues } from "./rollback-value.ts";

/** The address of the same order's form, filled in to roll back; undefined where its form has no such mode. */
export function useRollback(request: RequestDetail): string | undefined {
  const { call } = useApi();
  const variables = modeVariables(request.values);
  const order = request.order.id;
  const { data } = useQuery({
    queryKey: ["rollback", request.id],
    enabled: request.allowed.includes("again") && request.run !== null && ENDED_REQUEST_STATES.includes(request.state),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      for (const variable of variables) {
        const body = { variable, values: chosen(request) };
        const { values } = await call("POST /orders/:id/options", { params: { id: order }, body }, { signal });
        const found = rollbackValues(variable, values);
        if (found !== undefined) return found;
      }
      return null;
    },
  });
  return data ? paths.order(order, { from: request.id, values: JSON.stringify(data) }) : undefined;
}

function chosen({ values }: RequestDetail): Record<string, string[]> {
  return Object.fromEntries(values.filter(({ secret }) => !secret).map(({ name, values: of }) => [name, of]));
}
