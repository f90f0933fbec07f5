import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import IconChevronDown from "@tabler/icons-react/icons/IconChevronDown";
import IconChevronRight from "@tabler/icons-react/icons/IconChevronRight";
import { useId, useState } from "react";
import type { FleetCell } from "../../../contract/fleet.ts";
import { Link } from "../../components/link.tsx";
import { useNow } from "../../components/use-now.ts";
import { useLanguage } from "../../locales/language.tsx";
import { paths } from "../../paths.ts";
import { age } from "./age.ts";
import { CellMarks, toneOf } from "./cell-marks.tsx";
import { driftOf, type ShownFleet } from "./fleet-filters.ts";
import classes from "./fleet.module.css";

interface ProjectListProps {
  readonly environment: number;
  readonly shown: ShownFleet;
}

/** The same as the matrix, project by project, for a phone: what drifts is open, the rest opens on a tap. */
export function ProjectList({ environment, shown }: ProjectListProps) {
  const hosts = new Set(shown.hosts.map(({ name }) => name));
  return (
    <ul className={classes.list}>
      {shown.projects.map(({ name, problem, cells }) => (
        <ProjectItem
          key={name}
          environment={environment}
          name={name}
          problem={problem}
          cells={cells.filter(({ host }) => hosts.has(host))}
        />
      ))}
    </ul>
  );
}

interface ProjectItemProps {
  readonly environment: number;
  readonly name: string;
  readonly problem: string | null;
  readonly cells: readonly FleetCell[];
}

function ProjectItem({ environment, name, problem, cells }: ProjectItemProps) {
  const { language, text: all } = useLanguage();
  const text = all.fleet;
  const now = useNow(60_000);
  const id = useId();
  const [open, setOpen] = useState(false);
  const drift = driftOf(cells);
  const listed = open ? cells : cells.filter(({ marks }) => marks.length > 0).slice(0, 5);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <div className={classes.itemHead}>
        <Link href={paths.fleetProject(environment, name)} className={classes.itemName}>
          {name}
        </Link>
        <UnstyledButton
          className={classes.itemOpen}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <VisuallyHidden>{name}</VisuallyHidden>
          <span>{tagsOf(cells)}</span>
          <span className={classes.note} data-tone={drift > 0 ? "doubtful" : undefined}>
            {problem ?? (drift > 0 ? text.summary.driftOf(drift, cells.length) : text.summary.hosts(cells.length))}
          </span>
          <Chevron size={16} aria-hidden />
        </UnstyledButton>
      </div>
      <ul id={id} className={classes.itemHosts}>
        {listed.map((cell) => {
          const since = cell.startedAt ?? cell.createdAt;
          return (
            <li key={cell.host} data-tone={toneOf(cell)}>
              <Link href={paths.fleetHost(environment, cell.host)} className={classes.name}>
                {cell.host}
              </Link>
              <span className={classes.tag}>{cell.tag}</span>
              {since !== null && <span className={classes.age}>{age(since, now, language)}</span>}
              <span className={classes.marks}>
                <CellMarks cell={cell} short />
              </span>
            </li>
          );
        })}
      </ul>
    </li>
  );
}

/** The tags that run, the one of most hosts first. */
function tagsOf(cells: readonly FleetCell[]): string {
  const counts = new Map<string, number>();
  for (const { version, tag } of cells) if (version !== null) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const tags = [...counts].toSorted((a, b) => b[1] - a[1]).map(([tag]) => tag);
  return tags.length > 2 ? `${tags.slice(0, 2).join(", ")} +${tags.length - 2}` : tags.join(", ");
}
