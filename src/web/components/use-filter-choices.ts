import type { DefinitionKind } from "../../contract/definitions.ts";
import { useAnswer } from "../api/api.tsx";
import { useAllowed } from "../api/session.ts";

interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface FilterChoices {
  readonly environments: readonly Choice[];
  readonly categories: readonly Choice[];
  readonly orders: readonly Choice[];
}

interface Named {
  readonly id: number;
  readonly name: string;
}

/**
 * What past requests can be narrowed to, as far as the account may know it: all that is defined for those who
 * configure, what there was lately for those who may see the dashboard, and the orders that one may submit.
 */
export function useFilterChoices(): FilterChoices {
  const configures = useAllowed("configure");
  const sees = useAllowed("dashboard");
  const rare = { staleTime: 10 * 60_000 };
  const submitted = useAnswer("GET /orders", {}, { staleTime: 60_000 }).data?.items ?? [];
  const lately = useAnswer("GET /statistics", { query: { bucket: "week" } }, { ...rare, enabled: sees && !configures });
  const environments = useDefined("environment", configures);
  const categories = useDefined("category", configures);
  const orders = useDefined("work_order", configures);
  return {
    environments: choices(
      environments,
      lately.data?.environments ?? [],
      submitted.map(({ environment }) => environment),
    ),
    categories: choices(categories, lately.data?.categories.filter(({ id }) => id !== 0) ?? []),
    orders: choices(orders, submitted, lately.data?.orders ?? []),
  };
}

function useDefined(kind: DefinitionKind, enabled: boolean): readonly Named[] {
  const { data } = useAnswer("GET /definitions/:kind", { params: { kind } }, { staleTime: 60_000, enabled });
  return data?.items ?? [];
}

/** Those of all lists, each once, in the order of the first list that has it. */
function choices(...lists: readonly (readonly Named[])[]): readonly Choice[] {
  const names = new Map<number, string>();
  for (const { id, name } of lists.flat()) if (!names.has(id)) names.set(id, name);
  return [...names].map(([id, label]) => ({ value: String(id), label }));
}
