import { createHash } from "node:crypto";
import { sql, type Updateable } from "kysely";
import type { CommandLine, FormValues, RequestInput } from "../../contract/requests.ts";
import { valuesGiven } from "../../domain/form-values.ts";
import { invalid, ProblemError } from "../api/problem-error.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import type { Queue } from "../jobs/queue.ts";
import { SECRET_VALUES } from "../jobs/spool-spec.ts";
import type { LoadedOrder } from "../orders/loaded-order.ts";
import { commandOf, valuesOf } from "../orders/order-command.ts";
import { checkFormValues } from "../orders/order-form.ts";
import type { OptionParts } from "../orders/option-source.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { Database } from "../store/database.ts";
import type { Schema } from "../store/schema.ts";
import type { Language } from "../words/task-words.ts";
import { lockKey, lockState, usualSeconds } from "./lock-state.ts";

export interface SubmitParts extends OptionParts {
  readonly store: DefinitionStore;
  readonly queue: Queue;
  readonly box: SecretBox;
}

/** What is asked for: the part of an input that a submission and an edit have in common. */
export type Asked = Pick<RequestInput, "values" | "note" | "scheduledAt">;

/** Days ahead for which an order may be scheduled. */
const FARTHEST = 366;
/** Milliseconds by which clocks may differ: a time so little in the past means now. */
const TOLERANCE = 60_000;

/** Checks everything against the order as it is now, and makes what is kept of a request. Throws every problem. */
export async function prepareRequest(
  parts: SubmitParts,
  loaded: LoadedOrder,
  { values, note, scheduledAt }: Asked,
  language: Language,
) {
  const { store, box } = parts;
  const at = scheduleOf(scheduledAt, loaded);
  await checkFormValues(parts, loaded, values, language);
  const lines = commandOf(loaded, valuesOf(loaded, values, new Date()), language);
  const { open, secret } = splitSecrets(loaded, values);
  return {
    order_version: loaded.version,
    order_name: loaded.order.name,
    environment: loaded.environment.id,
    category: loaded.category?.id ?? null,
    config_centre: loaded.configCentre.id,
    form_values: JSON.stringify(open),
    sealed_values: secret === undefined ? null : box.seal(JSON.stringify(secret), SECRET_VALUES),
    summary: summaryOf(loaded, open),
    lines: JSON.stringify(lines),
    hash: hashOf(loaded, open, secret, lines),
    made_from: JSON.stringify(loaded.madeFrom),
    lock_policy: loaded.order.lock,
    note,
    usual_seconds: await usualSeconds(store.db, loaded.id),
    scheduled_at: at,
    ...approvalOf(loaded, lines),
  } satisfies Updateable<Schema["request"]>;
}

/** Throws where the order is not to be submitted, or is another version than the one that was looked at. */
export function refuseUnlessOpen({ order, unavailable, version }: LoadedOrder, lookedAt: number | undefined): void {
  if (unavailable !== null)
    throw new ProblemError(
      409,
      "unavailable",
      `${order.name} is ${unavailable === "template" ? "a template" : "not active"} and cannot be submitted.`,
    );
  if (lookedAt !== undefined && version !== lookedAt)
    throw new ProblemError(
      409,
      "changed",
      "The order has changed since you opened it. Load it again and look before you submit.",
      { currentVersion: version },
    );
}

/** Keeps the levels of the flow as they are now, in the place of those of an earlier version. */
export async function keepLevels(trx: Database, request: number, { approvalFlow }: LoadedOrder): Promise<void> {
  await trx.deleteFrom("request_level").where("request", "=", request).execute();
  if (approvalFlow === null) return;
  const names = await groupNames(trx, approvalFlow.levels);
  await trx
    .insertInto("request_level")
    .values(
      approvalFlow.levels.map(({ name, userGroup, quorum }, index) => ({
        request,
        level: index + 1,
        name,
        user_group: userGroup,
        group_name: names.get(userGroup) ?? "",
        quorum,
      })),
    )
    .execute();
}

