import type {
  Fleet,
  FleetAction,
  FleetCell,
  FleetHost,
  FleetHostDetail,
  FleetMark,
  FleetProjectDetail,
  FleetRelease,
  FleetState,
  FleetVersion,
} from "../../../src/contract/fleet.ts";

interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}
const NOT_FOUND: FakeAnswer = { status: 404, body: { type: "not-found", title: "not-found", status: 404 } };

const PROD = { id: 1, name: "prod", colour: "red", protected: true };
const DAY = 86_400_000;
const CENTRE = "ops1";
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

/** As new as can be. */
export function fleetState(more: Partial<FleetState["sources"][number]> = {}): FleetState {
  const source = {
    configCentre: { id: 21, name: CENTRE },
    at: new Date(Date.now() - 12_000).toISOString(),
    age: 12,
    milliseconds: 1840,
    refreshing: false,
    problem: null,
  };
  return { sources: [{ ...source, ...more }] };
}

/**
 * A fleet of so many hosts and projects: each project is meant for a part of the hosts, and some of it drifts. The last
 * host cannot be reached.
 */
export function fakeFleet(hosts: number, projects: number): Fleet {
  const names = Array.from({ length: hosts }, (_, at) => `web-${String(at + 1).padStart(3, "0")}.example.com`);
  const unreachable = names.at(-1);
  return {
    ...fleetState(),
    environment: PROD,
    groups: [
      { name: "web", hosts: names.filter((_, at) => at % 2 === 0) },
      { name: "batch", hosts: names.filter((_, at) => at % 2 === 1) },
    ],
    hosts: names.map((name, at) => hostOf(name, at, name === unreachable)),
    projects: Array.from({ length: projects }, (_, at) => ({
      name: projectName(at),
      configCentre: CENTRE,
      problem: null,
      cells: names.flatMap((host, row) =>
        at === 0 || (row + at) % 3 > 0 ? [cellOf(host, row, at, host === unreachable)] : [],
      ),
    })),
  };
}

function projectName(at: number): string {
  return at === 0 ? "demo1" : `${["order", "pay", "stock", "mail", "search"][at % 5]}-service-${at + 1}`;
}

function hostOf(name: string, at: number, unreachable: boolean): FleetHost {
  const address = `10.0.${Math.floor(at / 250)}.${(at % 250) + 1}`;
  return {
    name,
    address,
    configCentre: CENTRE,
    failure: unreachable
      ? { reason: "host-unreachable", host: name, address, detail: "ssh: connect to host port 22: No route to host" }
      : null,
    docker: unreachable ? null : { engine: at % 7 === 0 ? "20.10.24" : "28.0.1", api: "1.48", architecture: "amd64" },
    milliseconds: unreachable ? 5000 : 180 + (at % 90),
  };
}

/** Of every so many cells one drifts in a way of its own. */
function cellOf(host: string, row: number, column: number, unreachable: boolean): FleetCell {
  const marks: FleetMark[] = [];
  const nth = row * 7 + column * 3;
  if (nth % 241 === 7) marks.push("differs");
  if (nth % 283 === 14) marks.push("unhealthy");
  if (nth % 397 === 21) marks.push("nothing");
  if (nth % 241 === 7 && nth % 2 === 0) marks.push("released");
  const project = projectName(column);
  const runs = !unreachable && !marks.includes("nothing");
  const isOld = marks.includes("differs");
  return {
    host,
    version: runs ? `${project}-${isOld ? "20261101.101010" : "20261120.090301"}` : null,
    tag: runs ? (isOld ? `v1.${column}` : `v2.${column}`) : "",
    state: unreachable ? "unknown" : runs ? "running" : "none",
    health: null,
    createdAt: runs ? daysAgo(isOld ? 24 : 5) : null,
    startedAt: runs ? daysAgo(isOld ? 24 : 5) : null,
    marks: unreachable ? [] : runs ? marks : ["nothing"],
    expected: marks.includes("released") ? `${project}-20261120.090301` : null,
    kept: 2,
  };
}

