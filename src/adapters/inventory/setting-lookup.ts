import type { AnsibleConfig } from "./ansible-cfg.ts";

/** Looks a setting up: first the environment variables, then the options of ansible.cfg; of several, the last wins. */
export type SettingLookup = (
  variables: readonly string[],
  options: readonly (readonly [section: string, option: string])[],
) => string | undefined;

/** The settings of an ansible.cfg under an environment. */
export function settingLookup(config: AnsibleConfig, env: Readonly<Record<string, string | undefined>>): SettingLookup {
  return (variables, options) => {
    const set = variables.map((name) => env[name]).findLast((value) => value !== undefined);
    if (set !== undefined) return set;
    const written = options.map(([section, option]) => config.sections.get(section)?.get(option));
    const value = written.findLast((text) => text !== undefined);
    return value === undefined ? undefined : unquote(value);
  };
}

/** A setting that is a list: items between commas, each perhaps in quotes. */
export function listSetting(text: string | undefined): string[] | undefined {
  return text?.split(",").map((item) => unquote(item.trim()));
}

/** Ansible's words for yes; everything else is no. */
export function isTrue(text: string): boolean {
  return ["y", "yes", "on", "1", "true", "t"].includes(text.trim().toLowerCase());
}

function unquote(text: string): string {
  return /^(?<quote>["'])(?<inner>.*)\k<quote>$/s.exec(text)?.groups?.["inner"] ?? text;
}
