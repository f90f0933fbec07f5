import { describe, expect, it } from "vitest";
import type { OrderListItem } from "../../../contract/requests.ts";
import { matchingOrders, orderGroups } from "./order-groups.ts";

const order = (name: string, more: Partial<OrderListItem> = {}): OrderListItem => ({
  id: name.length,
  name,
  summary: "",
  environment: { id: 1, name: "prod", colour: "red", protected: true },
  category: "DeployDocker",
  favourite: false,
  last: null,
  ...more,
});

describe("the filter of orders", () => {
  const all = [order("project_group1", { summary: "发布第一组" }), order("fix_orders", { category: "DataFix" })];
  const names = (filter: string): readonly string[] => matchingOrders(all, filter).map(({ name }) => name);

  it("finds an order by three letters from within its name, whatever their case", () => {
    expect(names("ROUP")).toEqual(["project_group1"]);
    expect(names("fix")).toEqual(["fix_orders"]);
  });

  it("looks at category, environment and summary too, and wants every word", () => {
    expect(names("datafix")).toEqual(["fix_orders"]);
    expect(names("prod 第一组")).toEqual(["project_group1"]);
    expect(names("prod nothing")).toEqual([]);
    expect(names("  ")).toHaveLength(2);
  });
});

it("puts favourites first, then categories as they come, then what has none", () => {
  const groups = orderGroups([
    order("a"),
    order("b", { favourite: true }),
    order("c", { category: null }),
    order("d", { category: "DataFix" }),
    order("e"),
  ]);
  expect(groups.map(({ heading, orders }) => [heading, orders.map(({ name }) => name)])).toEqual([
    [{ kind: "favourites" }, ["b"]],
    [{ kind: "category", name: "DeployDocker" }, ["a", "e"]],
    [{ kind: "category", name: "DataFix" }, ["d"]],
    [{ kind: "other" }, ["c"]],
  ]);
});
