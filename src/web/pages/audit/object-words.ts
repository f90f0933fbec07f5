import type { DefinitionKind } from "../../../contract/definitions.ts";
import type { AuditEvent } from "../../../contract/audit.ts";
import type { Permission } from "../../../contract/states.ts";
import type { Catalogue } from "../../locales/catalogue.ts";
import { KIND_SLUGS, paths } from "../../paths.ts";

export function isDefinitionKind(kind: string): kind is DefinitionKind {
  return kind in KIND_SLUGS;
}

/** What a kind of object is called. A newer server may know kinds that this page does not. */
export function kindName(kind: string, { audit, configuration }: Catalogue): string {
  if (isDefinitionKind(kind)) return configuration.kinds[kind].one;
  return (audit.objects as Readonly<Record<string, string>>)[kind] ?? kind;
}

/** Which one: its name, and the number by which requests are known. */
export function objectName({ kind, id, name }: AuditEvent["object"]): string {
  if (kind === "request") return `#${id} ${name}`;
  return name === "" ? id : name;
}

/** The page of what an event is about, if there is one that these permissions open. */
export function objectPage({ kind, id }: AuditEvent["object"], permissions: readonly Permission[]): string | undefined {
  const may = (permission: Permission, href: string): string | undefined =>
    permissions.includes(permission) ? href : undefined;
  if (kind === "request") return paths.request(Number(id));
  if (kind === "role") return may("administer", paths.roles());
  if (kind === "object_rule") return may("administer", paths.objectRules());
  if (kind === "user_group") return may("administer", paths.userGroups());
  if (kind === "account" && id !== "") return may("administer", paths.account(Number(id)));
  return undefined;
}
