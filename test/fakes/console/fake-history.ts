import type { RequestListItem } from "../../../src/contract/requests.ts";
import type { Statistics } from "../../../src/contract/statistics.ts";
import { REQUEST_STATES, type RequestState } from "../../../src/contract/states.ts";
import type { FakeWorld } from "./fake-world.ts";

const HOUR = 3_600_000;
const LENGTHS = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR } as const;
/** Ids of the categories of fake-definitions.ts. */
const CATEGORY_IDS: Readonly<Record<string, number>> = { DeployDocker: 10, DataFix: 11 };
const VARIABLES = [
  { name: "group1", label: "Project" },
  { name: "DockerDeployMode", label: "ExecMode" },
  { name: "tag", label: "Image tag" },
];

/** The requests that the filters leave, newest first, as `GET /requests` has them. */
function requestsIn(world: FakeWorld, query: URLSearchParams): RequestListItem[] {
  const is = (name: string, fits: (wanted: string) => boolean): boolean => {
    const wanted = query.get(name);
    return wanted === null || fits(wanted);
  };
  const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
  const columns = query.get("columns")?.split(",");
  return world.requests
    .filter(
      ({ state, environment, category, order, by, summary, submittedAt, values = {} }) =>
        is("state", (wanted) => wanted.split(",").includes(state)) &&
        is("environment", (wanted) => environment.id === Number(wanted)) &&
        is("category", (wanted) => categoryId(category) === Number(wanted)) &&
        is("order", (wanted) => order.id === Number(wanted)) &&
        is("by", (wanted) => wanted.split(",").includes(by)) &&
        is("text", (wanted) => has(`${order.name} ${summary}`, wanted)) &&
        is("from", (wanted) => Date.parse(submittedAt) >= Date.parse(wanted)) &&
        is("to", (wanted) => Date.parse(submittedAt) < Date.parse(wanted)) &&
        query.getAll("value").every((wanted) => {
          const [name = "", ...text] = wanted.split(":");
          return values[name]?.some((value) => has(value, text.join(":"))) === true;
        }),
    )
    .toSorted((left, right) => right.id - left.id)
    .map(({ values = {}, ...request }) =>
      columns === undefined
        ? request
        : { ...request, values: Object.fromEntries(Object.entries(values).filter(([name]) => columns.includes(name))) },
    );
}

function categoryId(name: string | null): number {
  return CATEGORY_IDS[name ?? ""] ?? 0;
}

/** What the console answers about past requests; undefined: it is no such call. */
export function historyAnswer(world: FakeWorld, call: string, query: URLSearchParams): unknown {
  if (call === "GET /requests") {
    const limit = Number(query.get("limit") ?? 50);
    const after = Number(query.get("after") ?? Number.POSITIVE_INFINITY);
    const found = requestsIn(world, query).filter(({ id }) => id < after);
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? String(items.at(-1)?.id) : null };
  }
  if (call === "GET /requests/variables") return { items: world.requests.length === 0 ? [] : VARIABLES };
  return call === "GET /statistics" ? statistics(requestsIn(world, query), query) : undefined;
}

type Counts = Omit<Statistics["total"], "median" | "p95">;

function counts(of: readonly RequestListItem[]): Counts {
  const number = (...states: readonly RequestState[]): number =>
    of.filter(({ state }) => states.includes(state)).length;
  return {
    requests: of.length,
    succeeded: number("succeeded"),
    failed: number("failed"),
    stopped: number("stopped"),
    lost: number("lost"),
    notRun: number("rejected", "revoked", "expired", "refused"),
    open: number("waiting", "approved", "scheduled", "queued", "running"),
  };
}

function durations(of: readonly RequestListItem[]): { readonly median: number | null; readonly p95: number | null } {
  const all = of
    .flatMap(({ startedAt, endedAt }) =>
      startedAt === null || endedAt === null ? [] : [(Date.parse(endedAt) - Date.parse(startedAt)) / 1000],
    )
    .toSorted((left, right) => left - right);
  const at = (part: number): number | null => all[Math.min(all.length - 1, Math.floor(all.length * part))] ?? null;
  return { median: at(0.5), p95: at(0.95) };
}

