import { sql } from "kysely";
import type { RequestListItem } from "../../contract/requests.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { waitingFor } from "../approvals/inbox.ts";
import { visibilityOf } from "../history/visibility.ts";
import type { Database } from "../store/database.ts";
import { listRequests, selectListed } from "./request-list.ts";

/** How many of each kind the page "Now" shows, and for how many hours a failure stays there. */
const SHOWN = 50;
const FAILED_HOURS = 24;

const GOING_ON = ["running", "queued", "scheduled"] as const;

type RequestsNow = Record<"waiting" | "failed" | (typeof GOING_ON)[number], RequestListItem[]>;

/** What waits for the caller, what goes on or is planned, and what has failed lately; newest first but for the first. */
export async function requestsNow(db: Database, caller: SignedIn): Promise<RequestsNow> {
  const since = new Date(Date.now() - FAILED_HOURS * 3_600_000).toISOString();
  const [waiting, goingOn, failed] = await Promise.all([
    waitingFor(db, caller, SHOWN),
    listGoingOn(db, caller),
    listRequests(db, caller, { state: "failed,lost,stopped", from: since, limit: SHOWN }),
  ]);
  const inState = (state: string) => goingOn.filter((item) => item.state === state);
  return {
    waiting,
    running: inState("running"),
    queued: inState("queued"),
    scheduled: inState("scheduled"),
    failed: failed.items,
  };
}

async function listGoingOn(db: Database, caller: SignedIn): Promise<RequestListItem[]> {
  const visibility = await visibilityOf(db, caller);
  const seen = visibility?.condition("going_on") ?? sql`true`;
  const ids = sql`select id from (
      select id, row_number() over (partition by state order by id desc) as place from request going_on
      where state in (${sql.join(GOING_ON.map((state) => sql.lit(state)))}) and ${seen}) placed
    where place <= ${SHOWN}`;
  return selectListed(db, sql`r.id = any(array(${ids}))`, GOING_ON.length * SHOWN);
}
