import { DEFINITIONS, type DefinitionKind } from "../../contract/definitions.ts";
import type { Definition } from "../../contract/administration.ts";
import { ADMINISTRATION_KINDS } from "../../contract/states.ts";
import { may, type SignedIn } from "../accounts/signed-in.ts";
import type { Handlers } from "../api/handlers.ts";
import { languageOf } from "../api/language.ts";
import { invalid, notAllowed, notFound, ProblemError } from "../api/problem-error.ts";
import { zodFields } from "../api/zod-fields.ts";
import { actorOf } from "../audit/audit.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { isUniqueViolation } from "../store/violations.ts";
import type { Language } from "../words/task-words.ts";
import { checkDefinition } from "./definition-rules.ts";
import type { DefinitionRow, DefinitionStore, DefinitionUse } from "./definition-store.ts";
import { hideFields, sealFields } from "./kept-secrets.ts";
import { changesBetween } from "./version-changes.ts";

type Names =
  | "GET /definitions/:kind"
  | "POST /definitions/:kind"
  | "GET /definitions/:kind/:id"
  | "PUT /definitions/:kind/:id"
  | "DELETE /definitions/:kind/:id"
  | "POST /definitions/:kind/:id/copy"
  | "GET /definitions/:kind/:id/versions";

type Data = Readonly<Record<string, unknown>>;

/** Accounts that a refusal names. */
const NAMED = 10;

export interface DefinitionParts {
  readonly store: DefinitionStore;
  readonly box: SecretBox;
}

/** All kinds are defined, changed, copied and deleted alike; only their schemas and rules differ. */
export function definitionHandlers({ store, box }: DefinitionParts): Handlers<Names> {
  const find = async (kind: DefinitionKind, id: number): Promise<DefinitionRow> => {
    const row = await store.find(kind, id);
    if (row === undefined) throw notFound(kind.replace("_", " "));
    return row;
  };
  const shown = async (rows: readonly DefinitionRow[]): Promise<Definition[]> => {
    const uses = await store.usesOf(rows.map(({ id }) => id));
    return rows.map((row) => shownAs(row, uses.get(row.id) ?? []));
  };
  const one = async (row: DefinitionRow): Promise<Definition> =>
    shownAs(row, (await store.usesOf([row.id])).get(row.id) ?? []);
  const nobodySignsInBy = async (method: number): Promise<void> => {
    const people = await store.signingInBy(method);
    if (people.length === 0) return;
    const some = people.slice(0, NAMED).map(({ name }) => name);
    const names = [...some, ...(people.length > NAMED ? [`${people.length - NAMED} more`] : [])].join(", ");
    throw new ProblemError(409, "in-use", `Active accounts sign in by it: ${names}. Make them inactive first.`, {
      usedBy: people.slice(0, NAMED).map((person) => ({ kind: "account", ...person })),
    });
  };
  const create = async (kind: DefinitionKind, data: Data, caller: SignedIn): Promise<Definition> => {
    mayDefine(caller, kind, data);
    return one(await store.create(kind, data, actorOf(caller)).catch(nameTaken));
  };

  return {
    "GET /definitions/:kind": async ({ params: { kind }, caller }) => {
      maySeeDefinitions(caller, kind);
      return { items: await shown(await store.list(kind)) };
    },

    "POST /definitions/:kind": async ({ params: { kind }, body, caller, request }) => {
      const data = await checked(kind, body.data, store, languageOf(request));
      return create(kind, sealFields(kind, data, undefined, box), caller);
    },

    "GET /definitions/:kind/:id": async ({ params: { kind, id }, caller }) => {
      maySeeDefinitions(caller, kind);
      return one(await find(kind, id));
    },

    "PUT /definitions/:kind/:id": async ({ params: { kind, id }, body, caller, request }) => {
      const row = await find(kind, id);
      mayDefine(caller, kind, row.data);
      mayDefine(caller, kind, body.data);
      const data = sealFields(kind, await checked(kind, body.data, store, languageOf(request)), row.data, box);
      const updated = await store.update(row, body.version, data, actorOf(caller)).catch(nameTaken);
      if (updated !== undefined) return one(updated);
      const { version, author } = await find(kind, id);
      throw new ProblemError(
        409,
        "changed",
        `${author} has changed it meanwhile: it is at version ${version}, and you have edited version ${body.version}.`,
        {
          currentVersion: version,
        },
      );
    },

    "DELETE /definitions/:kind/:id": async ({ params: { kind, id }, caller }) => {
      const row = await find(kind, id);
      mayDefine(caller, kind, row.data);
      const usedBy = (await store.usesOf([id])).get(id) ?? [];
      if (usedBy.length > 0)
        throw new ProblemError(
          409,
          "in-use",
          `It is used by ${usedBy.map((use) => `${use.kind.replace("_", " ")} ${use.name}`).join(", ")}. Change or delete these first.`,
          {
            usedBy,
          },
        );
      if (kind === "sign_in_method") await nobodySignsInBy(id);
      await store.remove(row, actorOf(caller));
      return undefined;
    },

    "POST /definitions/:kind/:id/copy": async ({ params: { kind, id }, body, caller }) => {
      const row = await find(kind, id);
      // What is kept encrypted goes along as it is.
      const copied = { ...row.data, name: body.name, ...(kind === "work_order" ? { template: false } : {}) };
      const parsed = DEFINITIONS[kind].safeParse(hideFields(kind, copied));
      if (!parsed.success) throw invalid(zodFields(parsed.error.issues));
      return create(kind, copied, caller);
    },

    "GET /definitions/:kind/:id/versions": async ({ params: { kind, id }, caller }) => {
      maySeeDefinitions(caller, kind);
      await find(kind, id);
      const versions = await store.versions(id);
      return {
        items: versions.map(({ version, author, at, data }, index) => ({
          version,
          author,
          at: at.toISOString(),
          changes: changesBetween(hidden(kind, versions[index + 1]?.data), hideFields(kind, data), "").concat(
            secretsChanged(kind, versions[index + 1]?.data, data),
          ),
          data: hideFields(kind, data),
        })),
      };
    },
  };
}

