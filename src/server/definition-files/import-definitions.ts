import type { ImportReport } from "../../contract/definition-files.ts";
import { DEFINITIONS, KEPT_SECRET, type DefinitionKind } from "../../contract/definitions.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { ProblemError, type FieldProblem } from "../api/problem-error.ts";
import { zodFields } from "../api/zod-fields.ts";
import { actorOf, audit } from "../audit/audit.ts";
import { mayDefine } from "../definitions/definition-handlers.ts";
import { checkDefinition } from "../definitions/definition-rules.ts";
import type { DefinitionRow, DefinitionStore } from "../definitions/definition-store.ts";
import { openFields, sealFields, SECRET_FIELDS } from "../definitions/kept-secrets.ts";
import { changesBetween } from "../definitions/version-changes.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { Language } from "../words/task-words.ts";
import { dataInFile } from "./export-definitions.ts";
import { findNamed, type Named } from "./names.ts";
import { mapReferences } from "./references.ts";
import type { FileData, FileEntry, FileProblem } from "./sections.ts";

type Item = ImportReport["items"][number];

export interface ImportParts {
  readonly store: DefinitionStore;
  readonly box: SecretBox;
  readonly caller: SignedIn;
  readonly language: Language;
}

/** Thrown to take everything back: the dry run, and imports with problems. */
class TakenBack extends Error {}

/**
 * Imports the entries of a file, all of them or none: what is there under the same name is changed where it differs,
 * what is not there is made, and nothing is deleted. A dry run does the same and takes it back.
 */
