import type { Statistics } from "../../contract/statistics.ts";
import type { Handlers } from "../api/handlers.ts";
import { historyFilter } from "../history/history-filter.ts";
import { checkZone } from "../history/time-zone.ts";
import { visibilityOf } from "../history/visibility.ts";
import type { Database } from "../store/database.ts";
import { countRequests } from "./counted-requests.ts";
import { latelyAnswered } from "./lately-answered.ts";
import { statisticsOf } from "./statistics.ts";
import { timeSlots } from "./time-slots.ts";

export function statisticsHandlers(db: Database): Handlers<"GET /statistics"> {
  const lately = latelyAnswered<Statistics>();
  return {
    "GET /statistics": async ({ query, caller }) => {
      checkZone(query.zone);
      const visibility = await visibilityOf(db, caller);
      const make = async (pause: () => Promise<void>): Promise<Statistics> => {
        const { bucket, zone, environment, category, order, by } = query;
        const [slots, filter] = await Promise.all([
          timeSlots(db, query),
          historyFilter(db, { environment, category, order, by }),
        ]);
        const counted = await countRequests(db, { slots, zone, filter, visibility, pause });
        return statisticsOf(db, counted, slots, { zone, bucket });
      };
      return lately(JSON.stringify([query, visibility?.key ?? null]), make);
    },
  };
}
