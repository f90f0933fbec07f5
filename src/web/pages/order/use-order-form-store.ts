import { useEffect, useState, useSyncExternalStore } from "react";
import type { FormValues, OrderForm } from "../../../contract/requests.ts";
import { useApi } from "../../api/api.tsx";
import { OrderFormStore } from "./order-form-store.ts";

/** The values of an order's form and what may be chosen, fetched while the form is open. */
export function useOrderFormStore(order: OrderForm, values: FormValues): OrderFormStore {
  const { call } = useApi();
  const [store] = useState(
    () =>
      new OrderFormStore(order.fields, values, (variable, given, refresh, signal) =>
        call(
          "POST /orders/:id/options",
          { params: { id: order.id }, body: { variable, values: given, refresh } },
          { signal, deadline: 620_000 },
        ),
      ),
  );
  useEffect(() => store.open(), [store]);
  useSyncExternalStore(store.subscribe, store.version);
  return store;
}
