import { Button, Menu } from "@mantine/core";
import IconLogout from "@tabler/icons-react/icons/IconLogout";
import IconPlaneDeparture from "@tabler/icons-react/icons/IconPlaneDeparture";
import IconShieldLock from "@tabler/icons-react/icons/IconShieldLock";
import IconUser from "@tabler/icons-react/icons/IconUser";
import { useQueryClient } from "@tanstack/react-query";
import { useApi } from "../api/api.tsx";
import { useAccount } from "../api/session.ts";
import { Link, useGo } from "../components/link.tsx";
import { roleName } from "../components/role-name.ts";
import { useText } from "../locales/language.tsx";
import { paths } from "../paths.ts";
import classes from "./frame.module.css";
import { ColourSchemeItems, LanguageItems } from "./preferences.tsx";

/** Who is signed in, what this person prefers, and the way out. */
export function UserMenu() {
  const catalogue = useText();
  const text = catalogue.frame;
  const account = useAccount();
  const { call } = useApi();
  const client = useQueryClient();
  const go = useGo();
  const signOut = async (): Promise<void> => {
    // Whether or not the server still knows the session, this page forgets it.
    await call("DELETE /session", {}).catch(() => undefined);
    go(paths.signIn());
    client.clear();
  };
  const name = account.displayName === "" ? account.name : account.displayName;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconUser size={16} />}
          aria-label={text.user.menu(name)}
          className={classes.user}
        >
          <span className={classes.userName}>{name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name} · {roleName(account.role, catalogue)}
        </Menu.Label>
        <Menu.Item component={Link} href={paths.ownAccount()} leftSection={<IconShieldLock size={16} />}>
          {text.user.account}
        </Menu.Item>
        <Menu.Item component={Link} href={paths.delegations()} leftSection={<IconPlaneDeparture size={16} />}>
          {text.user.away}
        </Menu.Item>
        <div className={classes.onPhone}>
          <Menu.Divider />
          <LanguageItems />
          <Menu.Divider />
          <ColourSchemeItems />
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {text.user.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
