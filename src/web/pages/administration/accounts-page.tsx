import { Badge, Button, TextInput } from "@mantine/core";
import IconFileImport from "@tabler/icons-react/icons/IconFileImport";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconSearch from "@tabler/icons-react/icons/IconSearch";
import { useState } from "react";
import type { Account } from "../../../contract/accounts.ts";
import { useAnswer } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link } from "../../components/link.tsx";
import { Moment } from "../../components/moment.tsx";
import { Page } from "../../components/page.tsx";
import { roleName } from "../../components/role-name.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { AccountDialog } from "./account-dialog.tsx";
import { AdministrationTabs } from "./administration-tabs.tsx";
import classes from "./administration.module.css";
import { ImportDialog } from "./import/import-dialog.tsx";

/** Everybody who may sign in. */
export function AccountsPage() {
  const { administration } = useText();
  const text = administration.accounts;
  const accounts = useAnswer("GET /accounts", {});
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState<"new" | "import" | null>(null);
  const columns = useColumns();
  const close = (): void => setOpened(null);
  return (
    <Page
      title={administration.tabs.accounts}
      breadcrumb={[{ label: administration.title, href: paths.administration() }]}
      primary={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setOpened("new")}>
          {text.create}
        </Button>
      }
    >
      <AdministrationTabs current="accounts" />
      <div className={classes.above}>
        <TextInput
          className={classes.filter}
          aria-label={text.filter}
          placeholder={text.filter}
          leftSection={<IconSearch size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={() => setOpened("import")}>
          {text.import.open}
        </Button>
      </div>
      <Answer of={accounts}>
        {({ items }) => {
          const rows = items.filter(({ name, displayName, email }) =>
            `${name} ${displayName} ${email}`.toLowerCase().includes(typed.toLowerCase()),
          );
          return rows.length === 0 ? (
            <Empty title={text.empty}>{text.about}</Empty>
          ) : (
            <DataTable caption={administration.tabs.accounts} columns={columns} rows={rows} rowKey={({ id }) => id} />
          );
        }}
      </Answer>
      {opened === "new" && <AccountDialog onClose={close} />}
      {opened === "import" && <ImportDialog onClose={close} />}
    </Page>
  );
}

function useColumns(): readonly Column<Account>[] {
  const catalogue = useText();
  const text = catalogue.administration.accounts;
  const groups = useAnswer("GET /user-groups", {});
  const names = new Map(groups.data?.items.map(({ id, name }) => [id, name]));
  return [
    {
      id: "name",
      header: text.name,
      cell: ({ id, name, active }) => (
        <>
          <Link className={classes.open} href={paths.account(id)}>
            {name}
          </Link>
          {!active && (
            <Badge size="sm" variant="default" ml={8}>
              {text.inactive}
            </Badge>
          )}
        </>
      ),
    },
    { id: "displayName", header: text.displayName, cell: ({ displayName }) => displayName || "–" },
    { id: "email", header: text.email, cell: ({ email }) => email || "–" },
    { id: "role", header: text.role, cell: ({ role }) => roleName(role, catalogue) },
    {
      id: "groups",
      header: text.groups,
      cell: (account) =>
        account.groups.length === 0 ? text.noGroup : account.groups.map((id) => names.get(id) ?? String(id)).join(", "),
    },
    {
      id: "signIn",
      header: text.signIn,
      cell: ({ method, totp }) => (
        <>
          {method === null ? text.byPassword : text.byMethod(method)}
          {totp && ` + ${text.authenticator}`}
        </>
      ),
    },
    { id: "lastSignIn", header: text.lastSignIn, cell: ({ lastSignIn }) => <Moment at={lastSignIn} /> },
  ];
}
