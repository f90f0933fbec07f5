import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { FormValues, OrderForm } from "../../../contract/requests.ts";
import { useApi } from "../../api/api.tsx";

/** What would run if the form were submitted now. */
export function usePreview(order: OrderForm, values: FormValues) {
  const { call } = useApi();
  return useQuery({
    queryKey: ["preview", order.id, order.version, JSON.stringify(values)],
    queryFn: ({ signal }) =>
      call("POST /orders/:id/preview", { params: { id: order.id }, body: { values } }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    refetchInterval: 30_000,
    retry: false,
  });
}
