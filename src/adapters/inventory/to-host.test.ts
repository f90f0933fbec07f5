import { afterEach, beforeEach, expect, test } from "vitest";
import { InventoryTree } from "./inventory-tree.fixture.ts";
import { toHost } from "./to-host.ts";

let tree: InventoryTree;

beforeEach(() => {
  tree = new InventoryTree({ "ansible.cfg": "" });
  tree.env["ANSIBLE_CONFIG"] = `${tree.path}/ansible.cfg`;
});

afterEach(() => tree.remove());

async function host(hosts: string, name = "h") {
  tree.write("hosts", hosts);
  return toHost(await tree.inventory(), name);
}

test("a host without variables is reached by ssh under its name, as ssh's own configuration has it", async () => {
  expect(await host("h\n")).toEqual({
    ok: true,
    value: { name: "h", connection: "ssh", address: "h", sshArgs: [] },
  });
});

test("the connection variables of Ansible say how a host is reached", async () => {
  const line =
    "h ansible_host=10.0.0.1 ansible_port=2222 ansible_user=deploy ansible_ssh_private_key_file=~/.ssh/id " +
    "ansible_ssh_common_args='-o ProxyJump=bastion' ansible_ssh_extra_args='-v' ansible_password=12345 " +
    "ansible_become=yes ansible_become_password=s3cret\n";
  const found = await host(line);
  expect(found).toMatchObject({
    ok: true,
    value: {
      address: "10.0.0.1",
      port: 2222,
      user: "deploy",
      privateKeyFile: `${tree.path}/home/.ssh/id`,
      sshArgs: ["-o", "ProxyJump=bastion", "-v"],
      become: { user: "root" },
    },
  });
  expect(found.ok && found.value.password?.reveal()).toBe("12345");
  expect(found.ok && found.value.become?.password?.reveal()).toBe("s3cret");
  expect(JSON.stringify(found)).not.toContain("s3cret");
});

test("the old names win over the new ones, as in Ansible", async () => {
  const line =
    "h ansible_host=a ansible_ssh_host=b ansible_port=1 ansible_ssh_port=2 ansible_user=u ansible_ssh_user=v\n";
  expect(await host(line)).toMatchObject({ ok: true, value: { address: "b", port: 2, user: "v" } });
});

test.each(["True", "yes", "on", "1", "'true'", "Y"])("ansible_become=%s asks for become", async (value) => {
  expect(await host(`h ansible_become=${value}\n`)).toMatchObject({ value: { become: { user: "root" } } });
});

test("templates name other variables of the host, through several steps", async () => {
  const text = "h\n[all:vars]\nansible_host={{ inventory_hostname }}.{{ zone }}\nzone={{ region }}.lan\nregion=eu\n";
  expect(await host(text)).toMatchObject({ value: { address: "h.eu.lan" } });
});

test("inventory_dir in the key's path is the directory of the inventory", async () => {
  const found = await host(`h ansible_private_key_file="{{ inventory_dir }}/key"\n`);
  expect(found).toMatchObject({ value: { privateKeyFile: `${tree.path}/key` } });
});

test("every variable that cannot be used is named, and secrets are not repeated", async () => {
  const line =
    "h ansible_port=abc ansible_host='{{ nope }}' ansible_become=perhaps ansible_connection=docker " +
    "ansible_ssh_common_args='-o \"x' ansible_password='{{ a | b }}'\n";
  const found = await host(line);
  if (found.ok) throw new Error("it should have failed");
  const problems = found.failure.map((problem) =>
    problem.reason === "inventory-variable" ? [problem.variable, problem.problem, problem.text] : [],
  );
  expect(new Set(problems)).toEqual(
    new Set([
      ["ansible_port", "not-a-port", "abc"],
      ["ansible_host", "undefined", "{{ nope }}"],
      ["ansible_become", "not-a-boolean", "perhaps"],
      ["ansible_connection", "connection", "docker"],
      ["ansible_ssh_common_args", "quoting", '-o "x'],
      ["ansible_password", "template", "[redacted]"],
    ]),
  );
});

test("names that name each other are a loop", async () => {
  const found = await host("h ansible_host='{{ a }}' a='{{ b }}' b='{{ a }}'\n");
  expect(found).toMatchObject({ failure: [{ variable: "ansible_host", problem: "template-loop" }] });
});

test("become by anything but sudo is refused, but only where become is asked for", async () => {
  expect(await host("h ansible_become_method=su\n")).toMatchObject({ ok: true });
  expect(await host("h ansible_become_method=su ansible_become=1\n")).toMatchObject({
    failure: [{ variable: "ansible_become_method", problem: "become-method" }],
  });
});

test("ansible.cfg says what the host's variables leave open", async () => {
  tree.write(
    "ansible.cfg",
    "[defaults]\nremote_user = ops\nremote_port = 2022\nprivate_key_file = keys/id\nhost_key_checking = False\n" +
      "[privilege_escalation]\nbecome = True\nbecome_user = app\n[ssh_connection]\nssh_common_args = -o A=b\n",
  );
  expect(await host("h\ni ansible_user=own ansible_become=no\n")).toMatchObject({
    value: {
      user: "ops",
      port: 2022,
      privateKeyFile: `${tree.path}/keys/id`,
      become: { user: "app" },
      sshArgs: ["-o", "StrictHostKeyChecking=no", "-o", "A=b"],
    },
  });
  const own = await host("h\ni ansible_user=own ansible_become=no\n", "i");
  expect(own).toMatchObject({ ok: true, value: { user: "own" } });
  expect(own.ok && "become" in own.value).toBe(false);
});

test("localhost that the inventory does not name is this machine, with the variables of all", async () => {
  tree.write("group_vars/all.yml", "ansible_become: true\n");
  expect(await host("h\n", "localhost")).toMatchObject({
    value: { name: "localhost", connection: "local", become: { user: "root" } },
  });
});

test("an unknown host names those that were likely meant", async () => {
  expect(await host("web01\nweb02\n", "wbe01")).toEqual({
    ok: false,
    failure: [{ reason: "inventory-unknown-host", host: "wbe01", near: ["web01"] }],
  });
});
