import { dirname } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import { type AnsibleConfig, findAnsibleConfig, readAnsibleConfig } from "./ansible-cfg.ts";
import { type ConnectionDefaults, connectionDefaults } from "./connection-defaults.ts";
import type { InventoryProblem } from "./errors.ts";
import type { GraphRules } from "./graph.ts";
import { isTrue, listSetting, type SettingLookup, settingLookup } from "./setting-lookup.ts";
import { expandPath, type Surroundings } from "./surroundings.ts";

/** Ansible's settings that decide how an inventory is found and read. */
export interface AnsibleSettings extends GraphRules {
  readonly configFile: string | undefined;
  /** ansible.cfg's `inventory`, as absolute paths. */
  readonly inventory: readonly string[];
  /** Files of an inventory directory that are passed over, by the end of their names and by regular expressions. */
  readonly ignoredExtensions: readonly string[];
  readonly ignoredPatterns: readonly string[];
  readonly inventoryPlugins: readonly string[];
  readonly yamlExtensions: readonly string[];
  /** Whether a source that cannot be read fails the whole inventory. Gantry's default is true, unlike Ansible's. */
  readonly unparsedIsFailed: boolean;
  /** What becomes of a part of a pattern that matches nothing, while others match. */
  readonly patternMismatch: "error" | "warning" | "ignore";
  /** The order in which the variables of groups are put together. */
  readonly precedence: readonly string[];
  /** Where group_vars and host_vars are looked for besides those next to the inventory. */
  readonly playbookDirectory: string;
  /** `label@file` or `file` for each Vault password. */
  readonly vaultIdentities: readonly string[];
  /** True when variables may come from elsewhere (vars plugins, a fact cache): nothing of it may be cached. */
  readonly dynamic: boolean;
  readonly connection: ConnectionDefaults;
}

const ignoredExtensions = ".pyc,.pyo,.swp,.bak,~,.rpm,.md,.txt,.rst,.orig,.cfg,.retry";
const inventoryPlugins = "host_list,script,auto,yaml,ini,toml";
const precedence =
  "all_inventory,groups_inventory,all_plugins_inventory,all_plugins_play,groups_plugins_inventory,groups_plugins_play";

/** Reads ansible.cfg and the environment; fails with the lines of ansible.cfg that make no sense. */
export function readSettings(surroundings: Surroundings): Result<AnsibleSettings, InventoryProblem[]> {
  const file = findAnsibleConfig(surroundings);
  const config = file === undefined ? ok({ file, sections: new Map() }) : readAnsibleConfig(file);
  return config.ok ? ok(settingsFrom(config.value, surroundings)) : fail(config.failure);
}

function settingsFrom(config: AnsibleConfig, surroundings: Surroundings): AnsibleSettings {
  const setting = settingLookup(config, surroundings.env);
  const text = (variable: string, section: string, option: string): string | undefined =>
    setting([variable], [[section, option]]);
  const list = (variable: string, section: string, option: string, otherwise: string): string[] =>
    listSetting(text(variable, section, option) ?? otherwise) ?? [];
  const base = config.file === undefined ? surroundings.cwd : dirname(config.file);
  const groupNames = text("ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS", "defaults", "force_valid_group_names");
  const playbooks = text("ANSIBLE_PLAYBOOK_DIR", "defaults", "playbook_dir");
  const unparsed = text("ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED", "inventory", "any_unparsed_is_failed");
  const mismatch = text("ANSIBLE_HOST_PATTERN_MISMATCH", "inventory", "host_pattern_mismatch");
  const varsPlugins = text("ANSIBLE_VARS_ENABLED", "defaults", "vars_plugins_enabled") ?? "host_group_vars";
  const factCache = text("ANSIBLE_CACHE_PLUGIN", "defaults", "fact_caching") ?? "memory";
  return {
    configFile: config.file,
    inventory: configuredInventory(config, surroundings, base),
    hashBehaviour: text("ANSIBLE_HASH_BEHAVIOUR", "defaults", "hash_behaviour") === "merge" ? "merge" : "replace",
    forceValidGroupNames: groupNames === "always" || groupNames === "silently",
    ignoredExtensions: ignored(setting, "ANSIBLE_INVENTORY_IGNORE", "extensions") ?? ignoredExtensions.split(","),
    ignoredPatterns: ignored(setting, "ANSIBLE_INVENTORY_IGNORE_REGEX", "patterns") ?? [],
    inventoryPlugins: list("ANSIBLE_INVENTORY_ENABLED", "inventory", "enable_plugins", inventoryPlugins),
    yamlExtensions: list("ANSIBLE_YAML_FILENAME_EXT", "defaults", "yaml_valid_extensions", ".yml,.yaml,.json"),
    unparsedIsFailed: unparsed === undefined || isTrue(unparsed),
    patternMismatch: mismatch === "error" || mismatch === "ignore" ? mismatch : "warning",
    precedence: list("ANSIBLE_PRECEDENCE", "defaults", "precedence", precedence),
    playbookDirectory: playbooks === undefined ? surroundings.cwd : expandPath(playbooks, surroundings, base),
    vaultIdentities: vaultIdentities(setting, (path) => expandPath(path, surroundings, base)),
    dynamic: !/^(?:ansible\.builtin\.)?host_group_vars$/.test(varsPlugins) || factCache !== "memory",
    connection: connectionDefaults(setting, (path) => expandPath(path, surroundings, base)),
  };
}

function configuredInventory(config: AnsibleConfig, surroundings: Surroundings, base: string): string[] {
  const written = config.sections.get("defaults")?.get("inventory") ?? "";
  const items = written.split(",").map((item) => item.trim().replaceAll("{{CWD}}", surroundings.cwd));
  return items.filter((item) => item !== "").map((item) => expandPath(item, surroundings, base));
}

function ignored(setting: SettingLookup, variable: string, what: string): string[] | undefined {
  return listSetting(
    setting(
      [variable],
      [
        ["defaults", `inventory_ignore_${what}`],
        ["inventory", `ignore_${what}`],
      ],
    ),
  );
}

function vaultIdentities(setting: SettingLookup, expand: (path: string) => string): string[] {
  const listed = listSetting(setting(["ANSIBLE_VAULT_IDENTITY_LIST"], [["defaults", "vault_identity_list"]])) ?? [];
  const file = setting(["ANSIBLE_VAULT_PASSWORD_FILE"], [["defaults", "vault_password_file"]]) ?? "";
  return [...listed.filter((identity) => identity !== ""), ...(file === "" ? [] : [expand(file)])];
}
