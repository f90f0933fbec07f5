import { Button, Checkbox } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import IconArrowsExchange2 from "@tabler/icons-react/icons/IconArrowsExchange2";
import { useSearch } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useRef } from "react";
import type { Fleet, FleetEnvironment } from "../../../contract/fleet.ts";
import { useAnswer } from "../../api/api.tsx";
import { Answer } from "../../components/answer.tsx";
import { ChoiceFilter } from "../../components/choice-filter.tsx";
import { Empty } from "../../components/empty.tsx";
import { Link, useGo } from "../../components/link.tsx";
import { Mark } from "../../components/mark.tsx";
import { Page } from "../../components/page.tsx";
import { TabLinks } from "../../components/tab-links.tsx";
import { TypedFilter } from "../../components/typed-filter.tsx";
import { useEnvironment, usePageEnvironment } from "../../frame/environment.tsx";
import { useText } from "../../locales/language.tsx";
import { type FleetFilters, paths } from "../../paths.ts";
import { countsOf, shownFleet } from "./fleet-filters.ts";
import { Freshness, SourceProblems } from "./freshness.tsx";
import { Matrix } from "./matrix.tsx";
import { ProjectList } from "./project-list.tsx";
import { useFleetState } from "./use-fleet-state.ts";
import classes from "./fleet.module.css";

/** What runs where, environment by environment. */
export function FleetPage() {
  const text = useText().fleet;
  const filters: FleetFilters = useSearch({ strict: false });
  const environments = useAnswer("GET /fleet/environments", {}, { staleTime: 60_000 });
  const { chosen } = useEnvironment();
  const all = environments.data?.items ?? [];
  const shown =
    all.find(({ id }) => String(id) === filters.environment) ??
    all.find(({ id }) => id === chosen?.id) ??
    all.find(({ asked }) => asked) ??
    all[0];
  useChosenEnvironment(filters, all);
  if (shown !== undefined && shown.asked) return <EnvironmentFleet key={shown.id} {...{ shown, all, filters }} />;
  return (
    <Page title={text.title}>
      <EnvironmentTabs all={all} shown={shown} />
      <Answer of={environments}>
        {() =>
          shown === undefined ? (
            <Empty title={text.noEnvironment}>{text.noEnvironmentText}</Empty>
          ) : (
            <Empty title={text.notAsked}>{text.notAskedText}</Empty>
          )
        }
      </Answer>
    </Page>
  );
}

/** Whoever chooses another environment at the top means this page, too. */
function useChosenEnvironment(filters: FleetFilters, all: readonly FleetEnvironment[]): void {
  const go = useGo();
  const { chosen } = useEnvironment();
  const before = useRef(chosen?.id);
  useEffect(() => {
    if (before.current === chosen?.id) return;
    before.current = chosen?.id;
    if (chosen !== null && all.some(({ id }) => id === chosen.id))
      go(paths.fleet({ ...filters, environment: String(chosen.id) }), { replace: true });
  });
}

interface EnvironmentTabsProps {
  readonly all: readonly FleetEnvironment[];
  readonly shown: FleetEnvironment | undefined;
}

function EnvironmentTabs({ all, shown }: EnvironmentTabsProps) {
  const text = useText().fleet;
  if (all.length < 2) return null;
  const links = all.map(({ id, name }) => ({
    href: paths.fleet({ environment: String(id) }),
    label: name,
    current: id === shown?.id,
  }));
  return <TabLinks label={text.environment} links={links} />;
}

interface EnvironmentFleetProps {
  readonly shown: FleetEnvironment;
  readonly all: readonly FleetEnvironment[];
  readonly filters: FleetFilters;
}

