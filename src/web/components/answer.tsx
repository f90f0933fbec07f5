import { Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Loading } from "./loading.tsx";
import { ProblemAlert } from "./problem-alert.tsx";

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

interface AnswerProps<T> {
  /** What useAnswer gave. */
  readonly of: Asked<T>;
  /** Rows of the skeleton until there is an answer. */
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}

/** Shows an answer once it is there; until then a skeleton, or what went wrong. An old answer stays below an error. */
export function Answer<T>({ of, rows = 5, children }: AnswerProps<T>) {
  const { data, error, refetch } = of;
  const alert = error === null ? null : <ProblemAlert error={error} retry={() => void refetch()} />;
  if (data === undefined) return alert ?? <Loading rows={rows} />;
  if (alert === null) return children(data);
  return (
    <Stack>
      {alert}
      {children(data)}
    </Stack>
  );
}