function statistics(requests: readonly RequestListItem[], query: URLSearchParams): Statistics {
  const to = query.get("to") ?? new Date().toISOString();
  const from = query.get("from") ?? new Date(Date.parse(to) - 30 * LENGTHS.day).toISOString();
  const bucket = (query.get("bucket") ?? "day") as Statistics["bucket"];
  const groups = <T>(key: (request: RequestListItem) => string, made: (of: RequestListItem[]) => T): T[] =>
    [...Map.groupBy(requests, key).values()].toSorted((left, right) => right.length - left.length).map(made);
  const orders = groups(
    ({ order }) => String(order.id),
    (of) => ({
      ...first(of).order,
      environment: first(of).environment.name,
      ...counts(of),
      ...durations(of),
      seconds: 0,
    }),
  );
  return {
    from,
    to,
    zone: query.get("zone") ?? "UTC",
    bucket,
    total: { ...counts(requests), ...durations(requests) },
    states: REQUEST_STATES.map((state) => ({
      state,
      requests: requests.filter((request) => request.state === state).length,
    })),
    environments: groups(
      ({ environment }) => environment.name,
      (of) => ({ ...first(of).environment, ...counts(of) }),
    ),
    categories: groups(
      ({ category }) => String(category),
      (of) => ({ id: categoryId(first(of).category), name: first(of).category ?? "", ...counts(of) }),
    ),
    orders,
    people: groups(
      ({ by }) => by,
      (of) => ({ id: first(of).by.length, name: first(of).by, ...counts(of) }),
    ),
    series: series(requests, Date.parse(from), Date.parse(to), LENGTHS[bucket]),
    slowest: orders
      .filter(({ median }) => median !== null)
      .toSorted((left, right) => (right.median ?? 0) - (left.median ?? 0)),
    failing: orders
      .filter(({ failed, lost }) => failed + lost > 0)
      .toSorted((left, right) => right.failed + right.lost - left.failed - left.lost),
    hours: [],
  };
}

function series(requests: readonly RequestListItem[], from: number, to: number, length: number): Statistics["series"] {
  return Array.from({ length: Math.ceil((to - from) / length) }, (_, place) => {
    const [begin, end] = [from + place * length, Math.min(to, from + (place + 1) * length)];
    const of = requests.filter(({ submittedAt }) => {
      const at = Date.parse(submittedAt);
      return at >= begin && at < end;
    });
    const { succeeded, failed, lost, ...rest } = counts(of);
    return {
      from: new Date(begin).toISOString(),
      to: new Date(end).toISOString(),
      ...rest,
      succeeded,
      failed,
      lost,
      ...durations(of),
      failureRate: succeeded + failed + lost === 0 ? null : (failed + lost) / (succeeded + failed + lost),
    };
  });
}

function first<T>(of: readonly T[]): T {
  const [one] = of;
  if (one === undefined) throw new Error("a group has at least one");
  return one;
}

/** Some weeks of requests of several people and orders, always the same ones before this moment. */
export function pastRequests(count: number, now = Date.now()): RequestListItem[] {
  const people = ["wang", "li", "zhao", "chen.guang-ming"];
  const projects = ["demo1", "demo2", "payment-gateway", "user-profile-service"];
  const endings: readonly RequestState[] = [
    ...Array.from({ length: 14 }, () => "succeeded" as const),
    "failed",
    "failed",
    "stopped",
    "lost",
    "rejected",
    "refused",
    "expired",
  ];
  const orders = [
    { id: 50, name: "project_group1", environment: PROD, category: "DeployDocker" },
    { id: 51, name: "fix_orders", environment: STAGE, category: "DataFix" },
    { id: 52, name: "project_group2_with_a_long_name", environment: PROD, category: "DeployDocker" },
    { id: 53, name: "eureka_tools", environment: STAGE, category: null },
  ] as const;
  return Array.from({ length: count }, (_, place): RequestListItem => {
    // A walk through all combinations without a pattern that one would see.
    const turn = (place * 7919 + 13) % 104_729;
    const order = pick(orders, turn + Math.floor(place / 3));
    const project = pick(projects, turn * 3 + place);
    const open = place < 4 ? (["running", "queued", "waiting", "scheduled"] as const)[place] : undefined;
    const state = open ?? pick(endings, turn);
    const submitted = now - 60_000 - place * 41 * 60_000 - (turn % 37) * 60_000;
    const ran = ["succeeded", "failed", "stopped", "lost", "running"].includes(state);
    const started = ran ? submitted + 2000 : null;
    const seconds = 20 + (turn % 190) + (order.id === 52 ? 400 : 0);
    return {
      id: 4312 - place,
      order: { id: order.id, name: order.name, version: 2 },
      environment: order.environment,
      category: order.category,
      state,
      summary: `${project} update 1.${turn % 20}.0`,
      by: pick(people, turn + place),
      submittedAt: new Date(submitted).toISOString(),
      scheduledAt: state === "scheduled" ? new Date(now + 2 * HOUR).toISOString() : null,
      startedAt: started === null ? null : new Date(started).toISOString(),
      endedAt: open === undefined ? new Date((started ?? submitted) + seconds * 1000).toISOString() : null,
      usualSeconds: 80,
      values: { group1: [project], DockerDeployMode: ["update"], tag: order.id === 53 ? [] : [`1.${turn % 20}.0`] },
    };
  });
}

const PROD = { id: 1, name: "prod", colour: "red", protected: true };
const STAGE = { id: 2, name: "stage", colour: "orange", protected: false };

function pick<T>(list: readonly T[], place: number): T {
  const found = list[place % list.length];
  if (found === undefined) throw new Error("the list is empty");
  return found;
}
