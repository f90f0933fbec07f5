import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InventoryTree } from "./inventory-tree.fixture.ts";
import { toHost } from "./to-host.ts";

/** `ansible_password: in line`, encrypted by ansible-vault with the password "hunter2". */
const encrypted = `ansible_password: !vault |
  $ANSIBLE_VAULT;1.1;AES256
  66393139613836363263646430326236383438666538386131356266356533633230643330393937
  6430303436643430616265313631313136343830303139320a316539366334666438353033643038
  32653161656430383861656238333836653465393931313136366535666162663830633939656132
  3566306534633139640a393033326436373561323739666431636636373632623763353332306464
  3234
`;

let tree: InventoryTree;

beforeEach(() => {
  tree = new InventoryTree({ hosts: "h\n", "group_vars/all.yml": encrypted });
});

afterEach(() => tree.remove());

async function password() {
  const host = toHost(await tree.inventory(), "h");
  return host.ok ? host.value.password?.reveal() : host.failure;
}

test("a vaulted variable is opened with the password from a file", async () => {
  tree.env["ANSIBLE_VAULT_PASSWORD_FILE"] = tree.write("password", "hunter2\n");
  expect(await password()).toBe("in line");
});

test("a password may come from a program, and of several the right one is found", async () => {
  tree.write("print", "#!/bin/sh\necho hunter2\n", 0o755);
  tree.write("wrong", "nope\n");
  tree.env["ANSIBLE_VAULT_IDENTITY_LIST"] = "dev@wrong, prod@print";
  expect(await password()).toBe("in line");
});

test.each([
  [undefined, "no-password"],
  ["other\n", "wrong-password"],
  ["", "password-file"],
])("with the password %j it stays closed: %s", async (text, problem) => {
  if (text !== undefined) tree.env["ANSIBLE_VAULT_PASSWORD_FILE"] = tree.write("password", text);
  expect(await password()).toEqual([{ reason: "inventory-vault", problem, host: "h", variable: "ansible_password" }]);
});

test("a whole file that stays closed is named", async () => {
  const file = tree.write("group_vars/all.yml", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
  tree.env["ANSIBLE_VAULT_PASSWORD_FILE"] = tree.write("password", "hunter2\n");
  expect(await tree.load()).toEqual({ ok: false, failure: [{ reason: "inventory-vault", problem: "damaged", file }] });
  expect(file).toBe(join(tree.path, "group_vars/all.yml"));
});