/** The data as their schema and the rules of this kind want them; throws all that is wrong at once. */
export async function checked(
  kind: DefinitionKind,
  input: Data,
  store: DefinitionStore,
  language: Language,
): Promise<Data> {
  const parsed = DEFINITIONS[kind].safeParse(input);
  if (!parsed.success) throw invalid(zodFields(parsed.error.issues));
  const problems = await checkDefinition(kind, parsed.data, store, language);
  if (problems.length > 0) throw invalid(problems);
  return parsed.data;
}

/** Whoever configures a part sees all of the configuration, since what is his refers to it; so do rules and methods. */
function maySeeDefinitions(caller: SignedIn, kind: DefinitionKind): void {
  const needed = ADMINISTRATION_KINDS.includes(kind)
    ? (["administer"] as const)
    : (["configure", "administer"] as const);
  if (!needed.some((permission) => caller.permissions.includes(permission))) throw notAllowed(needed);
}

/** Throws where the caller may not make or change one that is placed like this. */
export function mayDefine(caller: SignedIn, kind: DefinitionKind, data: Data): void {
  maySeeDefinitions(caller, kind);
  if (ADMINISTRATION_KINDS.includes(kind)) return;
  const [environment, category] = ["environment", "category"].map((field) => {
    const value = data[field];
    return typeof value === "number" ? value : null;
  });
  if (!may(caller, "configure", { environment: environment ?? null, category: category ?? null }))
    throw new ProblemError(
      403,
      "not-allowed",
      "You may configure only what is in some environments or categories; this is not in one of them.",
    );
}

function shownAs(row: DefinitionRow, usedBy: readonly DefinitionUse[]): Definition {
  const { kind, id, version, name, author, updated_at, data } = row;
  return {
    kind,
    id,
    version,
    name,
    author,
    at: updated_at.toISOString(),
    data: hideFields(kind, data),
    usedBy: [...usedBy],
  };
}

function hidden(kind: DefinitionKind, data: Data | undefined): Data {
  return data === undefined ? {} : hideFields(kind, data);
}

/** A secret that was replaced looks the same before and after. */
function secretsChanged(kind: DefinitionKind, before: Data | undefined, after: Data) {
  if (before === undefined) return [];
  const [old, now] = [hideFields(kind, before), hideFields(kind, after)];
  return Object.keys(after)
    .filter((field) => after[field] !== before[field] && now[field] === old[field])
    .map((path) => ({ path, before: JSON.stringify(old[path]), after: JSON.stringify(now[path]) }));
}

function nameTaken(error: unknown): never {
  if (isUniqueViolation(error))
    throw invalid([
      { field: "name", rule: "taken", message: "There is one with this name already in this environment." },
    ]);
  throw error;
}
