import type { FreezeWindow } from "../../contract/freeze-window.ts";
import type { Handlers } from "../api/handlers.ts";
import { languageOf } from "../api/language.ts";
import { checked } from "../definitions/definition-handlers.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import { freezeTimes, frozenAt } from "./freeze-times.ts";
import { activeWindows } from "./freeze.ts";

/** Times that Verify shows. */
const SHOWN = 5;

export function freezeHandlers(store: DefinitionStore): Handlers<"GET /freezes" | "POST /freeze-windows/verify"> {
  return {
    "GET /freezes": async () => {
      const now = new Date();
      const windows = await activeWindows(store.db);
      return {
        items: windows.flatMap((window) => {
          const frozen = frozenAt([window], now);
          if (frozen === undefined) return [];
          const { id, name, reason, environment } = window;
          return [{ id, name, reason, environment, until: frozen.until.toISOString() }];
        }),
      };
    },

    "POST /freeze-windows/verify": async ({ body, request }) => {
      const data = (await checked("freeze_window", body.data, store, languageOf(request))) as unknown as FreezeWindow;
      const times = freezeTimes(data.when, new Date(), SHOWN);
      return { times: times.map(({ from, until }) => ({ from: from.toISOString(), until: until.toISOString() })) };
    },
  };
}