export async function importDefinitions(
  parts: ImportParts,
  entries: readonly FileEntry[],
  dryRun: boolean,
): Promise<ImportReport> {
  const items: Item[] = [];
  const problems: FileProblem[] = [];
  const failed = new Set<string>();
  try {
    await parts.store.db.transaction().execute(async (trx) => {
      const importing = await beginImport({ ...parts, store: parts.store.within(trx) });
      for (const entry of entries) {
        const outcome = await importing(entry, failed);
        if (Array.isArray(outcome)) {
          failed.add(`${entry.kind}/${String(entry.data["name"])}`);
          problems.push(...outcome);
        } else items.push(outcome);
      }
      if (dryRun || problems.length > 0) throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  return { applied: !dryRun && problems.length === 0, items, problems };
}

async function beginImport({ store, box, caller, language }: ImportParts) {
  const { db } = store;
  const rows: DefinitionRow[] = await db.selectFrom("definition").selectAll().where("deleted_at", "is", null).execute();
  const groups = await db.selectFrom("user_group").selectAll().execute();
  const named = (): Named[] => [
    ...rows,
    ...groups.map(({ id, name }) => ({ id, name, kind: "user_group" as const, environment: null })),
  ];

  const importGroup = async ({ data, path, line }: FileEntry): Promise<Item | FileProblem[]> => {
    const name = textOf(data["name"]);
    const description = textOf(data["description"]);
    if (name === "" || name.length > 100)
      return [{ path: `${path}.name`, line, message: "Give a name of at most 100 characters." }];
    const known = groups.find((group) => sameName(group.name, name));
    const item = { kind: "user_group" as const, name, environment: null };
    if (known !== undefined && known.description === description) return { ...item, outcome: "unchanged", changes: [] };
    if (!caller.permissions.includes("administer"))
      return [{ path, line, message: 'Making or changing user groups needs the permission "administer".' }];
    const row =
      known === undefined
        ? await db.insertInto("user_group").values({ name, description }).returningAll().executeTakeFirstOrThrow()
        : await db
            .updateTable("user_group")
            .set({ description })
            .where("id", "=", known.id)
            .returningAll()
            .executeTakeFirstOrThrow();
    if (known !== undefined) groups.splice(groups.indexOf(known), 1);
    groups.push(row);
    const action = known === undefined ? "user-group-created" : "user-group-changed";
    await audit(db, { actor: actorOf(caller), action, object: { kind: "user_group", id: row.id, name } });
    const changes = changesBetween({ description: known?.description }, { description });
    return { ...item, outcome: known === undefined ? "created" : "changed", changes };
  };

  return async (entry: FileEntry, failed: ReadonlySet<string>): Promise<Item | FileProblem[]> => {
    const { kind, path, line } = entry;
    if (kind === "user_group") return importGroup(entry);
    const at = (field: string, message: string): FileProblem => ({
      path: field === "" ? path : `${path}.${field}`,
      line,
      message,
    });
    const problems: FileProblem[] = [];

    const environment = environmentOf(entry.data, named());
    const data = mapReferences(kind, entry.data, (target, value, field) => {
      const found = findNamed(target, value, environment, named());
      if ("id" in found) return found.id;
      // Its own problem is told already; another one about it would only be noise.
      problems.push(
        at(
          field,
          failed.has(`${target}/${String(value)}`) ? `${String(value)} has a problem of its own.` : found.problem,
        ),
      );
      return null;
    });
    if (problems.length > 0) return problems;
    const name = typeof data["name"] === "string" ? data["name"].trim() : "";
    const known = rows.find(
      (row) => row.kind === kind && row.environment === (data["environment"] ?? null) && sameName(row.name, name),
    );
    const whole = { ...data, ...keptSecrets(kind, data, known), ...untilItHasItsAddress(kind, data, known) };
    const parsed = DEFINITIONS[kind].safeParse(whole);
    if (!parsed.success) return zodFields(parsed.error.issues).map((problem) => at(problem.field, problem.message));
    const wrong = [
      ...(await checkDefinition(kind, parsed.data, store, language)),
      ...notAllowed(caller, kind, known, parsed.data),
    ];
    if (wrong.length > 0) return wrong.map((problem) => at(problem.field, problem.message));

    const before = known === undefined ? {} : dataInFile(kind, known, named());
    const item = {
      kind,
      name,
      environment:
        named().find((one) => one.kind === "environment" && one.id === parsed.data["environment" as never])?.name ??
        null,
    };
    const replaced = replacedSecrets(kind, whole, known, box);
    const shown = dataInFile(kind, { data: parsed.data, environment }, named());
    const changes = [...changesBetween(before, shown), ...replaced];
    if (known !== undefined && changes.length === 0) return { ...item, outcome: "unchanged", changes };
    const sealed = sealFields(kind, parsed.data, known?.data, box);
    const row =
      known === undefined
        ? await store.create(kind, sealed, actorOf(caller))
        : await store.update(known, known.version, sealed, actorOf(caller));
    if (row === undefined)
      throw new ProblemError(409, "changed", `${name} has changed meanwhile. Import it again; nothing was done.`);
    if (known !== undefined) rows.splice(rows.indexOf(known), 1);
    rows.push(row);
    return { ...item, outcome: known === undefined ? "created" : "changed", changes };
  };
}

/** Names are unique in either case. */
function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function environmentOf(data: FileData, all: readonly Named[]): number | null {
  const found = findNamed("environment", data["environment"], null, all);
  return "id" in found ? found.id : null;
}

/** Secrets that the file leaves out stay as they are; a new definition has none. */
function keptSecrets(kind: DefinitionKind, data: FileData, known: DefinitionRow | undefined): FileData {
  return Object.fromEntries(
    (SECRET_FIELDS[kind] ?? [])
      .filter((field) => data[field] === undefined || data[field] === KEPT_SECRET)
      .map((field) => [field, known === undefined ? "" : KEPT_SECRET]),
  );
}

/** The address of a webhook is a secret: a new channel without one is not active until somebody gives it. */
function untilItHasItsAddress(kind: DefinitionKind, data: FileData, known: DefinitionRow | undefined): FileData {
  const lacksIt = kind === "notification_channel" && known === undefined && data["kind"] !== "email";
  return lacksIt && data["url"] === undefined ? { active: false } : {};
}

/** Secrets that the file brings and that are other ones than those there. */
function replacedSecrets(kind: DefinitionKind, whole: FileData, known: DefinitionRow | undefined, box: SecretBox) {
  const kept = known === undefined ? {} : openFields(kind, known.data, box);
  return (SECRET_FIELDS[kind] ?? [])
    .filter((field) => whole[field] !== KEPT_SECRET && (whole[field] ?? "") !== (kept[field] ?? ""))
    .map((path) => ({
      path,
      before: known === undefined ? null : JSON.stringify(KEPT_SECRET),
      after: JSON.stringify(KEPT_SECRET),
    }));
}

function notAllowed(
  caller: SignedIn,
  kind: DefinitionKind,
  known: DefinitionRow | undefined,
  data: FileData,
): FieldProblem[] {
  try {
    if (known !== undefined) mayDefine(caller, kind, known.data);
    mayDefine(caller, kind, data);
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return [{ field: "", rule: error.type, message: error.message }];
    throw error;
  }
}
