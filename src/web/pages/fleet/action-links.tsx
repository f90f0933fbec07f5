import { Button, Menu } from "@mantine/core";
import IconChevronDown from "@tabler/icons-react/icons/IconChevronDown";
import type { FleetAction } from "../../../contract/fleet.ts";
import { Link } from "../../components/link.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import classes from "./fleet.module.css";

/** What a form is filled in with besides the project. */
interface ActionTarget {
  readonly mode?: string | undefined;
  readonly host?: string | undefined;
  readonly version?: string | undefined;
}

/** The address of an order's form, filled in as far as it has places for it. */
function actionHref({ order, values, ...names }: FleetAction, { mode, host, version }: ActionTarget): string {
  const filled = { ...values };
  const fill = (name: string | null, value: string | undefined): void => {
    if (name !== null && value !== undefined) filled[name] = [value];
  };
  fill(names.modeVariable, mode);
  fill(names.hostsVariable, host);
  fill(names.versionVariable, version);
  return paths.order(order.id, { values: JSON.stringify(filled) });
}

interface ActionLinksProps {
  readonly project: string;
  readonly actions: readonly FleetAction[];
}

/** The orders that act on a project, and what each can do. */
export function ActionLinks({ project, actions }: ActionLinksProps) {
  const text = useText().fleet;
  return (
    <ul className={classes.actions}>
      {actions.map((action) => (
        <li key={action.order.id}>
          <span className={classes.actionName} title={action.order.summary}>
            {action.order.name}
          </span>
          {action.modes.map((mode) => (
            <Button
              key={mode}
              component={Link}
              href={actionHref(action, { mode })}
              size="compact-sm"
              variant="default"
              aria-label={text.act(mode, project, action.order.name)}
            >
              {mode}
            </Button>
          ))}
        </li>
      ))}
    </ul>
  );
}

interface ActionMenuProps extends ActionLinksProps {
  /** Orders that take hosts begin with this one. */
  readonly host: string;
}

/** The same where there is a row for each project. */
export function ActionMenu({ project, actions, host }: ActionMenuProps) {
  const text = useText().fleet;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={text.actOn(project)}
        >
          {text.columns.actions}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map((action) => (
          <div key={action.order.id} role="group" aria-label={action.order.name}>
            <Menu.Label>{action.order.name}</Menu.Label>
            {action.modes.map((mode) => (
              <Menu.Item key={mode} component={Link} href={actionHref(action, { mode, host })}>
                {mode}
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The orders by which one can go back to a version: those that say to which, or else only back. */
export function backTo(actions: readonly FleetAction[], version: string): string | undefined {
  const action = actions.find(({ modes, versionVariable }) => versionVariable !== null && modes.includes("rollback"));
  return action && actionHref(action, { mode: "rollback", version });
}
