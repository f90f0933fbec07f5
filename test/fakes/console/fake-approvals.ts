import type { Approval, Delegation, Vote } from "../../../src/contract/approvals.ts";
import type { ApprovalCard, OrderForm, PlanPreview, Preview, RequestDetail } from "../../../src/contract/requests.ts";

/** What the fake console knows of approvals: requests that wait, and who decides for whom. */
export interface FakeApprovals {
  requests: RequestDetail[];
  /** By the request's id: what its order's last success had, where it was something else. */
  readonly before: Map<number, Readonly<Record<string, string[]>>>;
  delegations: Delegation[];
  freeze: Preview["freeze"];
}

const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * 60_000).toISOString();

const LI = { id: 3, name: "li", displayName: "Li Wei" };
const ZHAO = { id: 4, name: "zhao", displayName: "" };
const ME = { id: 1, name: "admin", displayName: "" };
const PROD = { id: 1, name: "prod", colour: "red", protected: true };
const STAGE = { id: 2, name: "stage", colour: "orange", protected: false };

const vote = (level: number, reason = "", decision: Vote["decision"] = "approve"): Vote => ({
  level,
  by: LI.name,
  displayName: LI.displayName,
  onBehalfOf: null,
  decision,
  reason,
  at: at(12),
});

const RELEASE: RequestDetail = {
  id: 4320,
  order: { id: 50, name: "project_group1", version: 2 },
  environment: PROD,
  category: "DeployDocker",
  state: "waiting",
  summary: "demo1 update release-2026.11.25",
  by: "wang",
  submittedAt: at(14),
  scheduledAt: null,
  startedAt: null,
  endedAt: null,
  usualSeconds: 80,
  version: 3,
  note: "Fixes the rounding of prices (SHOP-1182). Tested on stage since Monday.",
  values: [
    { name: "group1", label: "Project", values: ["demo1"], secret: false },
    { name: "DockerDeployMode", label: "ExecMode", values: ["update"], secret: false },
    { name: "tag", label: "Image tag", values: ["release-2026.11.25"], secret: false },
  ],
  lines: [
    {
      task: "main",
      argv: [
        ..."main_docker_deploy -e prod -m update -p demo1 -tag release-2026.11.25".split(" "),
        "-tnc",
        "project_group1.20261125.101010",
      ],
      shell: false,
      gantry: true,
    },
  ],
  hash: "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8",
  place: "local",
  run: null,
  preRun: null,
  approval: {
    flow: "release",
    level: 1,
    levels: [
      { level: 1, name: "operators", group: "operators", quorum: 2, votes: [vote(1, "Looked at the change.")] },
      { level: 2, name: "leads", group: "leads", quorum: 1, votes: [] },
    ],
    voided: [],
    expiresAt: new Date(Date.now() + 70 * 3_600_000).toISOString(),
    outdated: [],
    selfApproval: false,
    distinctPeople: true,
    mayVote: true,
    mayVoteFor: [],
  },
  queue: null,
  reason: null,
  breakGlass: null,
  allowed: ["approve", "reject", "again"],
};

const FIX: RequestDetail = {
  ...RELEASE,
  id: 4321,
  order: { id: 51, name: "fix_orders", version: 1 },
  environment: STAGE,
  category: "DataFix",
  summary: "2026-11",
  by: "zhao",
  submittedAt: at(3),
  scheduledAt: new Date(Date.now() + 5 * 3_600_000).toISOString(),
  version: 1,
  note: "",
  values: [
    { name: "month", label: "Month", values: ["2026-11"], secret: false },
    { name: "token", label: "Token", values: [], secret: true },
  ],
  lines: [{ task: "main", argv: ["/opt/fix_orders.sh --month 2026-11 && echo done"], shell: true, gantry: false }],
  hash: "a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3",
  place: "center-shanghai",
  approval: {
    flow: "data",
    level: 1,
    levels: [{ level: 1, name: "dba", group: "dba", quorum: 1, votes: [] }],
    voided: [],
    expiresAt: null,
    outdated: [],
    selfApproval: false,
    distinctPeople: true,
    mayVote: false,
    mayVoteFor: [LI],
  },
};

