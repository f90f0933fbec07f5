import { Badge, Button, TextInput, UnstyledButton } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconSearch from "@tabler/icons-react/icons/IconSearch";
import { useState } from "react";
import type { Account } from "../../../contract/accounts.ts";
import { useAnswer } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Empty } from "../../components/empty.tsx";
import { Moment } from "../../components/moment.tsx";
import { Page } from "../../components/page.tsx";
import { roleName } from "../../components/role-name.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { AccountDialog } from "./account-dialog.tsx";
import { AdministrationTabs } from "./administration-tabs.tsx";
import classes from "./administration.module.css";

/** Everybody who may sign in. */
export function AccountsPage() {
  const { administration } = useText();
  const text = administration.accounts;
  const accounts = useAnswer("GET /accounts", {});
  const [typed, setTyped] = useState("");
  const [edited, setEdited] = useState<Account | "new" | null>(null);
  const columns = useColumns(setEdited);
  return (
    <Page
      title={administration.tabs.accounts}
      breadcrumb={[{ label: administration.title, href: paths.administration() }]}
      primary={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited("new")}>
          {text.create}
        </Button>
      }
    >
      <AdministrationTabs current="accounts" />
      <TextInput
        className={classes.filter}
        aria-label={text.filter}
        placeholder={text.filter}
        leftSection={<IconSearch size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Answer of={accounts}>
        {({ items }) => {
          const rows = items.filter(({ name, displayName }) =>
            `${name} ${displayName}`.toLowerCase().includes(typed.toLowerCase()),
          );
          return rows.length === 0 ? (
            <Empty title={text.empty}>{text.about}</Empty>
          ) : (
            <DataTable caption={administration.tabs.accounts} columns={columns} rows={rows} rowKey={({ id }) => id} />
          );
        }}
      </Answer>
      {edited !== null && (
        <AccountDialog account={edited === "new" ? undefined : edited} onClose={() => setEdited(null)} />
      )}
    </Page>
  );
}

function useColumns(edit: (account: Account) => void): readonly Column<Account>[] {
  const catalogue = useText();
  const text = catalogue.administration.accounts;
  const groups = useAnswer("GET /user-groups", {});
  const names = new Map(groups.data?.items.map(({ id, name }) => [id, name]));
  return [
    {
      id: "name",
      header: text.name,
      cell: (account) => (
        <>
          <UnstyledButton className={classes.open} onClick={() => edit(account)}>
            {account.name}
          </UnstyledButton>
          {!account.active && (
            <Badge size="sm" variant="default" ml={8}>
              {text.inactive}
            </Badge>
          )}
        </>
      ),
    },
    { id: "displayName", header: text.displayName, cell: ({ displayName }) => displayName },
    { id: "role", header: text.role, cell: ({ role }) => roleName(role, catalogue) },
    {
      id: "groups",
      header: text.groups,
      cell: (account) =>
        account.groups.length === 0 ? text.noGroup : account.groups.map((id) => names.get(id) ?? String(id)).join(", "),
    },
    { id: "lastSignIn", header: text.lastSignIn, cell: ({ lastSignIn }) => <Moment at={lastSignIn} /> },
  ];
}
