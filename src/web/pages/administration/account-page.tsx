import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { Account } from "../../../contract/accounts.ts";
import { useAnswer } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { Answer } from "../../components/answer.tsx";
import { Empty } from "../../components/empty.tsx";
import { Page } from "../../components/page.tsx";
import { Part } from "../../components/part.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { UnsavedChanges } from "../../components/unsaved-changes.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { AccountFields } from "./account-fields.tsx";
import { AccountSessions } from "./account-sessions.tsx";
import { AccountTokens } from "./account-tokens.tsx";
import { AccountTotp } from "./account-totp.tsx";
import classes from "./administration.module.css";
import { useAccountDraft } from "./use-account-draft.ts";

/** One account: who it is, what it may do, and by what it can be used. */
export function AccountPage() {
  const { id } = useParams({ strict: false });
  const text = useText().administration;
  const accounts = useAnswer("GET /accounts", {});
  const account = accounts.data?.items.find((each) => String(each.id) === id);
  if (account !== undefined) return <Known key={account.id} account={account} />;
  return (
    <Page
      title={text.tabs.accounts}
      breadcrumb={[
        { label: text.title, href: paths.administration() },
        { label: text.tabs.accounts, href: paths.accounts() },
      ]}
    >
      <Answer of={accounts}>{() => <Empty title={text.accounts.notThere}>{text.accounts.notThereText}</Empty>}</Answer>
    </Page>
  );
}

/** The newest state of the account; its form goes on from that which it began with, until it is saved or left. */
function Known({ account }: { readonly account: Account }) {
  const [begun, setBegun] = useState(account);
  return <Form key={begun.version} account={begun} newest={account} onSaved={setBegun} />;
}

interface FormProps {
  readonly account: Account;
  readonly newest: Account;
  readonly onSaved: (saved: Account) => void;
}

function Form({ account, newest, onSaved }: FormProps) {
  const { administration, general } = useText();
  const text = administration.accounts;
  const draft = useAccountDraft(account, onSaved);
  const changed = draft.error instanceof ApiProblem && draft.error.problem.type === "changed";
  return (
    <Page
      title={account.name}
      breadcrumb={[
        { label: administration.title, href: paths.administration() },
        { label: administration.tabs.accounts, href: paths.accounts() },
      ]}
      primary={
        <Button type="submit" form="account" loading={draft.saving} disabled={!draft.dirty}>
          {general.save}
        </Button>
      }
    >
      <UnsavedChanges when={draft.dirty && !draft.saving} />
      <div className={classes.parts}>
        {draft.error !== null && (
          <ProblemAlert
            error={draft.error}
            {...(changed ? { retry: () => onSaved(newest), retryLabel: text.reload } : {})}
          />
        )}
        <Part title={text.details}>
          <form id="account" className={classes.form} onSubmit={draft.submit} noValidate>
            <AccountFields draft={draft} />
          </form>
        </Part>
        <AccountTotp account={newest} />
        <AccountSessions account={newest} />
        <AccountTokens account={newest} />
      </div>
    </Page>
  );
}
