import { AccountInput } from "../../contract/accounts.ts";
import type { ImportRow } from "../../contract/people.ts";
import { zodFields } from "../api/zod-fields.ts";
import type { ImportColumn, ImportFile, ImportLine } from "./import-rows.ts";

/** An account as the import compares and writes it; groups by name. */
export interface ImportedAccount {
  readonly name: string;
  readonly displayName: string;
  readonly email: string;
  readonly role: string;
  readonly groups: readonly string[];
  readonly active: boolean;
}

/** What there is before the import. */
export interface ImportWorld {
  /** Those that the file names, by their name in lower case. */
  readonly accounts: ReadonlyMap<string, ImportedAccount & { readonly id: number }>;
  readonly roles: ReadonlySet<string>;
  /** Names by themselves in lower case. */
  readonly groups: ReadonlyMap<string, string>;
  readonly createGroups: boolean;
  /** Who imports: must not lock himself out. */
  readonly caller: number;
}

/** What becomes of a line; `account` is as it will be, `id` that of one that is there. */
export interface PlannedRow extends Omit<ImportRow, "password"> {
  readonly id: number | undefined;
  readonly account: ImportedAccount;
}

export interface ImportPlan {
  readonly rows: readonly PlannedRow[];
  readonly newGroups: readonly string[];
}

type Problem = ImportRow["problems"][number];

/** Says of each line what it makes or changes, with everything that is wrong with it. */
export function planImport({ columns, lines }: ImportFile, world: ImportWorld): ImportPlan {
  const seen = new Map<string, number>();
  const newGroups = new Map<string, string>();
  const rows = lines.map((line): PlannedRow => {
    const name = line.fields.name ?? "";
    const before = world.accounts.get(name.toLowerCase());
    const problems: Problem[] = [];
    if (line.ragged)
      problems.push({
        field: "row",
        rule: "columns",
        message: `The row needs ${columns.length} fields, as the header.`,
      });
    const earlier = seen.get(name.toLowerCase());
    if (earlier !== undefined)
      problems.push({ field: "name", rule: "double", message: `The name is on line ${earlier} already.` });
    else if (name !== "") seen.set(name.toLowerCase(), line.line);
    const groups = groupsOf(line, before, world, newGroups, problems);
    const active = activeOf(line, before, problems);
    const account = { ...textsOf(line, before, world, problems), groups, active };
    if (before?.id === world.caller && (!active || account.role !== before.role))
      problems.push({
        field: "role",
        rule: "own-account",
        message: "You cannot lock yourself out: ask another administrator.",
      });
    const changes = changesOf(before, account);
    const outcome =
      problems.length > 0 ? "problem" : before === undefined ? "created" : changes.length > 0 ? "changed" : "unchanged";
    return { line: line.line, name, outcome, changes, problems, id: before?.id, account };
  });
  return { rows, newGroups: [...newGroups.values()] };
}

/** Name, display name, email and role, checked as the form's are. An empty role keeps the one there is. */
function textsOf(line: ImportLine, before: ImportedAccount | undefined, world: ImportWorld, problems: Problem[]) {
  const { fields } = line;
  const account = {
    name: before?.name ?? fields.name ?? "",
    displayName: fields.displayName ?? before?.displayName ?? "",
    email: fields.email ?? before?.email ?? "",
    role: fields.role === undefined || fields.role === "" ? (before?.role ?? "") : fields.role,
  };
  const checked = AccountInput.safeParse(account);
  if (!checked.success)
    problems.push(...zodFields(checked.error.issues).map(({ field, rule, message }) => ({ field, rule, message })));
  if (account.role !== "" && !world.roles.has(account.role))
    problems.push({ field: "role", rule: "unknown", message: `There is no role "${account.role}".` });
  return account;
}

/** Without a column `groups`, an account stays in its groups. */
function groupsOf(
  { fields }: ImportLine,
  before: ImportedAccount | undefined,
  world: ImportWorld,
  newGroups: Map<string, string>,
  problems: Problem[],
): string[] {
  if (fields.groups === undefined) return [...(before?.groups ?? [])];
  const names = new Map<string, string>();
  for (const text of fields.groups.split(";")) {
    const name = text.trim();
    const key = name.toLowerCase();
    if (name === "") continue;
    const known = world.groups.get(key) ?? newGroups.get(key);
    if (known === undefined && name.length > 100)
      problems.push({ field: "groups", rule: "too-long", message: "The name of a group has at most 100 characters." });
    else if (known === undefined && world.createGroups) newGroups.set(key, name);
    else if (known === undefined)
      problems.push({ field: "groups", rule: "unknown", message: `There is no user group "${name}".` });
    names.set(key, known ?? name);
  }
  return [...names.values()].toSorted();
}

const ACTIVE: Readonly<Record<string, boolean>> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

function activeOf({ fields }: ImportLine, before: ImportedAccount | undefined, problems: Problem[]): boolean {
  const there = before?.active ?? true;
  if (fields.active === undefined || fields.active === "") return there;
  const active = ACTIVE[fields.active.toLowerCase()];
  if (active === undefined)
    problems.push({ field: "active", rule: "format", message: `"${fields.active}": write true or false.` });
  return active ?? there;
}

function changesOf(before: ImportedAccount | undefined, after: ImportedAccount): ImportColumn[] {
  if (before === undefined) return [];
  const texts = (["displayName", "email", "role", "active"] as const).filter((field) => before[field] !== after[field]);
  const groups = (account: ImportedAccount): string => account.groups.toSorted().join("\n");
  return groups(before) === groups(after) ? texts : [...texts, "groups"];
}
