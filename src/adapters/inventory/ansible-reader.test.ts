import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { errorText } from "./ansible-program.ts";
import { InventoryTree } from "./inventory-tree.fixture.ts";

const output = JSON.stringify({
  _meta: { hostvars: { w2: { a: 1 } } },
  all: { children: ["ungrouped", "web"] },
  web: { hosts: ["w2", "w1"] },
});

let tree: InventoryTree;

beforeEach(() => {
  tree = new InventoryTree({ hosts: "[web]\nw2 a=1\nw1\n" });
  tree.env["PATH"] = dirname(tree.write("bin/ansible-inventory", script(`cat <<'END'\n${output}\nEND`), 0o755));
});

afterEach(() => tree.remove());

/** A program in the place of ansible-inventory that counts how often it is asked, and how. */
function script(body: string): string {
  return `#!/bin/sh\nPATH=/usr/bin:/bin\necho "$@ $ANSIBLE_INVENTORY_EXPORT" >> "$HOME/asked"\n${body}\n`;
}

function asked(): string[] {
  try {
    return readFileSync(join(tree.path, "home/asked"), "utf8").trim().split("\n");
  } catch {
    return [];
  }
}

test("auto asks ansible-inventory where it is installed", async () => {
  const inventory = await tree.inventory({ reader: "auto" });
  expect(inventory.reader).toBe("ansible");
  expect([...inventory.hosts.keys()]).toEqual(["w2", "w1"]);
  expect(inventory.hosts.get("w2")?.variables).toEqual(new Map([["a", 1]]));
  expect(asked()).toEqual([`-i ${tree.path}/hosts --list False`]);
});

test("an answer is kept, for nobody else to read, until a file changes", async () => {
  await tree.inventory({ reader: "auto" });
  await tree.inventory({ reader: "auto" });
  expect(asked()).toHaveLength(1);
  const cache = join(tree.path, "home/.cache/gantry/inventory");
  const [file = ""] = readdirSync(cache);
  expect(statSync(cache).mode & 0o777).toBe(0o700);
  expect(statSync(join(cache, file)).mode & 0o777).toBe(0o600);
  tree.write("group_vars/web.yml", "b: 1\n");
  await tree.inventory({ reader: "auto" });
  expect(asked()).toHaveLength(2);
  await tree.inventory({ reader: "auto", cache: false });
  expect(asked()).toHaveLength(3);
});

test.each([
  ["a program", "hosts", "#!/bin/sh\n", 0o755],
  ["a plugin's configuration", "aws.yml", "plugin: aws_ec2\n", 0o644],
  ["a vaulted file", "group_vars/all.yml", "$ANSIBLE_VAULT;1.1;AES256\n6162\n", 0o644],
])("what comes from %s is never kept", async (_, name, content, mode) => {
  tree.write(name, content, mode);
  const sources = name === "aws.yml" ? ["hosts", name] : ["hosts"];
  await tree.inventory({ reader: "auto", sources });
  await tree.inventory({ reader: "auto", sources });
  expect(asked()).toHaveLength(2);
});

test("a cache that others could write to is not believed", async () => {
  await tree.inventory({ reader: "auto" });
  const cache = join(tree.path, "home/.cache/gantry/inventory");
  const [file = ""] = readdirSync(cache);
  tree.write(`home/.cache/gantry/inventory/${file}`, readFileSync(join(cache, file)), 0o666);
  await tree.inventory({ reader: "auto" });
  expect(asked()).toHaveLength(2);
});

test("where Ansible fails and the builtin reader knows the line, the line is told", async () => {
  tree.write("bin/ansible-inventory", script("echo '[ERROR]: Completely failed' >&2; exit 1"), 0o755);
  tree.write("hosts", "[web]\nw1 stray\n");
  expect(await tree.load({ reader: "auto" })).toMatchObject({ failure: [{ reason: "inventory-assignment", line: 2 }] });
  tree.write("hosts", "[web]\nw1\n");
  expect(await tree.load({ reader: "auto" })).toMatchObject({
    failure: [{ reason: "inventory-program-failed", exitCode: 1, detail: "[ERROR]: Completely failed" }],
  });
});

test("an output that is no inventory is refused", async () => {
  tree.write("bin/ansible-inventory", script("echo hello"), 0o755);
  expect(await tree.load({ reader: "auto" })).toMatchObject({ failure: [{ reason: "inventory-program-output" }] });
});

test("Ansible's message is told without warnings and without the lines that it shows of files", () => {
  const stderr =
    "[WARNING]: noise\n[ERROR]: YAML parsing failed.\nOrigin: /a/b.yml:2:3\n\n1 a: 1\n2 password: s3cret\n  ^ column 3\n";
  expect(errorText(stderr)).toBe("[ERROR]: YAML parsing failed.\nOrigin: /a/b.yml:2:3");
});
