import type { EntryKind, FileData } from "./sections.ts";

/** A field that names something else: `levels[].userGroup` is the field of each member of a list. */
interface Reference {
  readonly target: EntryKind;
  readonly field: string;
  /** The field of each member, where the field is a list of objects. */
  readonly of?: string;
}

const placed: readonly Reference[] = [
  { target: "environment", field: "environment" },
  { target: "category", field: "category" },
];

const REFERENCES: Readonly<Record<EntryKind, readonly Reference[]>> = {
  user_group: [],
  environment: [],
  category: [],
  config_centre: [],
  notification_channel: [],
  sign_in_method: [{ target: "user_group", field: "groups", of: "userGroup" }],
  approval_flow: [{ target: "user_group", field: "levels", of: "userGroup" }],
  freeze_window: [{ target: "environment", field: "environment" }],
  variable: [...placed, { target: "config_centre", field: "configCentre" }],
  variable_group: [...placed, { target: "variable", field: "variables" }],
  work_order: [
    ...placed,
    { target: "config_centre", field: "configCentre" },
    { target: "variable_group", field: "variableGroup" },
    { target: "approval_flow", field: "approvalFlow" },
    { target: "user_group", field: "submitters" },
    { target: "notification_channel", field: "notifications", of: "channel" },
  ],
};

/** Replaces every reference of an entry: `change` gets what is there now and the path of the field. */
export function mapReferences(
  kind: EntryKind,
  data: FileData,
  change: (target: EntryKind, value: unknown, path: string) => unknown,
): FileData {
  const changed: Record<string, unknown> = { ...data };
  for (const { target, field, of } of REFERENCES[kind]) {
    const value = data[field];
    if (value === undefined || value === null) continue;
    if (Array.isArray(value))
      changed[field] = value.map((member: unknown, index) => {
        const path = `${field}[${index}]`;
        if (of === undefined) return change(target, member, path);
        if (typeof member !== "object" || member === null) return member;
        return { ...member, [of]: change(target, (member as FileData)[of], `${path}.${of}`) };
      });
    else if (of === undefined) changed[field] = change(target, value, field);
  }
  return changed;
}
