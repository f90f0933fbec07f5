import type { Freeze, FreezeWindow } from "../../contract/freeze-window.ts";
import { ProblemError } from "../api/problem-error.ts";
import type { Database } from "../store/database.ts";
import { frozenAt } from "./freeze-times.ts";

/** The freeze window that keeps an environment's requests from being begun at a time; undefined: none does. */
export async function frozenBy(db: Database, environment: number, at: Date): Promise<Freeze | undefined> {
  const windows = (await activeWindows(db)).filter(
    (window) => window.environment === null || window.environment === environment,
  );
  const frozen = frozenAt(windows, at);
  if (frozen === undefined) return undefined;
  const { id, name, reason } = frozen.window;
  return { id, name, reason, until: frozen.until.toISOString() };
}

/** Why a request that was to begin is refused. */
export function frozenReason({ name, reason, until }: Freeze): string {
  return `frozen until ${until} at least (${name}): ${reason}`;
}

export function frozenProblem(freeze: Freeze): ProblemError {
  return new ProblemError(
    409,
    "frozen",
    `Nothing is begun there until ${freeze.until} at least (${freeze.name}): ${freeze.reason}. Submit it for a later time, or ask somebody who may break the glass.`,
    { freeze },
  );
}

type ActiveWindow = FreezeWindow & { readonly id: number };

/** All that are active, whether they are in force or not. */
export async function activeWindows(db: Database): Promise<ActiveWindow[]> {
  const rows = await db
    .selectFrom("definition")
    .select(["id", "data"])
    .where("kind", "=", "freeze_window")
    .where("deleted_at", "is", null)
    .execute();
  return rows.map(({ id, data }) => ({ ...(data as unknown as FreezeWindow), id })).filter(({ active }) => active);
}
