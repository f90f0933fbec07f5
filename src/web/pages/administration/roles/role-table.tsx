import { Checkbox, UnstyledButton, VisuallyHidden } from "@mantine/core";
import type { Role } from "../../../../contract/people.ts";
import { PERMISSIONS } from "../../../../contract/states.ts";
import { useAccount } from "../../../api/session.ts";
import { roleName } from "../../../components/role-name.ts";
import { useText } from "../../../locales/language.tsx";
import { RolePermissionBox } from "./role-permission-box.tsx";
import classes from "./roles.module.css";
import type { RoleDrafts } from "./use-role-drafts.ts";

interface RoleTableProps {
  readonly drafts: RoleDrafts;
  readonly onOpen: (role: Role) => void;
}

/** A row a permission, a column a role. */
export function RoleTable({ drafts, onOpen }: RoleTableProps) {
  const catalogue = useText();
  const { page, permissions } = catalogue.roles;
  const own = useAccount().role;
  const { roles } = drafts;
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <caption>
          <VisuallyHidden>{page.caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{page.permission}</th>
            {roles.map((role) => (
              <th key={role.name} scope="col" data-changed={drafts.changed.includes(role.name) || undefined}>
                <UnstyledButton
                  className={classes.open}
                  disabled={drafts.changed.includes(role.name)}
                  onClick={() => onOpen(role)}
                >
                  {roleName(role.name, catalogue)}
                </UnstyledButton>
                <span className={classes.quiet}>
                  {[role.builtIn ? page.builtIn : "", role.name === own ? page.ownRole : ""]
                    .filter((word) => word !== "")
                    .join(" · ")}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PERMISSIONS.map((permission) => (
            <tr key={permission}>
              <th scope="row">
                {permissions[permission].name}
                <span className={classes.quiet}>{permissions[permission].help}</span>
              </th>
              {roles.map((role) => (
                <td key={role.name}>
                  <div className={classes.box}>
                    <RolePermissionBox role={role} permission={permission} drafts={drafts} />
                  </div>
                </td>
              ))}
            </tr>
          ))}
          <tr className={classes.last}>
            <th scope="row">
              {page.requireTotp}
              <span className={classes.quiet}>{page.requireTotpHelp}</span>
            </th>
            {roles.map((role) => (
              <td key={role.name}>
                <div className={classes.box}>
                  <Checkbox
                    aria-label={`${page.requireTotp}: ${roleName(role.name, catalogue)}`}
                    checked={role.requireTotp}
                    onChange={(event) => drafts.requireTotp(role, event.currentTarget.checked)}
                  />
                </div>
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{page.accounts}</th>
            {roles.map((role) => (
              <td key={role.name} className={classes.figure}>
                {role.accounts}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
