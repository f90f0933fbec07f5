import type { PlanWords } from "../words.ts";

/** A run that has not begun, in English. */
export const plan: PlanWords = {
  heading: (mode, project, environment) => `Plan: ${mode} ${project} in ${environment}`,
  untouched: "Nothing is touched. Names are those of a run that begins now.",
  image: (reference, digest) => `Image: ${reference}${digest === undefined ? "" : ` (${digest})`}`,
  batches: (batches) => `Batches: ${batches.map((hosts) => hosts.join(", ")).join(" → ")}`,
  runs: (running, after) => {
    const now = running.length === 0 ? "runs nothing" : `runs ${running.join(", ")}`;
    return after === undefined ? now : `${now}, then ${after}`;
  },
  nothing: "nothing",
  skipped: (because) => `(skipped: ${because})`,
  begins: "The run would begin.",
  stopped: {
    failed: "The run would not begin: it ends before it changes anything.",
    unreachable: "The run would not begin: a host is unreachable.",
    locked: "The run would not begin: the project is locked on a host.",
  },
};
