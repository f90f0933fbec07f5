import { z } from "zod";
import { Freeze } from "../freeze-window.ts";
import type { Route, RouteName } from "../route.ts";

/** Times in which nothing is begun. */
export const FREEZE_ROUTES = {
  "GET /freezes": {
    summary: "Environments that are frozen now",
    tag: "orders",
    access: "account",
    answer: z.object({ items: z.array(Freeze.extend({ environment: z.number().nullable() })) }),
  },
  "POST /freeze-windows/verify": {
    summary: "The next times of a freeze window, before it is saved",
    tag: "configuration",
    access: "configure",
    body: z.strictObject({ data: z.record(z.string(), z.unknown()) }),
    answer: z.object({ times: z.array(z.object({ from: z.string(), until: z.string() })) }),
  },
} as const satisfies Record<RouteName, Route>;