function EnvironmentFleet({ shown, all, filters }: EnvironmentFleetProps) {
  const text = useText().fleet;
  const answer = useAnswer("GET /fleet", { query: { environment: shown.id } }, { staleTime: 5000 });
  const state = useFleetState(shown.id, answer.data);
  usePageEnvironment(shown);
  return (
    <Page
      title={text.title}
      actions={state === undefined ? undefined : <Freshness environment={shown.id} state={state} />}
    >
      <EnvironmentTabs all={all} shown={shown} />
      {state !== undefined && <SourceProblems state={state} />}
      <Answer of={answer} rows={10}>
        {(fleet) =>
          fleet.hosts.length + fleet.projects.length > 0 ? (
            <Content fleet={fleet} filters={filters} />
          ) : state?.sources.every(({ problem }) => problem === null) === true ? (
            <Empty title={text.nothing}>{text.nothingText}</Empty>
          ) : null
        }
      </Answer>
    </Page>
  );
}

interface ContentProps {
  readonly fleet: Fleet;
  readonly filters: FleetFilters;
}

function Content({ fleet, filters }: ContentProps) {
  const text = useText().fleet;
  const go = useGo();
  const isPhone = useMediaQuery("(max-width: 640px)", undefined, { getInitialValueInEffect: false });
  const applied = useDeferredValue(filters);
  const shown = shownFleet(fleet, applied);
  const longer = shown.hosts.length > shown.projects.length ? "hosts" : "projects";
  const down = applied.swap === undefined ? longer : longer === "hosts" ? "projects" : "hosts";
  const set = (change: FleetFilters): void => go(paths.fleet({ ...filters, ...change }), { replace: true });
  const environment = fleet.environment.id;
  return (
    <>
      <Summary fleet={fleet} onDrift={() => set({ drift: "1" })} />
      <search className={classes.filters} aria-label={text.filters.label}>
        <TypedFilter
          label={text.filters.text}
          hint={text.filters.textHint}
          value={filters.text}
          onChange={(typed) => set({ text: typed })}
        />
        {fleet.groups.length > 0 && (
          <ChoiceFilter
            label={text.filters.group}
            any={text.filters.any}
            value={filters.group}
            choices={fleet.groups.map(({ name }) => ({ value: name, label: name }))}
            onChange={(group) => set({ group })}
          />
        )}
        <Checkbox
          className={classes.check}
          label={text.filters.drift}
          checked={filters.drift !== undefined}
          onChange={(event) => set({ drift: event.currentTarget.checked ? "1" : undefined })}
        />
        {!isPhone && (
          <Button
            variant="subtle"
            className={classes.check}
            leftSection={<IconArrowsExchange2 size={16} aria-hidden />}
            aria-pressed={filters.swap !== undefined}
            onClick={() => set({ swap: filters.swap === undefined ? "1" : undefined })}
          >
            {text.filters.swap}
          </Button>
        )}
      </search>
      {shown.hosts.length + shown.projects.length === 0 ? (
        <Empty
          title={text.none}
          action={
            <Button component={Link} href={paths.fleet({ environment: filters.environment })} variant="default">
              {text.filters.clear}
            </Button>
          }
        >
          {text.noneText}
        </Empty>
      ) : isPhone ? (
        <ProjectList environment={environment} shown={shown} />
      ) : (
        <Matrix environment={environment} shown={shown} down={down} drift={applied.drift !== undefined} />
      )}
    </>
  );
}

function Summary({ fleet, onDrift }: { readonly fleet: Fleet; readonly onDrift: () => void }) {
  const text = useText().fleet.summary;
  const { drift, unreachable } = countsOf(fleet);
  return (
    <p className={classes.summary}>
      <span>{text.hosts(fleet.hosts.length)}</span>
      <span>{text.projects(fleet.projects.length)}</span>
      {drift === 0 ? (
        <Mark tone="good">{text.noDrift}</Mark>
      ) : (
        <button type="button" className={classes.plain} onClick={onDrift}>
          <Mark tone="doubtful">{text.drift(drift)}</Mark>
        </button>
      )}
      {unreachable > 0 && <Mark tone="bad">{text.unreachable(unreachable)}</Mark>}
    </p>
  );
}