/** Two requests that wait for whoever is signed in: one for himself, one for somebody who is away. */
export function fakeApprovals(): FakeApprovals {
  return {
    requests: structuredClone([RELEASE, FIX]),
    before: new Map([[4320, { DockerDeployMode: ["restart"], tag: ["release-2026.11.18"] }]]),
    delegations: [
      { id: 1, account: LI, delegate: ME, from: at(60), until: at(-60 * 24 * 3), reason: "Holidays", inForce: true },
      {
        id: 2,
        account: ME,
        delegate: ZHAO,
        from: at(-60 * 24 * 7),
        until: at(-60 * 24 * 14),
        reason: "",
        inForce: false,
      },
    ],
    freeze: null,
  };
}

export const asked = ({ state, approval }: RequestDetail): boolean =>
  state === "waiting" && approval !== null && (approval.mayVote || approval.mayVoteFor.length > 0);

/** A request's card in the inbox. */
export function cardOf(request: RequestDetail, before: Readonly<Record<string, string[]>> | undefined): ApprovalCard {
  const { approval, values, preRun: _preRun, run: _run, queue: _queue, ...rest } = request;
  const { level, levels, expiresAt, mayVote, mayVoteFor } = approval as Approval;
  return {
    ...rest,
    values: values.map((value) => ({ ...value, before: before?.[value.name] ?? null })),
    last: before === undefined ? null : { request: 4290, at: at(60 * 24 * 7), by: "li" },
    level: level ?? 1,
    levels: levels.map(({ name, group, quorum }) => ({ name, group, quorum })),
    votes: levels.flatMap(({ votes }) => votes),
    expiresAt,
    mayVote,
    mayVoteFor,
  };
}

/** Somebody approves or rejects, as the console would count it. */
export function castVote(request: RequestDetail, cast: Vote): void {
  const approval = request.approval as Approval;
  const level = approval.levels.find((each) => each.level === approval.level);
  if (level === undefined) throw new Error(`request ${request.id} asks nobody`);
  level.votes.push({ ...cast, level: level.level });
  request.version += 1;
  approval.mayVote &&= cast.by !== ME.name || cast.onBehalfOf !== null;
  approval.mayVoteFor = approval.mayVoteFor.filter(({ name }) => name !== cast.onBehalfOf);
  if (cast.decision === "reject") Object.assign(request, { state: "rejected", reason: cast.reason, endedAt: at(0) });
  else if (level.votes.length >= level.quorum) {
    const next = approval.levels.find((each) => each.level === level.level + 1);
    approval.level = next?.level ?? null;
    if (next === undefined) request.state = request.scheduledAt === null ? "approved" : "scheduled";
    Object.assign(approval, { mayVote: false, mayVoteFor: [] });
  }
}

/** Somebody else votes, while a page looks. */
export function othersVote(request: RequestDetail, decision: Vote["decision"], reason = ""): void {
  castVote(request, { ...vote(1, reason, decision), by: ZHAO.name, displayName: "", at: at(0) });
}

export const PEOPLE = [LI, ZHAO];

export const PLAN: PlanPreview = {
  mode: "update",
  project: "demo1",
  environment: "prod",
  image: "registry.example.org/shop/demo1:release-2026.11.25",
  batches: [["lab1"], ["lab2"], ["lab3"]],
  steps: ["find", "pull", "deregister", "wait", "stop", "run", "health"],
  hosts: ["lab1", "lab2", "lab3"].map((host) => ({
    host,
    reachable: true,
    running: ["demo1-20261118.030503"],
    image: "registry.example.org/shop/demo1:release-2026.11.18",
    problem: null,
  })),
  problem: null,
};

/** The form of the order behind the first one. */
export const ORDER_FORM: OrderForm = {
  id: 50,
  name: "project_group1",
  version: 2,
  description: "Deploy group 1",
  environment: PROD,
  category: "DeployDocker",
  configCentre: "local",
  schedulable: true,
  background: false,
  lock: "queue",
  unavailable: null,
  fields: ["group1", "DockerDeployMode", "tag"].map((name, index) => ({
    name,
    label: ["Project", "ExecMode", "Image tag"][index] ?? "",
    description: "",
    formType: "text",
    values: "input",
    default: [],
    required: true,
    pattern: "",
    min: null,
    max: null,
    secret: false,
    dependsOn: [],
  })),
};

/** What the form says before it is submitted. */
export const PREVIEW: Preview = {
  lines: RELEASE.lines,
  place: "local",
  lock: { policy: "queue", holder: null, waiting: 0 },
  usualSeconds: 80,
  freeze: null,
  approval: {
    flow: "release",
    levels: [
      { name: "operators", group: "operators", quorum: 2 },
      { name: "leads", group: "leads", quorum: 1 },
    ],
    preTaskFirst: false,
    runOnApproval: true,
    expiryHours: 72,
  },
};
