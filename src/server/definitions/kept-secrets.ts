import { KEPT_SECRET, type DefinitionKind } from "../../contract/definitions.ts";
import type { SecretBox } from "../secrets/secret-box.ts";

type Data = Readonly<Record<string, unknown>>;

/** The fields of each kind that are kept encrypted. */
export const SECRET_FIELDS: Partial<Record<DefinitionKind, readonly string[]>> = {
  config_centre: ["privateKey", "password"],
  notification_channel: ["url", "secret", "password"],
  sign_in_method: ["clientSecret", "bindPassword"],
};

/** Encrypts the secret fields; where the input says "as it is", takes over what is kept. */
export function sealFields(kind: DefinitionKind, data: Data, kept: Data | undefined, box: SecretBox): Data {
  return mapFields(kind, data, (field, value) => {
    if (value === KEPT_SECRET) return textIn(kept, field);
    return value === "" ? "" : box.seal(value, contextOf(kind, field));
  });
}

/** Shows that there is a secret, and nothing of it. */
export function hideFields(kind: DefinitionKind, data: Data): Data {
  return mapFields(kind, data, (_field, value) => (value === "" ? "" : KEPT_SECRET));
}

/** The plain secrets, for use; throws where they were sealed under another key. */
export function openFields(kind: DefinitionKind, data: Data, box: SecretBox): Data {
  return mapFields(kind, data, (field, value) => {
    if (value === "") return "";
    const opened = box.open(value, contextOf(kind, field));
    if (!opened.ok)
      throw new Error(`${kind}.${field} cannot be decrypted: the secret key is not the one it was encrypted with`);
    return opened.value;
  });
}

function mapFields(kind: DefinitionKind, data: Data, change: (field: string, value: string) => string): Data {
  const changed: Record<string, unknown> = { ...data };
  for (const field of SECRET_FIELDS[kind] ?? []) changed[field] = change(field, textIn(data, field));
  return changed;
}

function textIn(data: Data | undefined, field: string): string {
  const value = data?.[field];
  return typeof value === "string" ? value : "";
}

const contextOf = (kind: DefinitionKind, field: string): string => `definition/${kind}/${field}`;
