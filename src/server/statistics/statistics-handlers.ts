import type { Handlers } from "../api/handlers.ts";
import { historyFilter } from "../history/history-filter.ts";
import { checkZone } from "../history/time-zone.ts";
import { visibilityOf } from "../history/visibility.ts";
import type { Database } from "../store/database.ts";
import { countRequests } from "./counted-requests.ts";
import { statisticsOf } from "./statistics.ts";
import { timeSlots } from "./time-slots.ts";

export function statisticsHandlers(db: Database): Handlers<"GET /statistics"> {
  return {
    "GET /statistics": async ({ query, caller }) => {
      const { bucket, zone, environment, category, order, by } = query;
      checkZone(zone);
      const [slots, filter, visibility] = await Promise.all([
        timeSlots(db, query),
        historyFilter(db, { environment, category, order, by }),
        visibilityOf(db, caller),
      ]);
      const counted = await countRequests(db, { slots, zone, filter, visibility });
      return statisticsOf(db, counted, slots, { zone, bucket });
    },
  };
}
