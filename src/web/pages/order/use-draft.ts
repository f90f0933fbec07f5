import { useDebouncedCallback } from "@mantine/hooks";
import { useCallback, useState } from "react";
import type { FormField, FormValues } from "../../../contract/requests.ts";
import { useApi } from "../../api/api.tsx";
import { withoutSecrets } from "./link-values.ts";

export interface DraftKeeper {
  /** Whether the last change is kept. */
  readonly kept: boolean;
  /** Keeps what the form holds, a moment later; without secrets. */
  readonly keep: (values: FormValues, note: string) => void;
  readonly forget: () => Promise<void>;
}

/** Keeps what has been typed into an order's form on the server, so that it survives a reload and another machine. */
export function useDraft(order: number, fields: readonly FormField[]): DraftKeeper {
  const { call } = useApi();
  const [kept, setKept] = useState(false);
  const save = useDebouncedCallback(
    (values: FormValues, note: string) => {
      call("PUT /orders/:id/draft", { params: { id: order }, body: { values: withoutSecrets(fields, values), note } })
        .then(() => setKept(true))
        // A draft that could not be kept is no reason to disturb; the next change tries again.
        .catch(() => setKept(false));
    },
    { delay: 800, flushOnUnmount: true },
  );
  const keep = useCallback(
    (values: FormValues, note: string) => {
      setKept(false);
      save(values, note);
    },
    [save],
  );
  const forget = useCallback(async () => {
    save.cancel();
    setKept(false);
    await call("DELETE /orders/:id/draft", { params: { id: order } });
  }, [call, order, save]);
  return { kept, keep, forget };
}
