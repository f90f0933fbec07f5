import { Badge, Button, Checkbox, Group, Select, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import type { Role } from "../../../../contract/people.ts";
import { PERMISSIONS } from "../../../../contract/states.ts";
import { roleName } from "../../../components/role-name.ts";
import { useText } from "../../../locales/language.tsx";
import { isFixed } from "./role-permission-box.tsx";
import classes from "./roles.module.css";
import type { RoleDrafts } from "./use-role-drafts.ts";

interface RoleCardsProps {
  readonly drafts: RoleDrafts;
  readonly onOpen: (role: Role) => void;
}

/** One role at a time, where there is no room for the table. */
export function RoleCards({ drafts, onOpen }: RoleCardsProps) {
  const catalogue = useText();
  const { page, permissions } = catalogue.roles;
  const [chosen, setChosen] = useState<string | null>(null);
  const role = drafts.roles.find(({ name }) => name === chosen) ?? drafts.roles[0];
  if (role === undefined) return null;
  return (
    <Stack className={classes.cards ?? ""}>
      <Select
        label={page.role}
        allowDeselect={false}
        data={drafts.roles.map(({ name }) => ({
          value: name,
          label: `${roleName(name, catalogue)}${drafts.changed.includes(name) ? " *" : ""}`,
        }))}
        value={role.name}
        onChange={setChosen}
      />
      <Group justify="space-between">
        <Group gap="xs">
          {role.builtIn && <Badge variant="default">{page.builtIn}</Badge>}
          <Text c="dimmed">{page.accountCount(role.accounts)}</Text>
        </Group>
        <Button size="xs" variant="default" disabled={drafts.changed.includes(role.name)} onClick={() => onOpen(role)}>
          {page.describe}
        </Button>
      </Group>
      {isFixed(role) ? (
        <Text>{page.fixed}</Text>
      ) : (
        <fieldset className={classes.choices}>
          <legend className={classes.legend}>{page.permission}</legend>
          {PERMISSIONS.map((permission) => (
            <Checkbox
              key={permission}
              label={permissions[permission].name}
              description={permissions[permission].help}
              checked={role.permissions.includes(permission)}
              onChange={() => drafts.toggle(role, permission)}
            />
          ))}
        </fieldset>
      )}
      <Switch
        label={page.requireTotp}
        description={page.requireTotpHelp}
        checked={role.requireTotp}
        onChange={(event) => drafts.requireTotp(role, event.currentTarget.checked)}
      />
    </Stack>
  );
}
