import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { CommandLine, FormValues, RequestInput } from "../../contract/requests.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { invalid, ProblemError } from "../api/problem-error.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import type { Queue } from "../jobs/queue.ts";
import { SECRET_VALUES } from "../jobs/spool-spec.ts";
import { notify } from "../live/feed-message.ts";
import { loadOrder, type LoadedOrder } from "../orders/loaded-order.ts";
import { commandOf, valuesOf } from "../orders/order-command.ts";
import { checkFormValues } from "../orders/order-form.ts";
import type { OptionParts } from "../orders/option-source.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { Database } from "../store/database.ts";
import type { Language } from "../words/task-words.ts";
import { lockKey, lockState, usualSeconds } from "./lock-state.ts";
import { queueRequest } from "./request-store.ts";

export interface SubmitParts extends OptionParts {
  readonly store: DefinitionStore;
  readonly queue: Queue;
  readonly box: SecretBox;
}

/** Days ahead for which an order may be scheduled. */
const FARTHEST = 366;
/** Milliseconds by which clocks may differ: a time so little in the past means now. */
const TOLERANCE = 60_000;

/** Submits an order: checks everything again, keeps it as it will run, and queues or schedules it. Returns its id. */
export async function submitRequest(
  parts: SubmitParts,
  caller: SignedIn,
  input: RequestInput,
  language: Language,
): Promise<number> {
  const { store, box } = parts;
  const loaded = await loadOrder(store, input.order, caller);
  if (loaded.unavailable !== null)
    throw new ProblemError(
      409,
      "unavailable",
      `${loaded.order.name} is ${loaded.unavailable === "template" ? "a template" : "not active"} and cannot be submitted.`,
    );
  if (loaded.version !== input.orderVersion)
    throw new ProblemError(
      409,
      "changed",
      "The order has changed since you opened it. Load it again and look before you submit.",
      {
        currentVersion: loaded.version,
      },
    );
  const scheduledAt = scheduleOf(input, loaded);
  await checkFormValues(parts, loaded, input.values, language);
  const lines = commandOf(loaded, valuesOf(loaded, input.values, new Date()), language);
  const { open, secret } = splitSecrets(loaded, input.values);
  const usual = await usualSeconds(store.db, loaded.id);
  return store.db.transaction().execute(async (trx) => {
    if (loaded.order.lock === "refuse") await refuseIfLocked(trx, loaded);
    const row = await trx
      .insertInto("request")
      .values({
        work_order: loaded.id,
        order_version: loaded.version,
        order_name: loaded.order.name,
        environment: loaded.environment.id,
        category: loaded.category?.id ?? null,
        config_centre: loaded.configCentre.id,
        account: caller.id,
        // Approval flows will begin here with "waiting".
        state: "approved",
        form_values: JSON.stringify(open),
        sealed_values: secret === undefined ? null : box.seal(JSON.stringify(secret), SECRET_VALUES),
        summary: summaryOf(loaded, open),
        lines: JSON.stringify(lines),
        hash: hashOf(loaded, open, secret, lines),
        made_from: JSON.stringify(loaded.madeFrom),
        lock_policy: loaded.order.lock,
        lock_key: "",
        note: input.note,
        background: input.background,
        usual_seconds: usual,
        reason: null,
        job: null,
        ...(scheduledAt === null ? {} : { scheduled_at: scheduledAt }),
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const key = lockKey(loaded, row.id);
    await trx.updateTable("request").set({ lock_key: key }).where("id", "=", row.id).execute();
    if (scheduledAt === null) await queueRequest(trx, parts.queue.enqueue, { id: row.id, lock_key: key }, ["approved"]);
    else await schedule(trx, parts.queue, row.id, scheduledAt);
    await trx.deleteFrom("draft").where("account", "=", caller.id).where("work_order", "=", loaded.id).execute();
    return row.id;
  });
}

async function schedule(trx: Database, queue: Queue, id: number, at: Date): Promise<void> {
  const job = await queue.schedule(trx, id, at);
  const { version } = await trx
    .updateTable("request")
    .set({ state: "scheduled", job })
    .where("id", "=", id)
    .returning("version")
    .executeTakeFirstOrThrow();
  await notify(trx, { type: "request", request: id, state: "scheduled", version });
}

/** One at a time may look and begin, so that two who submit at once are not both let in. */
async function refuseIfLocked(trx: Database, loaded: LoadedOrder): Promise<void> {
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

function scheduleOf({ scheduledAt }: RequestInput, { order }: LoadedOrder): Date | null {
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
  const values = loaded.variables.flatMap(({ data }) => open[data.name] ?? []).filter((value) => value !== "");
  const text = values.join(" ").replaceAll(/\s+/g, " ");
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}

/** What an approval would bind to: version, values, command, place. Secrets go in by their own hash. */
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
