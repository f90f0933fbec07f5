import { Text } from "@mantine/core";
import type { UserGroup } from "../../../contract/accounts.ts";
import { useChange } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { Confirm } from "../../components/confirm.tsx";
import { UsedBy } from "../../components/used-by.tsx";
import { showNotice } from "../../components/notices.tsx";
import { useText } from "../../locales/language.tsx";

interface UserGroupDeleteProps {
  readonly group: UserGroup;
  readonly onClose: () => void;
}

/** Asks before a user group is deleted; refused while an order names it. */
export function UserGroupDelete({ group, onClose }: UserGroupDeleteProps) {
  const { administration, configuration } = useText();
  const text = administration.groups;
  const remove = useChange("DELETE /user-groups/:id", ["GET /user-groups", "GET /accounts"]);
  const usedBy = remove.error instanceof ApiProblem ? remove.error.problem.usedBy : undefined;
  return (
    <Confirm
      opened
      title={configuration.remove.title(group.name)}
      action={configuration.remove.action(group.name)}
      busy={remove.isPending}
      disabled={usedBy !== undefined}
      error={usedBy === undefined ? remove.error : null}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { id: group.id } },
          {
            onSuccess: () => {
              showNotice({ message: text.removed(group.name), tone: "good" });
              onClose();
            },
          },
        )
      }
    >
      <Text>{usedBy === undefined ? text.removeText(group.members) : configuration.remove.inUse}</Text>
      {usedBy !== undefined && <UsedBy definitions={usedBy} />}
    </Confirm>
  );
}
