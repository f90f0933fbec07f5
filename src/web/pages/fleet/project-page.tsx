import { Alert } from "@mantine/core";
import IconAlertTriangle from "@tabler/icons-react/icons/IconAlertTriangle";
import { useParams, useSearch } from "@tanstack/react-router";
import type { FleetProjectDetail } from "../../../contract/fleet.ts";
import { useAnswer } from "../../api/api.tsx";
import { ApiProblem } from "../../api/problem.ts";
import { Answer } from "../../components/answer.tsx";
import { DataTable } from "../../components/data-table.tsx";
import { Empty } from "../../components/empty.tsx";
import { Page } from "../../components/page.tsx";
import { Part } from "../../components/part.tsx";
import { usePageEnvironment } from "../../frame/environment.tsx";
import { useText } from "../../locales/language.tsx";
import { visibleText } from "../../logs/visible-text.ts";
import { paths } from "../../paths.ts";
import { ActionLinks } from "./action-links.tsx";
import { Freshness, SourceProblems } from "./freshness.tsx";
import { useHostColumns, useReleaseColumns, useVersionColumns } from "./project-columns.tsx";
import { projectVersions } from "./project-versions.ts";
import { useFleetState } from "./use-fleet-state.ts";
import classes from "./fleet.module.css";

/** One project: where it runs, which versions there are, what was done lately, and what can be done. */
export function FleetProjectPage() {
  const text = useText().fleet;
  const { environment = "", name = "" } = useParams({ strict: false });
  const { host }: { readonly host?: string } = useSearch({ strict: false });
  const id = Number(environment);
  const answer = useAnswer("GET /fleet/projects/:name", { params: { name }, query: { environment: id } });
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
        <Empty title={text.project.missing}>{text.project.missingText}</Empty>
      ) : (
        <Answer of={answer}>{(detail) => <Project detail={detail} asked={host} />}</Answer>
      )}
    </Page>
  );
}

interface ProjectProps {
  readonly detail: FleetProjectDetail;
  /** The host that one comes from: it stands first. */
  readonly asked: string | undefined;
}

function Project({ detail, asked }: ProjectProps) {
  const text = useText().fleet;
  const { project, hosts, releases, actions, problem } = detail;
  const versions = projectVersions(hosts);
  const rows = hosts.toSorted((a, b) => Number(b.host.name === asked) - Number(a.host.name === asked));
  const hostColumns = useHostColumns(detail, asked);
  const versionColumns = useVersionColumns(detail);
  const releaseColumns = useReleaseColumns();
  return (
    <>
      {problem !== null && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title={text.project.problem}
        >
          {visibleText(problem)}
        </Alert>
      )}
      <Part title={text.project.act}>
        {actions.length === 0 ? (
          <span className={classes.dimmed}>{text.project.noActions}</span>
        ) : (
          <ActionLinks project={project} actions={actions} />
        )}
      </Part>
      <Part title={text.project.hosts}>
        {hosts.length > 0 && (
          <DataTable caption={text.project.hosts} columns={hostColumns} rows={rows} rowKey={(row) => row.host.name} />
        )}
      </Part>
      <Part title={text.project.kept} help={text.project.keptHelp}>
        {versions.length === 0 ? (
          <span className={classes.dimmed}>{text.project.noVersions}</span>
        ) : (
          <DataTable
            caption={text.project.kept}
            columns={versionColumns}
            rows={versions}
            rowKey={(row) => row.version.version}
          />
        )}
      </Part>
      <Part title={text.project.releases}>
        {releases.length === 0 ? (
          <span className={classes.dimmed}>{text.project.noReleases}</span>
        ) : (
          <DataTable
            caption={text.project.releases}
            columns={releaseColumns}
            rows={releases}
            rowKey={(row) => `${row.request} ${row.at}`}
          />
        )}
      </Part>
    </>
  );
}
