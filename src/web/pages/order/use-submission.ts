import type { FormValues, OrderForm, RequestDetail } from "../../../contract/requests.ts";
import { useChange } from "../../api/api.tsx";

/** What a form holds when it is sent. */
interface Sending {
  readonly values: FormValues;
  readonly note: string;
  readonly scheduledAt: string | null;
  readonly background: boolean;
  /** Why it shall run in spite of a freeze window; empty: it shall not. */
  readonly breakGlass: string;
}

export interface Submission {
  readonly error: Error | null;
  readonly pending: boolean;
  readonly reset: () => void;
  /** Resolves to the request's id. */
  readonly send: (sending: Sending) => Promise<number>;
}

const LISTS = ["GET /now", "GET /requests", "GET /orders"] as const;

/** Sends a form: as a new request, or in the place of what a request was that has not run yet. */
export function useSubmission(order: OrderForm, editing: RequestDetail | undefined): Submission {
  const submit = useChange("POST /requests", LISTS);
  const edit = useChange("PUT /requests/:id", [
    ...LISTS,
    "GET /requests/:id",
    "GET /approvals",
    "GET /approvals/count",
  ]);
  const used = editing === undefined ? submit : edit;
  return {
    error: used.error,
    pending: used.isPending,
    reset: used.reset,
    send: async ({ values, note, scheduledAt, background, breakGlass }) => {
      const orderVersion = order.version;
      const made =
        editing === undefined
          ? await submit.mutateAsync({
              body: { order: order.id, orderVersion, values, note, scheduledAt, background, breakGlass },
            })
          : await edit.mutateAsync({
              params: { id: editing.id },
              body: { version: editing.version, orderVersion, values, note, scheduledAt },
            });
      return made.id;
    },
  };
}
