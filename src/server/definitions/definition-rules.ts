import type { ConfigCentre, DefinitionKind, Variable, VariableGroup, WorkOrder } from "../../contract/definitions.ts";
import { KEPT_SECRET, referencesOf } from "../../contract/definitions.ts";
import type { ApprovalFlow } from "../../contract/approval-flow.ts";
import type { NotificationChannel } from "../../contract/notification-channel.ts";
import type { FreezeWindow } from "../../contract/freeze-window.ts";
import type { SignInMethod } from "../../contract/sign-in-method.ts";
import { orderVariables } from "../../domain/cascade.ts";
import { checkOrder } from "../../domain/order-check.ts";
import { parsePattern } from "../../domain/pattern.ts";
import { parseTask } from "../../domain/task-line.ts";
import type { FieldProblem } from "../api/problem-error.ts";
import { cronProblem } from "../freeze/freeze-times.ts";
import { signInMethodProblems } from "../sign-in/method-rules.ts";
import { parentsOf } from "../orders/order-form.ts";
import { orderProblemText, placed, taskProblemText, type Language } from "../words/task-words.ts";
import type { DefinitionStore } from "./definition-store.ts";

type Data = Readonly<Record<string, unknown>>;

/** What a schema cannot say: references that lead nowhere, and parts that do not fit together. */
export async function checkDefinition(
  kind: DefinitionKind,
  data: Data,
  store: DefinitionStore,
  language: Language,
): Promise<FieldProblem[]> {
  const missing = await missingReferences(kind, data, store);
  if (missing.length > 0) return missing;
  switch (kind) {
    case "config_centre":
      return configCentreProblems(data as unknown as ConfigCentre);
    case "variable":
      return variableProblems(data as unknown as Variable, language);
    case "variable_group":
      return groupProblems(data as unknown as VariableGroup, store);
    case "notification_channel":
      return channelProblems(data as unknown as NotificationChannel);
    case "approval_flow":
      return flowProblems(data as unknown as ApprovalFlow, store);
    case "freeze_window":
      return freezeProblems(data as unknown as FreezeWindow);
    case "work_order":
      return orderProblems(data as unknown as WorkOrder, store, language);
    case "sign_in_method":
      return signInMethodProblems(data as unknown as SignInMethod, store.db);
    default:
      return [];
  }
}

async function missingReferences(kind: DefinitionKind, data: Data, store: DefinitionStore): Promise<FieldProblem[]> {
  const references = referencesOf(kind, data as never);
  const found = await store.findMany(references.map((reference) => reference.id));
  return references
    .filter((reference) => !found.some((row) => row.id === reference.id && row.kind === reference.kind))
    .map((reference) => ({
      field: fieldOf(reference.kind),
      rule: "unknown",
      message: `There is no ${reference.kind.replace("_", " ")} ${reference.id}.`,
    }));
}

function fieldOf(kind: DefinitionKind): string {
  return {
    config_centre: "configCentre",
    variable_group: "variableGroup",
    variable: "variables",
    work_order: "",
    environment: "environment",
    category: "category",
    approval_flow: "approvalFlow",
    freeze_window: "",
    notification_channel: "notifications",
    sign_in_method: "",
  }[kind];
}

function configCentreProblems({ connection, address, user }: ConfigCentre): FieldProblem[] {
  if (connection === "local") return [];
  const problems: FieldProblem[] = [];
  if (!/^[A-Za-z0-9_.:%-]+$/.test(address) || address.startsWith("-"))
    problems.push({ field: "address", rule: "format", message: "Give a host name or an IP address." });
  if (user !== "" && !/^[A-Za-z0-9_.@\\][A-Za-z0-9_.@\\-]*$/.test(user))
    problems.push({ field: "user", rule: "format", message: "Give a user name without spaces." });
  return problems;
}

function variableProblems(
  { source, formType, pattern, min, max, secret, default: preset }: Variable,
  language: Language,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: string, rule: string, message: string): void => void problems.push({ field, rule, message });
  const typed = formType === "text" || formType === "textarea";
  if (typed !== (source.kind === "input"))
    add(
      "formType",
      "does-not-fit",
      typed
        ? "A text is typed in: choose user input, or a form with choices."
        : "Choices need values: choose a script, a list or a built-in source, or a text form.",
    );
  if (pattern !== "" && !parsePattern(pattern).ok)
    add(
      "pattern",
      "format",
      "This is no regular expression, or one with backreferences or lookbehind, which are not accepted.",
    );
  if (min !== null && max !== null && min > max) add("min", "too-large", "The least must not be more than the most.");
  if (secret && !typed) add("secret", "does-not-fit", "Only typed values can be secret.");
  if (secret && preset.length > 0)
    add("default", "does-not-fit", "A secret has no default: it would be readable here.");
  if (source.kind === "script") {
    const parsed = parseTask(source.command);
    if (!parsed.ok)
      for (const problem of parsed.failure)
        add("source.command", problem.reason, placed(problem, taskProblemText(problem, language), language));
    else if (parsed.value.length !== 1) add("source.command", "one-line", "Give one command line.");
  }
  return problems;
}

