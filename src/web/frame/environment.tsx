import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { useAnswer } from "../api/api.tsx";

/** An environment as lists carry it. */
export interface EnvironmentLook {
  readonly id: number;
  readonly name: string;
  readonly colour: string;
  readonly protected: boolean;
}

interface EnvironmentChoice {
  /** The environments of the orders that this account may submit, in the server's order. */
  readonly all: readonly EnvironmentLook[];
  /** The one that lists are narrowed to; null: all. */
  readonly chosen: EnvironmentLook | null;
  readonly choose: (id: number | null) => void;
  /** That of the page that is open, which the line over the page shows rather than the chosen one. */
  readonly page: EnvironmentLook | null;
  readonly setPage: (environment: EnvironmentLook | null) => void;
}

const STORED_AS = "gantry.environment";
const EnvironmentContext = createContext<EnvironmentChoice | null>(null);

function stored(): number | null {
  try {
    return Number(localStorage.getItem(STORED_AS)) || null;
  } catch {
    return null;
  }
}

/** Keeps the chosen environment, also for the next visit. */
export function EnvironmentProvider({ children }: { readonly children: ReactNode }) {
  const orders = useAnswer("GET /orders", {}, { staleTime: 60_000 });
  const [id, setId] = useState(stored);
  const [page, setPage] = useState<EnvironmentLook | null>(null);
  const choice = useMemo<EnvironmentChoice>(() => {
    const all = [...new Map(orders.data?.items.map(({ environment }) => [environment.id, environment])).values()];
    return {
      all,
      chosen: all.find((environment) => environment.id === id) ?? null,
      choose: (next) => {
        setId(next);
        try {
          if (next === null) localStorage.removeItem(STORED_AS);
          else localStorage.setItem(STORED_AS, String(next));
        } catch {
          // Storage is turned off: the choice lasts as long as the page.
        }
      },
      page,
      setPage,
    };
  }, [orders.data, id, page]);
  return <EnvironmentContext value={choice}>{children}</EnvironmentContext>;
}

/** The environment that lists are narrowed to, and the way to choose another. */
export function useEnvironment(): EnvironmentChoice {
  const choice = use(EnvironmentContext);
  if (choice === null) throw new Error("useEnvironment needs an EnvironmentProvider around it");
  return choice;
}

/** Says that the open page is of this environment; undefined while it is not known. */
export function usePageEnvironment(environment: EnvironmentLook | undefined): void {
  const { setPage } = useEnvironment();
  useEffect(() => {
    setPage(environment ?? null);
    return () => setPage(null);
  }, [environment, setPage]);
}

/** The colour of an environment as CSS has it; protected ones are red. */
export function lineColour(environment: EnvironmentLook): string {
  return `var(--mantine-color-${environment.protected ? "red" : environment.colour}-filled)`;
}
