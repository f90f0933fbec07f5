import { Alert, Text } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import type { ReactNode } from "react";
import type { Health } from "../../../contract/administration.ts";
import { useAnswer } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Link } from "../../components/link.tsx";
import { Mark } from "../../components/mark.tsx";
import { Moment } from "../../components/moment.tsx";
import { Page } from "../../components/page.tsx";
import { bytes, duration, milliseconds } from "../../locales/format.ts";
import type { Catalogue } from "../../locales/catalogue.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { AdministrationTabs } from "./administration-tabs.tsx";
import classes from "./administration.module.css";

/** How database, workers, queue and config centres are. */
export function HealthPage() {
  const { administration, health: text } = useText();
  const health = useAnswer("GET /health", {}, { refetchInterval: 5000 });
  return (
    <Page
      title={administration.tabs.health}
      breadcrumb={[{ label: administration.title, href: paths.administration() }]}
      actions={<Text c="dimmed">{text.refreshed}</Text>}
    >
      <AdministrationTabs current="health" />
      <Answer of={health}>{(data) => <Report health={data} />}</Answer>
    </Page>
  );
}

/** What needs attention, worst first; nothing: all is well. */
function reasonsFor({ database, workers, places }: Health, text: Catalogue["health"]): readonly string[] {
  const workless = workers.length === 0 ? text.noWorkers : text.noneAlive;
  return [
    ...(database.ok ? [] : [text.noAnswer]),
    ...(workers.some(({ alive }) => alive) ? [] : [workless]),
    ...workers.filter(({ alive }) => !alive).map(({ name, machine }) => text.workerGone(name, machine)),
    ...places
      .filter(({ state }) => state === "failing")
      .map(({ name, problem }) => text.placeFails(name, problem ?? text.states.failing)),
  ];
}

function Report({ health }: { readonly health: Health }) {
  const text = useText().health;
  const reasons = reasonsFor(health, text);
  const good = reasons.length === 0;
  return (
    <>
      <Alert
        role="status"
        color={good ? "green" : "yellow"}
        icon={good ? <IconCheck /> : <IconAlertTriangle />}
        title={good ? text.good : text.bad}
      >
        {reasons.length > 0 && (
          <ul className={classes.reasons}>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        )}
      </Alert>
      <div className={classes.cards}>
        <ServerCard health={health} />
        <DatabaseCard database={health.database} />
        <QueueCard queue={health.queue} />
      </div>
      <Workers workers={health.workers} />
      <Places places={health.places} />
    </>
  );
}

function Card({
  title,
  mark,
  children,
}: {
  readonly title: string;
  readonly mark?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes.card} aria-label={title}>
      <h2 className={classes.cardTitle}>
        {title}
        {mark}
      </h2>
      {children}
    </section>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function ServerCard({ health }: { readonly health: Health }) {
  const text = useText().health;
  return (
    <Card title={text.server}>
      <Facts
        facts={[
          [text.version, health.version],
          [text.since, <Moment key="since" at={health.startedAt} />],
        ]}
      />
    </Card>
  );
}

function DatabaseCard({ database }: { readonly database: Health["database"] }) {
  const text = useText().health;
  const mark = <Mark tone={database.ok ? "good" : "bad"}>{database.ok ? text.states.ok : text.states.failing}</Mark>;
  return (
    <Card title={text.database} mark={mark}>
      {!database.ok && <Text>{text.noAnswer}</Text>}
      <Facts
        facts={[
          [text.version, `${database.version} (${database.bundled ? text.bundled : text.own})`],
          [text.answers, milliseconds(database.milliseconds)],
          [text.size, bytes(database.bytes)],
        ]}
      />
    </Card>
  );
}

function QueueCard({ queue }: { readonly queue: Health["queue"] }) {
  const text = useText().health;
  return (
    <Card title={text.queue}>
      <Facts
        facts={[
          [text.active, queue.active],
          [text.queued, queue.queued],
          [text.scheduled, queue.scheduled],
          [text.oldest, queue.oldestSeconds === null ? "–" : duration(queue.oldestSeconds)],
        ]}
      />
    </Card>
  );
}

function Workers({ workers }: { readonly workers: Health["workers"] }) {
  const text = useText().health;
  return (
    <Card title={text.workers}>
      {workers.length === 0 ? (
        <Text>{text.noWorkers}</Text>
      ) : (
        <DataTable
          caption={text.workers}
          rows={workers}
          rowKey={({ name }) => name}
          columns={[
            { id: "name", header: text.worker, cell: ({ name }) => name },
            {
              id: "alive",
              header: text.states.ok,
              hideHeader: true,
              cell: ({ alive }) => <Mark tone={alive ? "good" : "bad"}>{alive ? text.alive : text.gone}</Mark>,
            },
            { id: "machine", header: text.machine, cell: ({ machine }) => machine },
            { id: "running", header: text.runs, align: "end", cell: ({ running }) => running },
            { id: "seen", header: text.seen, cell: ({ seenAt }) => <Moment at={seenAt} /> },
          ]}
        />
      )}
    </Card>
  );
}

const TONES = { ok: "good", failing: "bad", unknown: "quiet" } as const;

function Places({ places }: { readonly places: Health["places"] }) {
  const text = useText().health;
  return (
    <Card title={text.places}>
      {places.length === 0 ? (
        <Text>{text.noPlaces}</Text>
      ) : (
        <DataTable
          caption={text.places}
          rows={places}
          rowKey={({ id }) => id}
          columns={[
            {
              id: "name",
              header: text.place,
              cell: ({ id, name }) => (
                <Link className={classes.open} href={paths.definition("config_centre", id)}>
                  {name}
                </Link>
              ),
            },
            {
              id: "state",
              header: text.states.ok,
              hideHeader: true,
              cell: ({ state, problem }) => (
                <>
                  <Mark tone={TONES[state]}>{text.states[state]}</Mark>
                  {problem !== null && <Text mt={4}>{problem}</Text>}
                </>
              ),
            },
            { id: "at", header: text.asked, cell: ({ at }) => <Moment at={at} /> },
          ]}
        />
      )}
    </Card>
  );
}
