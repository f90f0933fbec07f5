import type { OrderListItem } from "../../../contract/requests.ts";

/** Orders under a heading; `favourites` and `other` are headings of their own. */
export interface OrderGroup {
  readonly heading: { readonly kind: "favourites" | "other" } | { readonly kind: "category"; readonly name: string };
  readonly orders: readonly OrderListItem[];
}

/** The orders that match every word of the filter, in name, category, environment or summary. */
export function matchingOrders(orders: readonly OrderListItem[], filter: string): readonly OrderListItem[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  return orders.filter(({ name, summary, category, environment }) => {
    const text = [name, summary, category ?? "", environment.name].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Favourites first, then by category in the server's order, then those without one. A favourite stands only once. */
export function orderGroups(orders: readonly OrderListItem[]): readonly OrderGroup[] {
  const favourites = orders.filter(({ favourite }) => favourite);
  const rest = orders.filter(({ favourite }) => !favourite);
  const categories = [...new Set(rest.map(({ category }) => category))].filter((name) => name !== null);
  const groups: readonly OrderGroup[] = [
    { heading: { kind: "favourites" }, orders: favourites },
    ...categories.map((name) => ({
      heading: { kind: "category", name } as const,
      orders: rest.filter(({ category }) => category === name),
    })),
    { heading: { kind: "other" }, orders: rest.filter(({ category }) => category === null) },
  ];
  return groups.filter((group) => group.orders.length > 0);
}
