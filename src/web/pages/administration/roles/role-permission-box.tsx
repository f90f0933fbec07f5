import { Checkbox } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import type { Role } from "../../../../contract/people.ts";
import type { Permission } from "../../../../contract/states.ts";
import { roleName } from "../../../components/role-name.ts";
import { useText } from "../../../locales/language.tsx";
import type { RoleDrafts } from "./use-role-drafts.ts";

/** Whoever has it has everything, and nobody can change that. */
export function isFixed({ name }: Role): boolean {
  return name === "administrator";
}

interface RolePermissionBoxProps {
  readonly role: Role;
  readonly permission: Permission;
  readonly drafts: RoleDrafts;
}

/** Whether a role has a permission, to be ticked where it can be changed. */
export function RolePermissionBox({ role, permission, drafts }: RolePermissionBoxProps) {
  const catalogue = useText();
  const label = `${catalogue.roles.permissions[permission].name}: ${roleName(role.name, catalogue)}`;
  if (isFixed(role)) return <IconCheck size={18} role="img" aria-label={`${label}: ${catalogue.general.yes}`} />;
  return (
    <Checkbox
      aria-label={label}
      checked={role.permissions.includes(permission)}
      onChange={() => drafts.toggle(role, permission)}
    />
  );
}
