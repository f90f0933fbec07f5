import { Anchor } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { FleetHostDetail } from "../../../contract/fleet.ts";
import { useAnswer } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { Answer } from "../../components/answer.tsx";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link } from "../../components/link.tsx";
import { Mark } from "../../components/mark.tsx";
import { Moment } from "../../components/moment.tsx";
import { Page } from "../../components/page.tsx";
import { Part } from "../../components/part.tsx";
import { usePageEnvironment } from "../../frame/environment.tsx";
import { milliseconds } from "../../locales/format.ts";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { ActionMenu } from "./action-links.tsx";
import { CellMarks } from "./cell-marks.tsx";
import { Freshness, SourceProblems } from "./freshness.tsx";
import { HostFailure } from "./host-failure.tsx";
import { useFleetState } from "./use-fleet-state.ts";
import { VersionName } from "./version-name.tsx";
import { VersionOrigin } from "./version-origin.tsx";
import classes from "./fleet.module.css";

/** One host: what it is, what is wrong with it, and its projects. */
export function FleetHostPage() {
  const text = useText().fleet;
  const { environment = "", name = "" } = useParams({ strict: false });
  const id = Number(environment);
  const answer = useAnswer("GET /fleet/hosts/:name", { params: { name }, query: { environment: id } });
  const state = useFleetState(id, answer.data);
  usePageEnvironment(answer.data?.environment);
  const crumbs = [
    { label: `${text.title} ${answer.data?.environment.name ?? ""}`, href: paths.fleet({ environment }) },
  ];
  const isMissing = answer.error instanceof ApiProblem && answer.error.status === 404;
  return (
    <Page
      title={name}
      breadcrumb={crumbs}
      actions={state === undefined ? undefined : <Freshness environment={id} state={state} />}
    >
      {state !== undefined && <SourceProblems state={state} />}
      {isMissing ? (
        <Empty title={text.host.missing}>{text.host.missingText}</Empty>
      ) : (
        <Answer of={answer}>{(host) => <Host detail={host} />}</Answer>
      )}
    </Page>
  );
}

function Host({ detail }: { readonly detail: FleetHostDetail }) {
  const text = useText().fleet;
  const { environment, host, groups, projects } = detail;
  const columns = useColumns(detail);
  return (
    <>
      <HostFailure failure={host.failure} />
      <Part title={text.host.facts} mark={host.failure !== null && <Mark tone="bad">{text.unreachable}</Mark>}>
        <dl className={classes.facts}>
          <Fact name={text.host.address}>{host.address}</Fact>
          <Fact name={text.host.groups}>
            {groups.length === 0
              ? text.host.noGroups
              : groups.map((group) => (
                  <Anchor
                    key={group}
                    component={Link}
                    href={paths.fleet({ environment: String(environment.id), group })}
                    className={classes.group}
                  >
                    {group}
                  </Anchor>
                ))}
          </Fact>
          <Fact name={text.host.docker}>
            {host.docker === null
              ? text.host.notKnown
              : `${host.docker.engine} · ${text.host.api(host.docker.api)} · ${host.docker.architecture}`}
          </Fact>
          <Fact name={text.host.configCentre}>{host.configCentre}</Fact>
          <Fact name={text.host.answered}>{milliseconds(host.milliseconds)}</Fact>
        </dl>
      </Part>
      <Part title={text.host.projects}>
        {projects.length === 0 ? (
          <span className={classes.dimmed}>{text.host.noProjects}</span>
        ) : (
          <DataTable caption={text.host.projects} columns={columns} rows={projects} rowKey={(row) => row.name} />
        )}
      </Part>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type ProjectRow = FleetHostDetail["projects"][number];

function useColumns({ environment, host }: FleetHostDetail): readonly Column<ProjectRow>[] {
  const text = useText().fleet;
  const { columns } = text;
  return [
    {
      id: "project",
      header: columns.project,
      cell: ({ name }) => (
        <Anchor component={Link} href={paths.fleetProject(environment.id, name, host.name)}>
          {name}
        </Anchor>
      ),
    },
    { id: "version", header: columns.version, cell: ({ cell }) => <VersionName {...cell} /> },
    {
      id: "since",
      header: columns.since,
      cell: ({ cell }) => (cell.version === null ? "–" : <Moment at={cell.startedAt ?? cell.createdAt} />),
    },
    {
      id: "drift",
      header: columns.drift,
      cell: ({ cell }) => (
        <span className={classes.marks}>
          <CellMarks cell={cell} />
        </span>
      ),
    },
    {
      id: "kept",
      header: columns.kept,
      cell: ({ versions }) => {
        const kept = versions.filter(({ up, failed }) => !up && !failed);
        return kept.length === 0 ? "–" : kept.map(({ tag }) => tag).join(", ");
      },
    },
    {
      id: "from",
      header: columns.from,
      cell: ({ cell, versions }) => (
        <VersionOrigin version={versions.find(({ version }) => version === cell.version)} />
      ),
    },
    {
      id: "actions",
      header: columns.actions,
      cell: ({ name, actions }) =>
        actions.length === 0 ? "–" : <ActionMenu project={name} actions={actions} host={host.name} />,
    },
  ];
}
