import type { FleetCell, FleetMark, FleetSurvey, SurveyedHost, SurveyedVersion } from "../../contract/fleet.ts";
import { isUp, servingVersion, type Container } from "../../domain/container.ts";
import type { MatrixProject } from "./fleet-data.ts";

/** What the runs that the console knows have left: by it a version is told from what was meant to run. */
export interface Released {
  /** By project, then by host: the version that the last successful run has left there. */
  readonly versions: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Labels of runs that did not succeed. */
  readonly failedRuns: ReadonlySet<string>;
}

/** What runs of each project on each of its hosts, and what is wrong with that. */
export function projectsOf(survey: FleetSurvey, released: Released): readonly MatrixProject[] {
  const byProject = new Map(survey.projects.map(({ name }) => [name, new Map<string, SurveyedVersion[]>()]));
  for (const { name, versions } of survey.hosts)
    for (const version of versions) {
      const hosts = byProject.get(version.project);
      hosts?.set(name, [...(hosts.get(name) ?? []), version]);
    }
  return survey.projects.map(({ name, hosts, problem }) => {
    const meant = new Set(hosts);
    const looks = survey.hosts.flatMap((host) => {
      const versions = byProject.get(name)?.get(host.name) ?? [];
      const isShown = meant.has(host.name) || versions.some((version) => upState(version));
      return isShown ? [{ host, versions, isMeant: problem !== null || meant.has(host.name) }] : [];
    });
    const reference = usualImage(looks.flatMap(({ versions }) => serving(versions) ?? []));
    const cells = looks.map((look) => cellOf(name, look, reference, released));
    return { name, problem, cells };
  });
}

interface Look {
  readonly host: SurveyedHost;
  readonly versions: readonly SurveyedVersion[];
  readonly isMeant: boolean;
}

function cellOf(
  project: string,
  { host, versions, isMeant }: Look,
  usual: ReadonlySet<string>,
  { versions: left, failedRuns }: Released,
): FleetCell {
  const kept = versions.filter(isKept).length;
  const now = serving(versions);
  const nothing = { host: host.name, version: null, tag: "", health: null, createdAt: null, startedAt: null };
  if (host.failure !== null) return { ...nothing, state: "unknown", marks: [], expected: null, kept };
  const expected = left.get(project)?.get(host.name) ?? null;
  if (now === undefined) return { ...nothing, state: "none", marks: ["nothing"], expected, kept };
  const { version, state, health, createdAt, startedAt } = now;
  const isOther = expected !== null && isOtherThanReleased(now, expected, failedRuns);
  const is: Readonly<Record<FleetMark, boolean>> = {
    nothing: false,
    unhealthy: state !== "running" || health === "unhealthy",
    differs: !imageNames(now).some((name) => usual.has(name)),
    released: isOther,
    several: versions.filter((each) => upState(each)).length > 1,
    stray: !isMeant,
  };
  return {
    host: host.name,
    version,
    tag: tagOf(now.image),
    state,
    health,
    createdAt,
    startedAt,
    marks: (Object.keys(is) as FleetMark[]).filter((mark) => is[mark]),
    expected: isOther ? expected : null,
    kept,
  };
}

/**
 * Another version than the console's last successful run has left. A newer one that some other Gantry has made is the
 * work of somebody who released without the console, and no drift.
 */
function isOtherThanReleased(
  { version, run }: SurveyedVersion,
  expected: string,
  failedRuns: ReadonlySet<string>,
): boolean {
  if (version === expected) return false;
  return run === null || version < expected || failedRuns.has(run);
}

/**
 * By what the image of most hosts is known. Two versions have the same image when they have the same name (one release
 * gives all hosts one), digest or image id; ids alone do not do, since engines differ in what they take for one. Where
 * no image has more hosts than every other one, the newest version's counts.
 */
function usualImage(running: readonly SurveyedVersion[]): ReadonlySet<string> {
  interface Group {
    readonly names: Set<string>;
    hosts: number;
    newest: string;
  }
  let groups: Group[] = [];
  for (const version of running) {
    const names = imageNames(version);
    const same = groups.filter((group) => names.some((name) => group.names.has(name)));
    const joined: Group = {
      names: new Set([...names, ...same.flatMap((group) => [...group.names])]),
      hosts: same.reduce((sum, group) => sum + group.hosts, 1),
      newest: [version.version, ...same.map((group) => group.newest)].toSorted().at(-1) ?? "",
    };
    groups = [...groups.filter((group) => !same.includes(group)), joined];
  }
  const [first] = groups.toSorted((a, b) => b.hosts - a.hosts || (a.newest < b.newest ? 1 : -1));
  return first?.names ?? new Set();
}

function imageNames({ version, digest, imageId }: SurveyedVersion): readonly string[] {
  return [version, imageId, ...(digest === null ? [] : [digest])];
}

function serving(versions: readonly SurveyedVersion[]): SurveyedVersion | undefined {
  const found = servingVersion(versions.map(asContainer));
  return found && versions.find(({ version }) => version === found.name);
}

/** What deciding by a container takes. */
function asContainer({ version, state, health, failed }: SurveyedVersion): Container {
  return {
    id: version,
    name: version,
    image: "",
    imageId: "",
    command: "",
    created: 0,
    // One that a release has given up serves nobody, should it run again.
    state: failed ? "exited" : (state as Container["state"]),
    status: "",
    labels: {},
    ...(health === null ? {} : { health }),
  };
}

/** Whether it holds its place and ports. */
export function upState(version: SurveyedVersion): boolean {
  return isUp(asContainer(version));
}

/** Whether `rollback --to` may name it. */
export function isKept({ state, failed }: SurveyedVersion): boolean {
  return !failed && (state === "exited" || state === "created");
}

/** The tag of an image as it was named, or the beginning of its digest. */
export function tagOf(image: string): string {
  const [named = "", digest] = image.split("@");
  if (/^(?:sha256:)?[0-9a-f]{12,64}$/.test(named)) return named.replace("sha256:", "").slice(0, 12);
  const tag = /:([^/:]+)$/.exec(named)?.[1];
  return tag ?? (digest === undefined ? "latest" : digest.replace("sha256:", "").slice(0, 12));
}
