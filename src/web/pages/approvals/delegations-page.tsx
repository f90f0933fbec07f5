import { Button } from "@mantine/core";
import type { Delegation } from "../../../contract/approvals.ts";
import { useAnswer, useChange } from "../../api/api.tsx";
import { useAccount, useAllowed } from "../../api/session.ts";
import { personName } from "../../approvals/decision.ts";
import { Answer } from "../../components/answer.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Mark } from "../../components/mark.tsx";
import { Moment } from "../../components/moment.tsx";
import { showNotice } from "../../components/notices.tsx";
import { Page } from "../../components/page.tsx";
import { ProblemAlert } from "../../components/problem-alert.tsx";
import { useNow } from "../../components/use-now.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { DelegationForm } from "./delegation-form.tsx";
import classes from "./delegations.module.css";

/** Who decides for whom while somebody is away. */
export function DelegationsPage() {
  const { approvals } = useText();
  const text = approvals.delegations;
  const account = useAccount();
  const mayApprove = useAllowed("approve");
  const query = useAnswer("GET /delegations", {});
  return (
    <Page title={text.title} breadcrumb={mayApprove ? [{ label: approvals.title, href: paths.approvals() }] : []}>
      <p className={classes.about}>{text.about}</p>
      <Answer of={query}>
        {({ items }) => (
          <>
            <List
              title={text.mine}
              none={text.mineNone}
              items={items.filter((each) => each.account.id === account.id)}
              mine
            />
            {mayApprove && <DelegationForm />}
            <List
              title={text.others}
              none={text.othersNone}
              items={items.filter((each) => each.account.id !== account.id)}
            />
          </>
        )}
      </Answer>
    </Page>
  );
}

interface ListProps {
  readonly title: string;
  readonly none: string;
  readonly items: readonly Delegation[];
  readonly mine?: boolean;
}

function List({ title, none, items, mine = false }: ListProps) {
  const text = useText().approvals.delegations;
  const { columns } = text;
  const remove = useChange("DELETE /delegations/:id", ["GET /delegations", "GET /approvals", "GET /approvals/count"]);
  const end = ({ id, delegate }: Delegation): void =>
    remove.mutate({ params: { id } }, { onSuccess: () => showNotice({ message: text.ended(personName(delegate)) }) });
  const all: readonly Column<Delegation>[] = [
    {
      id: "who",
      header: columns.who,
      cell: ({ account, delegate }) => personName(mine ? delegate : account),
    },
    {
      id: "when",
      header: columns.when,
      cell: ({ from, until }) => (
        <>
          <Moment at={from} absolute /> – <Moment at={until} absolute />
        </>
      ),
    },
    { id: "state", header: columns.state, cell: (each) => <State delegation={each} /> },
    { id: "reason", header: columns.reason, cell: ({ reason }) => (reason === "" ? "–" : reason) },
  ];
  const ending: Column<Delegation> = {
    id: "end",
    header: columns.end,
    hideHeader: true,
    align: "end",
    cell: (each) => (
      <Button
        size="compact-sm"
        variant="default"
        aria-label={text.end(personName(each.delegate))}
        loading={remove.isPending && remove.variables.params.id === each.id}
        onClick={() => end(each)}
      >
        {text.endShort}
      </Button>
    ),
  };
  return (
    <section>
      <h2 className={classes.heading}>{title}</h2>
      {remove.error !== null && <ProblemAlert error={remove.error} />}
      {items.length === 0 ? (
        <p className={classes.about}>{none}</p>
      ) : (
        <DataTable caption={title} columns={mine ? [...all, ending] : all} rows={items} rowKey={({ id }) => id} />
      )}
    </section>
  );
}

function State({ delegation: { inForce, from } }: { readonly delegation: Delegation }) {
  const text = useText().approvals.delegations;
  const now = useNow(60_000);
  if (inForce) return <Mark tone="good">{text.inForce}</Mark>;
  return <Mark tone="quiet">{Date.parse(from) > now.getTime() ? text.later : text.over}</Mark>;
}
