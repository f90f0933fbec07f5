import type { RequestInput } from "../../contract/requests.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { notAllowed } from "../api/problem-error.ts";
import { actorOf, audit } from "../audit/audit.ts";
import type { LoadedOrder } from "../orders/loaded-order.ts";
import type { Database } from "../store/database.ts";
import { frozenBy, frozenProblem, frozenReason } from "./freeze.ts";

/**
 * Why a request may run in spite of freeze windows; null: it may not, or nothing is frozen. Throws where the order's
 * environment is frozen at the time when it would run and nobody breaks the glass. What is still to be approved and has
 * no time yet is let in: it is looked at again when it is to begin.
 */
export async function glassFor(
  db: Database,
  caller: SignedIn,
  loaded: LoadedOrder,
  { scheduledAt, breakGlass }: Pick<RequestInput, "scheduledAt" | "breakGlass">,
): Promise<string | null> {
  const freeze = await frozenBy(db, loaded.environment.id, scheduledAt === null ? new Date() : new Date(scheduledAt));
  if (freeze === undefined) return null;
  if (breakGlass !== "") {
    if (!caller.permissions.includes("break-glass")) throw notAllowed(["break-glass"]);
    return breakGlass;
  }
  const beginsNow = loaded.approvalFlow === null || runsPreTaskFirst(loaded);
  if (scheduledAt === null && !beginsNow) return null;
  throw frozenProblem(freeze);
}

function runsPreTaskFirst({ order }: LoadedOrder): boolean {
  return order.preTaskBeforeApproval && order.preTask.trim() !== "";
}

/** Whoever has broken the glass is flagged in the audit. */
export async function auditGlass(
  trx: Database,
  caller: SignedIn,
  request: { readonly id: number; readonly order_name: string; readonly break_glass: string | null },
): Promise<void> {
  if (request.break_glass === null) return;
  await audit(trx, {
    actor: actorOf(caller),
    action: "glass-broken",
    object: { kind: "request", id: request.id, name: request.order_name },
    data: { reason: request.break_glass },
  });
}

/** Why a request that is to begin now is frozen; undefined: it is not. */
export async function frozenOut(
  trx: Database,
  request: { readonly environment: number; readonly break_glass: string | null },
): Promise<string | undefined> {
  if (request.break_glass !== null) return undefined;
  const freeze = await frozenBy(trx, request.environment, new Date());
  return freeze === undefined ? undefined : frozenReason(freeze);
}
