import { Anchor, Button } from "@mantine/core";
import type { FleetProjectDetail, FleetRelease } from "../../../contract/fleet.ts";
import type { Column } from "../../components/data-table.tsx";
import { Link } from "../../components/link.tsx";
import { Mark } from "../../components/mark.tsx";
import { Moment } from "../../components/moment.tsx";
import { useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { backTo } from "./action-links.tsx";
import { CellMarks } from "./cell-marks.tsx";
import type { ProjectVersion } from "./project-versions.ts";
import { VersionName } from "./version-name.tsx";
import { VersionOrigin } from "./version-origin.tsx";
import classes from "./fleet.module.css";

type HostRow = FleetProjectDetail["hosts"][number];

/** The hosts of a project. */
export function useHostColumns(
  { environment }: FleetProjectDetail,
  asked: string | undefined,
): readonly Column<HostRow>[] {
  const text = useText().fleet;
  const { columns } = text;
  return [
    {
      id: "host",
      header: columns.host,
      cell: ({ host }) => (
        <Anchor
          component={Link}
          href={paths.fleetHost(environment.id, host.name)}
          data-asked={host.name === asked || undefined}
          className={classes.hostName}
        >
          {host.name}
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
    { id: "kept", header: columns.kept, align: "end", cell: ({ cell }) => cell.kept },
    {
      id: "from",
      header: columns.from,
      cell: ({ cell, versions }) => (
        <VersionOrigin version={versions.find(({ version }) => version === cell.version)} />
      ),
    },
  ];
}

/** Its versions, and the way back to each that is kept. */
export function useVersionColumns({ actions }: FleetProjectDetail): readonly Column<ProjectVersion>[] {
  const text = useText().fleet;
  const { columns } = text;
  const canGoBack = actions.some(({ versionVariable }) => versionVariable !== null);
  const where = ({ running, kept, failed }: ProjectVersion) => (
    <span className={classes.marks}>
      {running.length > 0 && <span title={running.join(", ")}>{text.runs(running.length)}</span>}
      {kept.length > 0 && <span title={kept.join(", ")}>{text.keptOn(kept.length)}</span>}
      {failed.length > 0 && <span title={failed.join(", ")}>{text.failedOn(failed.length)}</span>}
    </span>
  );
  const goBack = ({ version, kept }: ProjectVersion) => {
    const href = kept.length === 0 ? undefined : backTo(actions, version.version);
    if (href === undefined) return "–";
    return (
      <Button component={Link} href={href} size="compact-sm" variant="default">
        {text.goBack}
      </Button>
    );
  };
  return [
    { id: "version", header: columns.version, cell: ({ version }) => <VersionName {...version} /> },
    { id: "where", header: columns.where, cell: where },
    { id: "made", header: columns.made, cell: ({ version }) => <Moment at={version.createdAt} /> },
    { id: "from", header: columns.from, cell: ({ version }) => <VersionOrigin version={version} /> },
    ...(canGoBack ? [{ id: "actions", header: columns.actions, cell: goBack }] : []),
  ];
}

/** What was done to it lately. */
export function useReleaseColumns(): readonly Column<FleetRelease>[] {
  const text = useText().fleet;
  const { columns } = text;
  const ended = ({ status }: FleetRelease) => {
    if (status === null) return <Mark tone="quiet">{text.notEnded}</Mark>;
    const word = text.statuses[status as keyof typeof text.statuses] ?? status;
    return <Mark tone={status === "succeeded" ? "good" : status === "interrupted" ? "doubtful" : "bad"}>{word}</Mark>;
  };
  return [
    {
      id: "request",
      header: columns.request,
      cell: ({ request, order }) => (
        <>
          <Anchor component={Link} href={paths.request(request)} underline="always">
            {text.request(request)}
          </Anchor>{" "}
          {order}
        </>
      ),
    },
    { id: "mode", header: columns.mode, cell: ({ mode }) => mode },
    { id: "tag", header: columns.tag, cell: ({ tag }) => tag ?? "–" },
    { id: "ended", header: columns.ended, cell: ended },
    { id: "where", header: columns.where, cell: ({ hosts }) => <Hosts hosts={hosts} /> },
    { id: "by", header: columns.by, cell: ({ by }) => by },
    { id: "when", header: columns.when, cell: ({ at }) => <Moment at={at} /> },
  ];
}

function Hosts({ hosts }: Pick<FleetRelease, "hosts">) {
  const text = useText().fleet;
  if (hosts.length === 0) return "–";
  const names = hosts.map(({ host }) => host).join(", ");
  return <span title={names}>{hosts.length > 3 ? text.summary.hosts(hosts.length) : names}</span>;
}
