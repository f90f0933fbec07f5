import { sql } from "kysely";
import { audit, CONSOLE_ACTOR, type Actor } from "../audit/audit.ts";
import type { DefinitionRow } from "../definitions/definition-store.ts";
import type { Queue } from "../jobs/queue.ts";
import { beginWaiting } from "../requests/begin-request.ts";
import type { RequestRow } from "../requests/request-store.ts";
import type { Database } from "../store/database.ts";
import { APPROVED_KINDS, outdatedParts, outdatedText } from "./outdated.ts";

/** Marks the votes of a request as void: they are kept, and count no more. */
export async function voidVotes(trx: Database, request: RequestRow, actor: Actor, because: string): Promise<void> {
  const votes = await trx
    .updateTable("vote")
    .set({ void: true })
    .where("request", "=", request.id)
    .where("void", "=", false)
    .returning("id")
    .execute();
  if (votes.length === 0) return;
  await audit(trx, {
    actor,
    action: "votes-voided",
    object: { kind: "request", id: request.id, name: request.order_name },
    data: { votes: votes.length, because },
  });
}

/**
 * Within the transaction that changes or deletes a definition: requests that were to be approved, or have been, and
 * are made from it, are asked for anew; they wait until their submitter has taken over the newer version.
 */
export async function voidApprovals(
  trx: Database,
  queue: Queue,
  changed: Pick<DefinitionRow, "id" | "kind">,
): Promise<void> {
  if (!APPROVED_KINDS.includes(changed.kind)) return;
  const requests = await trx
    .selectFrom("request")
    .selectAll()
    .where("state", "in", ["waiting", "approved", "scheduled"])
    .where("approval_flow", "is not", null)
    .where(sql<boolean>`jsonb_exists(made_from, ${String(changed.id)})`)
    .orderBy("id")
    .forUpdate()
    .execute();
  for (const request of requests) {
    const because = outdatedText(await outdatedParts(trx, request.id));
    await voidVotes(trx, request, CONSOLE_ACTOR, because);
    await beginWaiting({ trx, queue }, request, [request.state]);
  }
}
