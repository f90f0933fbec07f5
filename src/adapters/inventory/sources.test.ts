import { afterEach, beforeEach, expect, test } from "vitest";
import { InventoryTree } from "./inventory-tree.fixture.ts";
import { readSettings } from "./settings.ts";
import { resolveSources } from "./sources.ts";

let tree: InventoryTree;

beforeEach(() => {
  tree = new InventoryTree();
});

afterEach(() => tree.remove());

function sources(...options: string[]): string[] {
  const settings = readSettings(tree.surroundings());
  if (!settings.ok) throw new Error(JSON.stringify(settings.failure));
  const found = resolveSources(options, settings.value, tree.surroundings());
  return found.map(({ kind, text, origin }) => `${kind} ${text.replace(tree.path, "~")} (${origin})`);
}

test("-i goes before everything else, may be repeated and takes comma lists", () => {
  tree.env["ANSIBLE_INVENTORY"] = "other";
  expect(sources("a", "h1,h2,", "~/b")).toEqual([
    "path ~/a (option)",
    "list h1,h2, (option)",
    "path ~/home/b (option)",
  ]);
});

test("$ANSIBLE_INVENTORY is a list of paths, with ~ and variables", () => {
  tree.env["ANSIBLE_INVENTORY"] = "a, $HOME/b,~/c";
  expect(sources()).toEqual(["path ~/a (environment)", "path ~/home/b (environment)", "path ~/home/c (environment)"]);
});

test("ansible.cfg's inventory is relative to ansible.cfg", () => {
  tree.write("sub/ansible.cfg", "[defaults]\ninventory = hosts, more ; both\n");
  tree.env["ANSIBLE_CONFIG"] = "sub";
  expect(sources()).toEqual(["path ~/sub/hosts (ansible.cfg)", "path ~/sub/more (ansible.cfg)"]);
});

test("ansible.cfg in the working directory goes before the one at home", () => {
  tree.write("ansible.cfg", "[defaults]\ninventory = here\n");
  tree.write("home/.ansible.cfg", "[defaults]\ninventory = there\n");
  expect(sources()).toEqual(["path ~/here (ansible.cfg)"]);
});

test("without anything it is /etc/ansible/hosts", () => {
  tree.env["ANSIBLE_CONFIG"] = tree.write("empty.cfg", "");
  expect(sources("")).toEqual(["path /etc/ansible/hosts (default)"]);
});
