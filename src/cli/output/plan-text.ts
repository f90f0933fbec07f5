import { isUp } from "../../domain/container.ts";
import { quoteShellWord } from "../../domain/shell-words.ts";
import { isUnreachable } from "../../engine/errors.ts";
import { withoutSecrets, type HostPlan, type Step } from "../../engine/plan.ts";
import type { HostLook } from "../../engine/preview.ts";
import type { ShownPlan } from "../commands/plan.ts";
import type { Words } from "../locales/words.ts";
import { explainFailure } from "./explain.ts";
import type { Paint } from "./paint.ts";
import { batchesOf, stepsOf } from "./plan-json.ts";

/** A plan for people: what it is, then each host with what runs there and its steps, then whether it would begin. */
export function planText(shown: ShownPlan, words: Words, paint: Paint): string {
  const { request, preview, frozen } = shown;
  const plan = preview.plan && withoutSecrets(preview.plan);
  const { mode, project, environment, image } = request;
  const lines = [paint.bold(words.plan.heading(mode, project, environment)), words.plan.untouched];
  if (image !== undefined) lines.push(words.plan.image(image, plan?.image?.digest));
  if (plan !== undefined && mode !== "inquiry") lines.push(words.plan.batches(batchesOf(plan)));
  for (const look of preview.hosts) {
    const hostPlan = plan?.hosts.find(({ host }) => host === look.host);
    lines.push("", ...hostLines(look, hostPlan, words, paint));
  }
  lines.push("");
  const { imageFailure, stopped } = preview;
  if (imageFailure !== undefined) lines.push(...messageLines(explainFailure(words, imageFailure), "", paint));
  if (frozen !== undefined) lines.push(paint.red(frozen));
  if (stopped !== undefined) lines.push(paint.red(words.plan.stopped[stopped.status]));
  if (frozen === undefined && stopped === undefined) lines.push(paint.green(words.plan.begins));
  return `${lines.join("\n")}\n`;
}

function hostLines(
  { host, facts, failure }: HostLook,
  plan: HostPlan | undefined,
  words: Words,
  paint: Paint,
): readonly string[] {
  const lines: string[] = [];
  if (facts !== undefined) {
    const running = facts.versions.filter(isUp).map(({ name, image }) => `${name} (${image})`);
    const after = plan === undefined || plan.after === plan.before ? undefined : (plan.after ?? words.plan.nothing);
    lines.push(`${paint.bold(host)}  ${words.plan.runs(running, after)}`);
  } else {
    const { verdicts } = words.output;
    const verdict = failure !== undefined && isUnreachable(failure) ? verdicts.unreachable : verdicts.failed;
    lines.push(`${paint.bold(host)}  ${paint.red(verdict)}`);
  }
  if (failure !== undefined) lines.push(...messageLines(explainFailure(words, failure), "  ", paint));
  for (const step of plan === undefined ? [] : stepsOf(plan)) lines.push(...stepLines(step, words, paint));
  return lines;
}

function stepLines(step: Step, words: Words, paint: Paint): readonly string[] {
  if (step.skip !== undefined)
    return [paint.dim(`  ${step.title} ${words.plan.skipped(words.output.skip[step.skip])}`)];
  const detail = detailOf(step);
  return [`  ${step.title}`, ...(detail === undefined ? [] : [paint.dim(`      ${detail}`)])];
}

/** What a step acts on, where its title does not say. */
function detailOf(step: Step): string | undefined {
  switch (step.kind) {
    case "find-exited":
    case "start":
      return step.version;
    case "stop":
      return step.containers.join(", ");
    case "deregister":
      if (step.registered === undefined) return undefined;
      return "instance" in step.registered ? step.registered.instance.id : step.registered.leftover.id;
    case "run":
      return step.argv.map(quoteShellWord).join(" ");
    default:
      return undefined;
  }
}

function messageLines({ what, todo }: ReturnType<typeof explainFailure>, indent: string, paint: Paint): string[] {
  return [paint.red(`${indent}${what}`), ...(todo === "" ? [] : [`${indent}${todo}`])];
}
