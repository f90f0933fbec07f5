import type { SignInMethod } from "../../contract/sign-in-method.ts";
import type { DefinitionRow, DefinitionStore } from "../definitions/definition-store.ts";
import { openFields } from "../definitions/kept-secrets.ts";
import type { SecretBox } from "../secrets/secret-box.ts";

/** A method that may be used, with its secrets in plain text. */
export interface UsableMethod {
  readonly id: number;
  readonly version: number;
  readonly name: string;
  readonly data: SignInMethod;
}

export interface MethodParts {
  readonly store: DefinitionStore;
  readonly box: SecretBox;
}

/** The active methods in the order of their names, secrets still sealed. */
export async function activeMethods(store: DefinitionStore): Promise<readonly DefinitionRow[]> {
  return (await store.list("sign_in_method")).filter(({ data }) => data["active"] === true);
}

/** An active method of this kind; undefined: there is none. */
export async function usableMethod(
  { store, box }: MethodParts,
  kind: SignInMethod["kind"],
  id: number,
): Promise<UsableMethod | undefined> {
  // An id beyond PostgreSQL's integers is nobody's.
  const row = Number.isSafeInteger(id) && id < 2 ** 31 ? await store.find("sign_in_method", id) : undefined;
  if (row === undefined || row.data["kind"] !== kind || row.data["active"] !== true) return undefined;
  const data = openFields("sign_in_method", row.data, box) as unknown as SignInMethod;
  return { id: row.id, version: row.version, name: row.name, data };
}
