import type { Become, Host } from "../../domain/host.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { Secret } from "../../domain/secret.ts";
import type { InventoryProblem } from "./errors.ts";
import { findHost } from "./host-lookup.ts";
import type { Inventory } from "./inventory.ts";
import { splitWords } from "./python-shlex.ts";
import { ResolvedVariables } from "./resolved-variables.ts";
import { isTrue } from "./setting-lookup.ts";
import { homeOf } from "./surroundings.ts";
import { Float, type Value } from "./values.ts";

/**
 * How to reach a host of the inventory: its connection variables, else Ansible's settings. Of several names for one
 * thing (`ansible_host`, `ansible_ssh_host`) the older one wins, as in Ansible. Fails with every variable that
 * cannot be used.
 */
export function toHost(inventory: Inventory, name: string): Result<Host, InventoryProblem[]> {
  const found = findHost(inventory, name);
  if (!found.ok) return found;
  const variables = new ResolvedVariables(found.value, inventory.context);
  const defaults = inventory.context.settings.connection;
  const port = portOf(variables) ?? defaults.port;
  const user = variables.text(["ansible_user", "ansible_ssh_user"]) ?? defaults.user;
  const key = variables.text(["ansible_private_key_file", "ansible_ssh_private_key_file"]) ?? defaults.privateKeyFile;
  const password = variables.text(["ansible_password", "ansible_ssh_pass", "ansible_ssh_password"]);
  const become = becomeOf(variables, inventory);
  const host: Host = {
    name,
    connection: connectionOf(variables, defaults.connection),
    address: variables.text(["ansible_host", "ansible_ssh_host"]) ?? name,
    ...(port === undefined ? {} : { port }),
    ...(user === undefined ? {} : { user }),
    ...(key === undefined ? {} : { privateKeyFile: key.replace(/^~(?=\/|$)/, homeOf(inventory.context.surroundings)) }),
    sshArgs: [...hostKeyArgs(variables, inventory), ...argsOf(variables, inventory)],
    ...(password === undefined ? {} : { password: new Secret(password) }),
    ...(become === undefined ? {} : { become }),
  };
  return variables.problems.length > 0 ? fail(variables.problems) : ok(host);
}

function connectionOf(variables: ResolvedVariables, otherwise = "ssh"): Host["connection"] {
  const written = variables.text(["ansible_connection"]) ?? otherwise;
  const connection = written.replace(/^ansible\.(?:builtin|legacy|netcommon)\./, "");
  if (connection === "local") return "local";
  if (!["ssh", "smart", "paramiko", "paramiko_ssh"].includes(connection)) {
    variables.reject("ansible_connection", "connection", written);
  }
  return "ssh";
}

function portOf(variables: ResolvedVariables): number | undefined {
  const found = variables.value(["ansible_port", "ansible_ssh_port"]);
  if (found === undefined || found.value === "") return undefined;
  const port = portNumber(found.value);
  if (port === undefined) variables.reject(found.name, "not-a-port", found.value);
  return port;
}

/** A port from a number or a text of digits. */
function portNumber(value: Value): number | undefined {
  const text = typeof value === "string" ? value.trim() : "";
  const written = /^[0-9]+$/.test(text) ? Number(text) : value;
  const port = written instanceof Float ? written.value : written;
  return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}

function becomeOf(variables: ResolvedVariables, inventory: Inventory): Become | undefined {
  const { become, becomeUser, becomeMethod } = inventory.context.settings.connection;
  if (booleanOf(variables, ["ansible_become"], become ?? false) !== true) return undefined;
  const method = variables.text(["ansible_become_method"]) ?? becomeMethod ?? "sudo";
  if (method.replace(/^ansible\.(?:builtin|legacy)\./, "") !== "sudo") {
    variables.reject("ansible_become_method", "become-method", method);
  }
  const user = variables.text(["ansible_become_user", "ansible_sudo_user"]) ?? becomeUser ?? "root";
  const password = variables.text(["ansible_become_password", "ansible_become_pass", "ansible_sudo_pass"]);
  return password === undefined ? { user } : { user, password: new Secret(password) };
}

/** Ansible's `boolean`: yes, on, 1, true, y, t and their opposites, in any case. */
function booleanOf(variables: ResolvedVariables, names: readonly string[], otherwise: boolean): boolean | undefined {
  const found = variables.value(names);
  if (found === undefined || found.value === "") return otherwise;
  const value = found.value instanceof Float ? found.value.value : found.value;
  const text = typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? `${value}` : "";
  if (isTrue(text)) return true;
  if (["n", "no", "off", "0", "false", "f"].includes(text.trim().toLowerCase())) return false;
  variables.reject(found.name, "not-a-boolean", value);
  return undefined;
}

/** Where host keys are not to be checked, ssh is told so, as Ansible does. */
function hostKeyArgs(variables: ResolvedVariables, inventory: Inventory): string[] {
  const names = ["ansible_host_key_checking", "ansible_ssh_host_key_checking"];
  const checks = booleanOf(variables, names, inventory.context.settings.connection.hostKeyChecking ?? true);
  return checks === false ? ["-o", "StrictHostKeyChecking=no"] : [];
}

function argsOf(variables: ResolvedVariables, inventory: Inventory): string[] {
  const { commonArgs, extraArgs } = inventory.context.settings.connection;
  const written: readonly (readonly [string, string | undefined])[] = [
    ["ansible_ssh_common_args", commonArgs],
    ["ansible_ssh_extra_args", extraArgs],
  ];
  return written.flatMap(([name, otherwise]) => {
    const text = variables.text([name]) ?? otherwise ?? "";
    const words = splitWords(text, { comments: false });
    if (words.ok) return words.value;
    variables.reject(name, "quoting", text);
    return [];
  });
}
