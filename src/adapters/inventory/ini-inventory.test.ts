import { expect, test } from "vitest";
import { InventoryGraph } from "./graph.ts";
import { readIniInventory } from "./ini-inventory.ts";

function read(text: string) {
  const graph = new InventoryGraph({ hashBehaviour: "replace", forceValidGroupNames: false });
  return { graph, problems: readIniInventory(text, "hosts", graph) };
}

test("hosts, groups, children and variables go where they belong", () => {
  const { graph, problems } = read("lone:2222\n[web]\nweb[1:2] a=1\n[top:children]\nweb\n[web:vars]\nb=x y\n");
  expect(problems).toEqual([]);
  expect([...graph.hosts.keys()]).toEqual(["lone", "web1", "web2"]);
  expect(graph.hosts.get("lone")?.variables).toEqual(new Map([["ansible_port", 2222]]));
  expect(graph.groups.get("web")?.variables).toEqual(new Map([["b", "x y"]]));
  expect([...(graph.groups.get("top")?.children ?? [])].map(({ name }) => name)).toEqual(["web"]);
});

test("every problem of a file is found, and what stands under a broken section causes no more", () => {
  const { problems } = read("[a b]\nx=1 y\n[web:varz]\nz z z\n[web]\nh1 stray\nh2 a='b\n[db:vars]\nx=1\n");
  expect(problems.map((problem) => [problem.reason, "line" in problem ? problem.line : 0])).toEqual([
    ["inventory-section", 1],
    ["inventory-section-kind", 3],
    ["inventory-assignment", 6],
    ["inventory-quoting", 7],
    ["inventory-undefined-group", 8],
  ]);
});

test("an undefined child names the groups that were likely meant", () => {
  const { problems } = read("[top:children]\nwbe\n[web]\nh1\n[db]\nh2\n");
  expect(problems).toEqual([
    {
      reason: "inventory-undefined-group",
      group: "wbe",
      section: "children",
      parent: "top",
      near: ["web"],
      file: "hosts",
      line: 2,
    },
  ]);
});

test("nothing of a line that sets a password gets into a problem", () => {
  const { problems } = read("[web]\nh1 ansible_password=my secret\nh2 ansible_become_pass='secret\n");
  expect(JSON.stringify(problems)).not.toContain("secret");
  expect(problems).toHaveLength(2);
});
