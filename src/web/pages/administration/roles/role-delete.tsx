import { Anchor, Text } from "@mantine/core";
import type { Role } from "../../../../contract/people.ts";
import { useAnswer, useChange } from "../../../api/api.tsx";
import { ApiProblem } from "../../../api/problem.ts";
import { Confirm } from "../../../components/confirm.tsx";
import { Link } from "../../../components/link.tsx";
import { showNotice } from "../../../components/notices.tsx";
import { UsedBy } from "../../../components/used-by.tsx";
import { useText } from "../../../locales/language.tsx";
import { paths } from "../../../paths.ts";
import classes from "./roles.module.css";

interface RoleDeleteProps {
  readonly role: Role;
  readonly onClose: () => void;
}

/** As many of those who have it are named. */
const NAMED = 10;

/** Asks before a role is deleted; while somebody has it, says who. */
export function RoleDelete({ role, onClose }: RoleDeleteProps) {
  const { configuration, roles } = useText();
  const text = roles.dialog;
  const accounts = useAnswer("GET /accounts", {});
  const remove = useChange("DELETE /roles/:name", ["GET /roles"]);
  const users = (accounts.data?.items ?? []).filter((account) => account.role === role.name);
  const usedBy = remove.error instanceof ApiProblem ? remove.error.problem.usedBy : undefined;
  const used = users.length > 0 || role.accounts > 0 || usedBy !== undefined;
  return (
    <Confirm
      opened
      title={configuration.remove.title(role.name)}
      action={configuration.remove.action(role.name)}
      busy={remove.isPending}
      disabled={used}
      error={usedBy === undefined ? remove.error : null}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { name: role.name } },
          {
            onSuccess: () => {
              showNotice({ message: text.removed(role.name), tone: "good" });
              onClose();
            },
          },
        )
      }
    >
      <Text>{used ? text.removeUsed : text.removeText}</Text>
      {usedBy !== undefined && <UsedBy definitions={usedBy} />}
      {usedBy === undefined && users.length > 0 && (
        <ul className={classes.users}>
          {users.slice(0, NAMED).map(({ id, name }) => (
            <li key={id}>
              <Anchor component={Link} href={paths.account(id)} size="sm" underline="always">
                {name}
              </Anchor>
            </li>
          ))}
          {users.length > NAMED && <li>{text.removeMore(users.length - NAMED)}</li>}
        </ul>
      )}
    </Confirm>
  );
}
