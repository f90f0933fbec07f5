import { ActionIcon, Button, UnstyledButton } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconTrash from "@tabler/icons-react/icons/IconTrash";
import { useState } from "react";
import type { UserGroup } from "../../../contract/accounts.ts";
import { useAnswer } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Empty } from "../../components/empty.tsx";
import { Page } from "../../components/page.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { AdministrationTabs } from "./administration-tabs.tsx";
import classes from "./administration.module.css";
import { UserGroupDelete } from "./user-group-delete.tsx";
import { UserGroupDialog } from "./user-group-dialog.tsx";

type Asked = { readonly edit: UserGroup | undefined } | { readonly remove: UserGroup };

/** The groups that orders name as their submitters. */
export function UserGroupsPage() {
  const { administration, general } = useText();
  const text = administration.groups;
  const groups = useAnswer("GET /user-groups", {});
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => setAsked(null);
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ edit: undefined })}>
      {text.create}
    </Button>
  );
  const columns: readonly Column<UserGroup>[] = [
    {
      id: "name",
      header: text.name,
      cell: (group) => (
        <UnstyledButton className={classes.open} onClick={() => setAsked({ edit: group })}>
          {group.name}
        </UnstyledButton>
      ),
    },
    { id: "description", header: text.description, cell: ({ description }) => description },
    { id: "members", header: text.members, align: "end", cell: ({ members }) => members },
    {
      id: "delete",
      header: general.delete,
      hideHeader: true,
      align: "end",
      cell: (group) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${general.delete} ${group.name}`}
          title={general.delete}
          onClick={() => setAsked({ remove: group })}
        >
          <IconTrash size={16} />
        </ActionIcon>
      ),
    },
  ];
  return (
    <Page
      title={administration.tabs.userGroups}
      breadcrumb={[{ label: administration.title, href: paths.administration() }]}
      primary={create}
    >
      <AdministrationTabs current="userGroups" />
      <Answer of={groups}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={text.empty} action={create}>
              {text.about}
            </Empty>
          ) : (
            <DataTable
              caption={administration.tabs.userGroups}
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
            />
          )
        }
      </Answer>
      {asked !== null && "edit" in asked && <UserGroupDialog group={asked.edit} onClose={close} />}
      {asked !== null && "remove" in asked && <UserGroupDelete group={asked.remove} onClose={close} />}
    </Page>
  );
}
