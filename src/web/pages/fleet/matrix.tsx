import { memo } from "react";
import type { FleetCell, FleetHost } from "../../../contract/fleet.ts";
import { Link } from "../../components/link.tsx";
import { useNow } from "../../components/use-now.ts";
import { absoluteMoment } from "../../locales/format.ts";
import { useLanguage, useText } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { age } from "./age.ts";
import { CellMarks, hintOf, toneOf } from "./cell-marks.tsx";
import { driftOf, type ShownFleet } from "./fleet-filters.ts";
import { useWindow } from "./use-window.ts";
import classes from "./fleet.module.css";

/** Pixels, as fleet.module.css has them. */
const ROW_HEIGHT = 48;
const COLUMN_WIDTH = 150;
/** Letters of `20261123.101010`, by which versions of a project differ. */
const STAMP = 15;
const FIRST_WIDTH = 220;

interface MatrixProps {
  readonly environment: number;
  readonly shown: ShownFleet;
  /** Hosts down and projects across, or the other way round. */
  readonly down: "hosts" | "projects";
  /** What does not drift stands back. */
  readonly drift: boolean;
}

interface Line {
  readonly name: string;
  readonly href: string;
  readonly note: string;
  readonly tone?: "bad" | "doubtful" | undefined;
}

/** Projects by hosts; what is out of view is not drawn. Names stay in view at the left and at the top. */
export function Matrix({ environment, shown, down, drift }: MatrixProps) {
  const text = useText().fleet;
  const now = useNow(60_000);
  const hosts = useHostLines(environment, shown.hosts);
  const projects = useProjectLines(environment, shown);
  const [rows, columns] = down === "hosts" ? [hosts, projects] : [projects, hosts];
  const grid = { rows: rows.length, columns: columns.length, rowHeight: ROW_HEIGHT, columnWidth: COLUMN_WIDTH };
  const { ref, drawn } = useWindow(grid);
  const before = drawn.columns.from;
  const after = columns.length - drawn.columns.to;
  const across = columns.slice(drawn.columns.from, drawn.columns.to);
  const columnsAll = across.length + 1 + Number(before > 0) + Number(after > 0);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by the keyboard
    <section ref={ref} className={classes.frame} tabIndex={0} aria-label={text.matrix} data-drift={drift || undefined}>
      <table
        className={classes.matrix}
        style={{ width: FIRST_WIDTH + columns.length * COLUMN_WIDTH }}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className={classes.corner} style={{ width: FIRST_WIDTH }}>
              {text.corner[down]}
            </th>
            <Gap columns={before} />
            {across.map((line, index) => (
              <th key={line.name} scope="col" style={{ width: COLUMN_WIDTH }} aria-colindex={before + index + 2}>
                <LineHead line={line} />
              </th>
            ))}
            <Gap columns={after} />
          </tr>
        </thead>
        <tbody>
          <Space rows={drawn.rows.from} columns={columnsAll} />
          {rows.slice(drawn.rows.from, drawn.rows.to).map((row, index) => (
            <tr key={row.name} aria-rowindex={drawn.rows.from + index + 2}>
              <th scope="row" className={classes.first}>
                <LineHead line={row} />
              </th>
              <Gap columns={before} />
              {across.map((column, at) => {
                const [host, project] = down === "hosts" ? [row.name, column.name] : [column.name, row.name];
                return (
                  <td key={column.name} aria-colindex={before + at + 2}>
                    <CellLink
                      environment={environment}
                      project={project}
                      cell={shown.cellOf(host, project)}
                      now={now}
                    />
                  </td>
                );
              })}
              <Gap columns={after} />
            </tr>
          ))}
          <Space rows={rows.length - drawn.rows.to} columns={columnsAll} />
        </tbody>
      </table>
    </section>
  );
}

function LineHead({ line }: { readonly line: Line }) {
  return (
    <Link href={line.href} className={classes.lineHead} title={line.name}>
      <span className={classes.name}>{line.name}</span>
      <span className={classes.note} data-tone={line.tone}>
        {line.note}
      </span>
    </Link>
  );
}

function Gap({ columns }: { readonly columns: number }) {
  return columns > 0 ? <td aria-hidden style={{ width: columns * COLUMN_WIDTH }} /> : null;
}

function Space({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr aria-hidden>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- it is hidden from everybody, and only high */}
      <td colSpan={columns} style={{ height: rows * ROW_HEIGHT, padding: 0, border: 0 }} />
    </tr>
  );
}

function useHostLines(environment: number, hosts: readonly FleetHost[]): readonly Line[] {
  const text = useText().fleet;
  return hosts.map(({ name, failure, docker }) => ({
    name,
    href: paths.fleetHost(environment, name),
    note: failure === null ? `Docker ${docker?.engine ?? ""}` : text.unreachable,
    tone: failure === null ? undefined : "bad",
  }));
}

function useProjectLines(environment: number, { projects }: ShownFleet): readonly Line[] {
  const text = useText().fleet;
  return projects.map(({ name, problem, cells }) => {
    const drift = driftOf(cells);
    return {
      name,
      href: paths.fleetProject(environment, name),
      note:
        problem === null
          ? drift > 0
            ? text.summary.driftOf(drift, cells.length)
            : text.summary.hosts(cells.length)
          : text.project.problem,
      tone: problem === null ? (drift > 0 ? "doubtful" : undefined) : "bad",
    };
  });
}

interface CellLinkProps {
  readonly environment: number;
  readonly project: string;
  readonly cell: FleetCell | undefined;
  readonly now: Date;
}

/** What runs, how long, and what is wrong with it; it leads to the project. */
const CellLink = memo(function CellLink({ environment, project, cell, now }: CellLinkProps) {
  const { language, text: all } = useLanguage();
  const text = all.fleet;
  if (cell === undefined) return null;
  const { version, tag, startedAt, createdAt, marks } = cell;
  const since = startedAt ?? createdAt;
  const hints = [
    `${project} · ${cell.host}`,
    version,
    since && text.since(absoluteMoment(new Date(since), language)),
    ...marks.map((mark) => hintOf(mark, cell, text)),
  ];
  return (
    <Link
      href={paths.fleetProject(environment, project, cell.host)}
      className={classes.cell}
      data-tone={toneOf(cell)}
      title={hints.filter(Boolean).join("\n")}
    >
      {version !== null && (
        <span className={classes.tagLine}>
          <span className={classes.tag}>{tag}</span>
          {since !== null && <span className={classes.age}>{age(since, now, language)}</span>}
        </span>
      )}
      <span className={classes.markLine}>
        {marks.length > 0 || version === null ? (
          <CellMarks cell={cell} short />
        ) : (
          <span className={classes.stamp}>{version.slice(-STAMP)}</span>
        )}
      </span>
    </Link>
  );
});
