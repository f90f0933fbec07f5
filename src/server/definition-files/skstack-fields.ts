import { parse } from "yaml";
import { readOptionList } from "../../domain/option-list.ts";
import type { EntryKind, FileData } from "./sections.ts";

/**
 * Fields as the models of skstack name them (skworkorders.models, skaccounts.models), turned into Gantry's. Fields of
 * both may stand in one entry.
 */
export function fromSkstack(kind: EntryKind, entry: FileData): FileData {
  const { desc, ...rest } = entry;
  const described = desc === undefined || desc === null ? rest : { description: desc, ...rest };
  return TRANSLATIONS[kind]?.(described) ?? described;
}

const TRANSLATIONS: Partial<Readonly<Record<EntryKind, (entry: FileData) => FileData>>> = {
  user_group: ({ members: _members, ...entry }) => entry,
  environment: ({ name_english, ...entry }) => ({ ...given({ name: name_english }), ...entry }),
  config_centre: ({ ip, username, rsa_key: _path, password, ...entry }) => ({
    ...given({ address: ip, user: username, password, connection: ip === undefined ? undefined : "ssh" }),
    ...entry,
  }),
  variable: ({ label_name, value_method, value_form_type, value_optional, value_script, env, group, ...entry }) => ({
    ...given({
      label: label_name,
      environment: env,
      category: group,
      formType: FORM_TYPES[String(value_form_type)],
      source: sourceOf(value_method, value_optional, value_script),
    }),
    ...entry,
  }),
  variable_group: ({ vars, env, group, ...entry }) => ({
    ...given({ variables: vars, environment: env, category: group }),
    ...entry,
  }),
  approval_flow: ({ level, l1, l2, l3, ...entry }) => ({
    ...given({ levels: levelsOf(level, [l1, l2, l3]) }),
    ...entry,
  }),
  work_order: (entry) => {
    const {
      user_dep,
      env,
      group,
      status,
      var_built_in,
      var_opional_switch,
      var_opional,
      pre_task,
      main_task,
      post_task,
      audit_enable,
      audit_flow,
      schedule_enable,
      back_exe_enable,
      auto_exe_enable,
      template_enable,
      config_center,
      created_at: _created,
      updated_at: _updated,
      ...others
    } = entry;
    return {
      ...given({
        submitters: user_dep,
        environment: env,
        category: group,
        active: status === undefined ? undefined : status === "yes" || status === true,
        builtIn: var_built_in === undefined ? undefined : dictionary(var_built_in),
        variableGroup: var_opional_switch === false ? undefined : var_opional,
        preTask: pre_task,
        mainTask: main_task,
        postTask: post_task,
        approvalFlow: audit_enable === false ? undefined : audit_flow,
        schedulable: schedule_enable,
        background: back_exe_enable,
        runOnApproval: auto_exe_enable,
        template: template_enable,
        configCentre: config_center,
      }),
      ...others,
    };
  },
};

const FORM_TYPES: Readonly<Record<string, string>> = {
  Select: "select",
  RadioSelect: "radio",
  SelectMultiple: "multiselect",
  CheckboxSelectMultiple: "checkboxes",
  TextInput: "text",
  Textarea: "textarea",
};

function sourceOf(method: unknown, values: unknown, script: unknown): FileData | undefined {
  if (method === "script") return { kind: "script", command: script };
  if (method === "manual") return { kind: "input" };
  if (method !== "admin_def") return undefined;
  const list = typeof values === "string" ? readOptionList(values) : undefined;
  return { kind: "list", values: list?.ok === true ? list.value : values };
}

function levelsOf(count: unknown, groups: readonly unknown[]): readonly FileData[] | undefined {
  const asked = groups.filter((group) => group !== undefined && group !== null);
  if (asked.length === 0) return undefined;
  const wanted = Number(count);
  return asked
    .slice(0, wanted > 0 ? wanted : asked.length)
    .map((userGroup, index) => ({ name: `L${index + 1}`, userGroup }));
}

/** A Python or JSON dictionary in a text: both are flow mappings of YAML, as long as nothing is escaped in Python's way. */
function dictionary(value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (value.trim() === "") return {};
  try {
    const read: unknown = parse(value);
    if (typeof read !== "object" || read === null || Array.isArray(read)) return value;
    return Object.fromEntries(Object.entries(read).map(([name, text]) => [name, String(text)]));
  } catch {
    return value;
  }
}

/** Without what is absent: null of skstack is "none" here, too. */
function given(fields: FileData): FileData {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}
