import type { FileData, SectionName } from "./sections.ts";

/** Models of skstack, as `manage.py dumpdata` names them, and the section that each becomes. */
const MODELS: ReadonlyMap<string, SectionName> = new Map(
  Object.entries({
    "skaccounts.usergroup": "userGroups",
    "skaccounts.auditflow": "approvalFlows",
    "skworkorders.environment": "environments",
    "skworkorders.workordergroup": "categories",
    "skworkorders.configcenter": "configCentres",
    "skworkorders.vars": "variables",
    "skworkorders.varsgroup": "variableGroups",
    "skworkorders.workorder": "workOrders",
  } as const),
);
/** Fields that hold primary keys, and of which model. */
const KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    env: "skworkorders.environment",
    group: "skworkorders.workordergroup",
    vars: "skworkorders.vars",
    var_opional: "skworkorders.varsgroup",
    config_center: "skworkorders.configcenter",
    user_dep: "skaccounts.usergroup",
    audit_flow: "skaccounts.auditflow",
    l1: "skaccounts.usergroup",
    l2: "skaccounts.usergroup",
    l3: "skaccounts.usergroup",
  }),
);

interface DumpedObject {
  readonly model: string;
  readonly pk: unknown;
  readonly fields: FileData;
}

/** Whether this is what `manage.py dumpdata` writes: a list of objects with model, pk and fields. */
export function isDjangoDump(value: unknown): value is readonly DumpedObject[] {
  return Array.isArray(value) && value.length > 0 && value.every(isDumped);
}

function isDumped(value: unknown): value is DumpedObject {
  if (typeof value !== "object" || value === null) return false;
  const { model, fields } = value as FileData;
  return typeof model === "string" && typeof fields === "object" && fields !== null;
}

/** The section of a dumped object, or undefined where it is nothing that Gantry has, and its fields with names for keys. */
export function readDump(
  dump: readonly DumpedObject[],
): { readonly section: SectionName | undefined; readonly data: FileData }[] {
  const names = new Map(
    dump.map(({ model, pk, fields }) => [`${model}/${JSON.stringify(pk)}`, fields["name"] ?? fields["name_english"]]),
  );
  const named = (model: string, key: unknown): unknown =>
    key === null || key === undefined ? key : (names.get(`${model}/${JSON.stringify(key)}`) ?? key);
  return dump.map(({ model, fields }) => ({
    section: MODELS.get(model),
    data: Object.fromEntries(
      Object.entries(fields).map(([field, value]) => {
        const target = KEYS.get(field);
        if (target === undefined) return [field, value];
        return [field, Array.isArray(value) ? value.map((key) => named(target, key)) : named(target, value)];
      }),
    ),
  }));
}