const ACTION: FleetAction = {
  order: { id: 50, name: "project_group1", summary: "Deploy group 1" },
  values: { group1: ["demo1"] },
  modes: ["update", "restart", "inquiry", "rollback"],
  modeVariable: "DockerDeployMode",
  hostsVariable: null,
  versionVariable: null,
};
const BACK: FleetAction = {
  order: { id: 52, name: "go_back", summary: "Back to a version" },
  values: { group1: ["demo1"] },
  modes: ["rollback"],
  modeVariable: null,
  hostsVariable: "hosts",
  versionVariable: "to",
};

function versionsOf(host: string): FleetVersion[] {
  const make = (stamp: string, tag: string, more: Partial<FleetVersion>): FleetVersion => ({
    project: "demo1",
    version: `demo1-${stamp}`,
    image: `registry.example.com/ns/demo1:${tag}`,
    imageId: `sha256:${tag}`,
    state: "exited",
    health: null,
    createdAt: daysAgo(5),
    startedAt: null,
    failed: false,
    run: "20261120.090301-ab12",
    user: "wang",
    digest: `sha256:${tag}`,
    tag,
    up: false,
    request: null,
    ...more,
  });
  const request = { id: 4312, order: "project_group1", by: "wang", at: daysAgo(5) };
  return [
    make("20261122.180000-failed", "v2.1", { failed: true, createdAt: daysAgo(3) }),
    make("20261120.090301", "v2.0", { state: "running", up: true, startedAt: daysAgo(5), request }),
    make("20261101.101010", "v1.0", { createdAt: daysAgo(24), user: "li" }),
    ...(host.startsWith("web-001")
      ? [make("20261003.080000", "v0.9", { createdAt: daysAgo(53), run: null, user: null })]
      : []),
  ];
}

const RELEASES: readonly FleetRelease[] = [
  {
    request: 4312,
    order: "project_group1",
    by: "wang",
    at: daysAgo(5),
    mode: "update",
    image: "registry.example.com/ns/demo1:v2.0",
    tag: "v2.0",
    status: "succeeded",
    runState: "succeeded",
    hosts: [{ host: "web-001.example.com", verdict: "done", now: "demo1-20261120.090301" }],
  },
  {
    request: 4290,
    order: "project_group1",
    by: "li",
    at: daysAgo(6),
    mode: "rollback",
    image: null,
    tag: null,
    status: "failed",
    runState: "failed",
    hosts: [],
  },
];

/** Answers about the fleet; undefined: the call is about something else. */
export function fleetAnswer(call: string, fleet: Fleet = fakeFleet(6, 5)): FakeAnswer | undefined {
  const [, area, kind, name = ""] = (call.split(" ")[1] ?? "").split("/").map(decodeURIComponent);
  if (area !== "fleet") return undefined;
  const ok = (body: unknown): FakeAnswer => ({ status: call.startsWith("POST") ? 202 : 200, body });
  if (kind === "environments") return ok({ items: [{ ...PROD, asked: true }] });
  if (kind === undefined) return ok(fleet);
  if (kind === "state" || kind === "refresh") return ok({ sources: fleet.sources });
  if (kind === "hosts") return hostAnswer(fleet, name, ok);
  const project = fleet.projects.find((each) => each.name === name);
  if (project === undefined) return NOT_FOUND;
  return ok({
    ...fleetState(),
    environment: PROD,
    project: name,
    configCentre: CENTRE,
    problem: null,
    hosts: project.cells.flatMap((cell) => {
      const host = fleet.hosts.find((each) => each.name === cell.host);
      return host === undefined ? [] : [{ host, cell, versions: host.failure === null ? versionsOf(host.name) : [] }];
    }),
    releases: [...RELEASES],
    actions: [ACTION, BACK],
  } satisfies FleetProjectDetail);
}

function hostAnswer(fleet: Fleet, name: string, ok: (body: FleetHostDetail) => FakeAnswer): FakeAnswer {
  const host = fleet.hosts.find((each) => each.name === name);
  if (host === undefined) return NOT_FOUND;
  return ok({
    ...fleetState(),
    environment: PROD,
    host,
    groups: fleet.groups.filter(({ hosts }) => hosts.includes(name)).map((group) => group.name),
    projects: fleet.projects.flatMap((project) => {
      const cell = project.cells.find((each) => each.host === name);
      if (cell === undefined) return [];
      return [{ name: project.name, cell, versions: versionsOf(name), actions: [ACTION, BACK] }];
    }),
  });
}
