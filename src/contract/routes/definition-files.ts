import { z } from "zod";
import { ImportReport } from "../definition-files.ts";
import type { Route, RouteName } from "../route.ts";

/** Definitions as files, for Git and for moving them from one console to another. */
export const DEFINITION_FILE_ROUTES = {
  "GET /definition-file": {
    summary: "All definitions as one YAML file; secrets are left out",
    tag: "configuration",
    access: ["configure", "administer"],
    answer: "bytes",
  },
  "POST /definition-file": {
    summary: "Import definitions, or only tell what would change",
    tag: "configuration",
    access: ["configure", "administer"],
    body: z.strictObject({
      /** YAML or JSON in the form of the export, or what skstack's `manage.py dumpdata` has written. */
      text: z.string().min(1).max(1_900_000),
      dryRun: z.boolean(),
    }),
    answer: ImportReport,
  },
} as const satisfies Record<RouteName, Route>;
