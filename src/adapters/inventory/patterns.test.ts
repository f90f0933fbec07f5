import { afterAll, beforeAll, expect, test } from "vitest";
import type { Inventory } from "./inventory.ts";
import { InventoryTree } from "./inventory-tree.fixture.ts";
import { selectHosts } from "./patterns.ts";

let tree: InventoryTree;
let inventory: Inventory;

beforeAll(async () => {
  tree = new InventoryTree({
    hosts: "lone\n[web]\nweb[01:05]\n[db]\ndb01\nweb02\n[prod]\nweb01\nweb03\ndb01\n[empty]\n",
  });
  inventory = await tree.inventory();
});

afterAll(() => tree.remove());

test.each([
  ["web", ["web01", "web02", "web03", "web04", "web05"]],
  ["web:&prod:!web01", ["web03"]],
  ["web[1:2],db", ["web02", "web03", "db01"]],
  ["~web0[13]", ["web01", "web03"]],
  ["*b01", ["web01", "db01"]],
  ["localhost", ["localhost"]],
])("%s selects %j", (pattern, hosts) => {
  expect(selectHosts(inventory, pattern)).toEqual({ ok: true, value: { hosts, unmatched: [] } });
});

test("a part that matches nothing is told with the names near to it, and the others count", () => {
  expect(selectHosts(inventory, "lone,wbe,!db02")).toEqual({
    ok: true,
    value: {
      hosts: ["lone"],
      unmatched: [
        { part: "wbe", near: ["web"] },
        { part: "!db02", near: ["db01"] },
      ],
    },
  });
});

test("where host_pattern_mismatch is error, such a part fails the whole pattern", async () => {
  tree.env["ANSIBLE_HOST_PATTERN_MISMATCH"] = "error";
  expect(selectHosts(await tree.inventory(), "lone,wbe")).toMatchObject({
    ok: false,
    failure: { reason: "inventory-no-match", unmatched: [{ part: "wbe" }] },
  });
});

test.each(["nope", "empty", "web:!web", "web:&nope"])(
  "%s leaves no host: an error that says how many there are",
  (pattern) => {
    const selection = selectHosts(inventory, pattern);
    expect(selection).toMatchObject({ ok: false, failure: { reason: "inventory-no-match", pattern, hosts: 7 } });
  },
);

test.each([
  ["", "empty"],
  [" , ", "empty"],
  ["web:!", "empty"],
  ["web[", "brackets"],
  ["~(", "regular-expression"],
  ["web[9]", "subscript"],
])("%j makes no sense: %s", (pattern, problem) => {
  expect(selectHosts(inventory, pattern)).toMatchObject({ failure: { reason: "inventory-pattern", problem } });
});
