import type { PlanPreview } from "../../contract/requests.ts";
import { isUp, servingVersion } from "../../domain/container.ts";
import { isUnreachable, type Failure } from "../../engine/errors.ts";
import type { HostPlan, Plan } from "../../engine/plan.ts";
import type { HostLook } from "../../engine/preview.ts";
import type { ShownPlan } from "../commands/plan.ts";
import type { ModeOptions } from "../commands/rollout-options.ts";
import type { Words } from "../locales/words.ts";
import { explainFailure } from "./explain.ts";

/** A plan as the console reads it. */
export function planJson({ request, preview, frozen }: ShownPlan, words: Words): PlanPreview {
  const { plan, imageFailure, stopped } = preview;
  const problems = [
    ...(frozen === undefined ? [] : [frozen]),
    ...(imageFailure === undefined ? [] : [problemOf(imageFailure, words)]),
    ...(stopped === undefined ? [] : [words.plan.stopped[stopped.status]]),
  ];
  return {
    mode: request.mode,
    project: request.project,
    environment: request.environment,
    image: request.image ?? null,
    batches: plan === undefined ? [] : batchesOf(plan),
    steps: plan === undefined ? [] : titlesOf(plan.hosts),
    hosts: preview.hosts.map((look) => hostJson(look, words)),
    problem: problems.length === 0 ? null : problems.join("\n"),
  };
}

/** What is told instead of a plan where files or options are wrong. */
export function refusalJson({ mode, project, environment }: ModeOptions, problem: string): PlanPreview {
  return { mode, project, environment, image: null, batches: [], steps: [], hosts: [], problem };
}

/** Batches of hosts in order; who only looks does so everywhere at once. */
export function batchesOf({ mode, batches, hosts }: Plan): string[][] {
  return mode === "inquiry" ? [hosts.map(({ host }) => host)] : batches.map((batch) => [...batch]);
}

/** The steps of a host in their order. */
export function stepsOf({ prepare, roll }: HostPlan): HostPlan["roll"] {
  return [...prepare, ...roll].toSorted((a, b) => a.number - b.number);
}

/** A host where less is to be done has fewer steps than others. */
function titlesOf(hosts: readonly HostPlan[]): string[] {
  const titles = hosts.map((host) => stepsOf(host).map(({ title }) => title));
  return titles.reduce((longest, each) => (each.length > longest.length ? each : longest), []);
}

function hostJson({ host, facts, failure }: HostLook, words: Words): PlanPreview["hosts"][number] {
  const versions = facts?.versions ?? [];
  return {
    host,
    reachable: facts !== undefined || (failure !== undefined && !isUnreachable(failure)),
    running: versions.filter(isUp).map(({ name }) => name),
    image: servingVersion(versions)?.image ?? null,
    problem: failure === undefined ? null : problemOf(failure, words),
  };
}

function problemOf(failure: Failure, words: Words): string {
  const { what, todo } = explainFailure(words, failure);
  return todo === "" ? what : `${what}\n${todo}`;
}
