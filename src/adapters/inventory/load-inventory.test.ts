import { execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listJson } from "./inventory-json.ts";
import { InventoryTree } from "./inventory-tree.fixture.ts";

let tree: InventoryTree;

beforeEach(() => {
  tree = new InventoryTree();
});

afterEach(() => tree.remove());

test("a source that is not there is named with where it came from", async () => {
  tree.env["ANSIBLE_INVENTORY"] = "gone";
  expect(await tree.load({ sources: [] })).toEqual({
    ok: false,
    failure: [{ reason: "inventory-missing", source: join(tree.path, "gone"), origin: "environment" }],
  });
});

test("without any inventory there is an empty one, in which this machine can still be meant", async () => {
  tree.env["ANSIBLE_CONFIG"] = tree.write("empty.cfg", "");
  const inventory = await tree.inventory({ sources: [], reader: "auto" });
  expect(inventory.hosts.size).toBe(0);
  expect(inventory.implicit("localhost")).toMatchObject({ ok: true });
});

test("--reader ansible without Ansible says so", async () => {
  tree.write("hosts", "h1\n");
  expect(await tree.load({ reader: "ansible" })).toEqual({
    ok: false,
    failure: [{ reason: "inventory-program-missing", program: "ansible-inventory" }],
  });
});

test.each([
  ["script.sh", "#!/bin/sh\necho {}\n", 0o755, { kind: "script" }],
  ["aws.yml", "plugin: aws_ec2\n", 0o644, { kind: "plugin", name: "aws_ec2" }],
  ["hosts.toml", "[web.hosts]\n", 0o644, { kind: "toml" }],
])("%s needs Ansible", async (name, content, mode, expected) => {
  const file = tree.write(name, content, mode);
  expect(await tree.load({ sources: [name] })).toEqual({
    ok: false,
    failure: [{ reason: "inventory-needs-ansible", file, ...expected }],
  });
});

test("the problems of all sources are found at once", async () => {
  tree.write("a", "h1 stray\n");
  tree.write("b.yml", "all: [1]\nweb:\n  hosts: 5\n");
  mkdirSync(join(tree.path, "c"));
  const loaded = await tree.load({ sources: ["a", "b.yml", "c"] });
  expect(loaded).toMatchObject({
    failure: [
      { reason: "inventory-assignment", line: 1 },
      { reason: "inventory-structure", line: 3, column: 3 },
      { reason: "inventory-empty-directory" },
    ],
  });
});

test("a file that cannot be read is passed over where any_unparsed_is_failed says so", async () => {
  tree.write("dir/good", "h1\n");
  tree.write("dir/README", "not an inventory\n");
  expect(await tree.load({ sources: ["dir"] })).toMatchObject({ ok: false });
  tree.env["ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED"] = "False";
  const inventory = await tree.inventory({ sources: ["dir"] });
  expect([...inventory.hosts.keys()]).toContain("h1");
  expect(inventory.warnings).toMatchObject([{ reason: "inventory-assignment" }, { reason: "inventory-assignment" }]);
});

test("keys that Ansible passes over in a group are told with what was likely meant", async () => {
  tree.write("hosts.yml", "web:\n  host:\n    h1:\n  hosts: {h2: }\n");
  const inventory = await tree.inventory({ sources: ["hosts.yml"] });
  expect(inventory.warnings).toMatchObject([
    { reason: "inventory-unexpected-key", group: "web", key: "host", near: ["hosts"], line: 2, column: 3 },
  ]);
});

test("bytes that are not UTF-8 are fine in comments and an error elsewhere", async () => {
  tree.write("hosts", Buffer.from("# \xb4\xf3\nh1 a=1 # \xb4\xf3\n", "latin1"));
  expect([...(await tree.inventory()).hosts.keys()]).toEqual(["h1"]);
  const file = tree.write("hosts", Buffer.from("# x\nh1 a=\xb4\xf3\n", "latin1"));
  expect(await tree.load()).toEqual({ ok: false, failure: [{ reason: "inventory-encoding", file, line: 2 }] });
});

test("a byte order mark before an INI inventory does no harm", async () => {
  tree.write("hosts", "\u{feff}[web]\nh1\n");
  expect(listJson(await tree.inventory())).toContain('"web"');
});

test("lines of ansible.cfg that make no sense are named", async () => {
  tree.write("hosts", "h1\n");
  tree.env["ANSIBLE_CONFIG"] = tree.write("my.cfg", "[defaults]\nwhat is this\n");
  expect(await tree.load()).toMatchObject({ failure: [{ reason: "inventory-config", line: 2, text: "what is this" }] });
});

test("a pipe is read once, by the builtin reader", async () => {
  const pipe = join(tree.path, "pipe");
  execFileSync("/bin/sh", ["-c", `mkfifo ${pipe}`]);
  tree.env["PATH"] = dirname(tree.write("bin/ansible-inventory", "#!/bin/sh\nexit 1\n", 0o755));
  const writer = spawn("/bin/sh", ["-c", `printf 'h1 a=1\\n' > ${pipe}`]);
  const inventory = await tree.inventory({ sources: ["pipe"], reader: "auto" });
  writer.kill();
  expect([...inventory.hosts.keys()]).toEqual(["h1"]);
});