async function groupProblems({ variables }: VariableGroup, store: DefinitionStore): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  if (new Set(variables).size < variables.length)
    problems.push({ field: "variables", rule: "twice", message: "A variable is in the group twice." });
  const rows = await store.findMany(variables);
  const data = rows.map((row) => row.data as unknown as Variable);
  const names = data.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    problems.push({ field: "variables", rule: "twice", message: `Two variables have the name ${twice}.` });
  const ordered = orderVariables(
    data.map((variable) => ({
      name: variable.name,
      parents: parentsOf(variable).filter((name) => names.includes(name)),
    })),
  );
  if (!ordered.ok)
    problems.push({
      field: "variables",
      rule: "cycle",
      message: `These need each other: ${JSON.stringify(ordered.failure)}`,
    });
  const secrets = new Set(data.filter(({ secret }) => secret).map(({ name }) => name));
  for (const variable of data) {
    const used = parentsOf(variable).find((name) => secrets.has(name));
    if (used !== undefined)
      problems.push({
        field: "variables",
        rule: "secret",
        message: `The values of ${variable.name} depend on ${used}, which is secret: what a source prints is kept.`,
      });
  }
  return problems;
}

async function flowProblems({ levels }: ApprovalFlow, store: DefinitionStore): Promise<FieldProblem[]> {
  const known = await store.db.selectFrom("user_group").select("id").execute();
  return levels.flatMap(({ userGroup }, index) =>
    known.some(({ id }) => id === userGroup)
      ? []
      : [{ field: `levels.${index}.userGroup`, rule: "unknown", message: `There is no user group ${userGroup}.` }],
  );
}

function channelProblems({ kind, active, url, host, from, to }: NotificationChannel): FieldProblem[] {
  const problem = (field: string, rule: string, message: string): FieldProblem => ({ field, rule, message });
  if (kind !== "email") {
    const isAddress =
      url === KEPT_SECRET || (url === "" && !active) || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol));
    return isAddress
      ? []
      : [problem("url", url === "" ? "required" : "format", "Give the http or https address of the webhook.")];
  }
  const wrong = to.findIndex((address) => !MAIL_ADDRESS.test(address));
  return [
    ...(host === "" ? [problem("host", "required", "Give the name or address of the SMTP server.")] : []),
    ...(MAIL_ADDRESS.test(from.replace(/^.*<(.*)>$/, "$1"))
      ? []
      : [problem("from", "format", "Give the sender's e-mail address.")]),
    ...(wrong < 0 ? [] : [problem(`to.${wrong}`, "format", `${to[wrong]} is no e-mail address.`)]),
  ];
}

const MAIL_ADDRESS = /^[^\s@<>]+@[^\s@<>]+$/;

function freezeProblems({ when }: FreezeWindow): FieldProblem[] {
  if (when.kind === "range")
    return new Date(when.from) < new Date(when.to)
      ? []
      : [{ field: "when.to", rule: "too-small", message: "It must end after it begins." }];
  const problem = cronProblem(when.cron, when.timeZone);
  return problem === undefined ? [] : [{ field: "when.cron", rule: "cron", message: problem }];
}

async function orderProblems(order: WorkOrder, store: DefinitionStore, language: Language): Promise<FieldProblem[]> {
  const group = order.variableGroup === null ? undefined : await store.find("variable_group", order.variableGroup);
  const rows = await store.findMany((group?.data as unknown as VariableGroup | undefined)?.variables ?? []);
  const variables = rows.map((row) => row.data as unknown as Variable).map(({ name, secret }) => ({ name, secret }));
  const known = await store.db.selectFrom("user_group").select("id").execute();
  const missing = order.submitters.find((submitter) => !known.some(({ id }) => id === submitter));
  return [
    ...(missing === undefined
      ? []
      : [{ field: "submitters", rule: "unknown", message: `There is no user group ${missing}.` }]),
    ...checkOrder({ ...order, variables }).map((problem) => ({
      field: problem.field,
      rule: problem.reason,
      message: orderProblemText(problem, language),
    })),
  ];
}