/** Names of the user groups that levels ask, by id. */
export async function groupNames(
  db: Database,
  levels: readonly { readonly userGroup: number }[],
): Promise<Map<number, string>> {
  const ids = levels.map(({ userGroup }) => userGroup);
  const rows = await db.selectFrom("user_group").select(["id", "name"]).where("id", "in", ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** One at a time may look and begin, so that two who submit at once are not both let in. */
export async function refuseIfLocked(trx: Database, loaded: LoadedOrder): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${lockKey(loaded, 0)}, 0))`.execute(trx);
  const { holder, waiting } = await lockState(trx, loaded);
  if (holder === null && waiting === 0) return;
  throw new ProblemError(
    409,
    "locked",
    holder === null
      ? "Another request of this order is about to run. Try again when it has ended."
      : `Request ${holder.request} by ${holder.by} is running since ${holder.since}. Try again when it has ended.`,
  );
}

function approvalOf({ order, approvalFlow }: LoadedOrder, lines: readonly CommandLine[]) {
  const preTaskFirst = approvalFlow !== null && order.preTaskBeforeApproval && lines.some(({ task }) => task === "pre");
  return {
    approval_flow: approvalFlow?.id ?? null,
    flow_name: approvalFlow?.name ?? null,
    self_approval: approvalFlow?.selfApproval ?? false,
    distinct_people: approvalFlow?.distinctPeople ?? false,
    expiry_hours: approvalFlow?.expiryHours ?? null,
    run_on_approval: order.runOnApproval,
    pre_task_first: preTaskFirst,
    phase: preTaskFirst ? ("pre" as const) : ("main" as const),
    level: null,
    expires_at: null,
  };
}

function scheduleOf(scheduledAt: string | null, { order }: LoadedOrder): Date | null {
  if (scheduledAt === null) return null;
  const field = "scheduledAt";
  if (!order.schedulable)
    throw invalid([{ field, rule: "not-schedulable", message: "This order runs at once; it cannot be scheduled." }]);
  const at = new Date(scheduledAt);
  if (at.getTime() < Date.now() - TOLERANCE)
    throw invalid([{ field, rule: "in-the-past", message: `${at.toISOString()} is over. Choose a time to come.` }]);
  if (at.getTime() > Date.now() + FARTHEST * 86_400_000)
    throw invalid([{ field, rule: "too-far", message: `Choose a time within ${FARTHEST} days.`, limit: FARTHEST }]);
  return at;
}

function splitSecrets(loaded: LoadedOrder, values: FormValues) {
  const secrets = new Set(loaded.variables.filter(({ data }) => data.secret).map(({ data }) => data.name));
  const open: Record<string, string[]> = {};
  const secret: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (secrets.has(name)) secret[name] = value.join(",");
    else open[name] = value;
  }
  return { open, secret: Object.keys(secret).length > 0 ? secret : undefined };
}

/** The values in the order of the form, as lists show them. */
function summaryOf(loaded: LoadedOrder, open: FormValues): string {
  const values = loaded.variables.flatMap(({ data }) => valuesGiven(open, data.name)).filter((value) => value !== "");
  const text = values.join(" ").replaceAll(/\s+/g, " ");
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/** What an approval binds to: version, values, command, place. Secrets go in by their own hash. */
function hashOf(
  loaded: LoadedOrder,
  open: FormValues,
  secret: Readonly<Record<string, string>> | undefined,
  lines: readonly CommandLine[],
): string {
  const secretHash = secret === undefined ? null : createHash("sha256").update(JSON.stringify(secret)).digest("hex");
  const bound = [loaded.id, loaded.madeFrom, open, secretHash, lines, loaded.configCentre.id];
  return createHash("sha256").update(JSON.stringify(bound)).digest("hex");
}
