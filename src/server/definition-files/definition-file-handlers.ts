import { ADMINISTRATION_KINDS } from "../../contract/states.ts";
import type { Handlers } from "../api/handlers.ts";
import { languageOf } from "../api/language.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { exportDefinitions } from "./export-definitions.ts";
import { importDefinitions } from "./import-definitions.ts";
import { readDefinitionFile } from "./read-file.ts";

export function definitionFileHandlers(
  store: DefinitionStore,
  box: SecretBox,
): Handlers<"GET /definition-file" | "POST /definition-file"> {
  const { db } = store;
  return {
    "GET /definition-file": async ({ caller, reply }) => {
      const rows = await db
        .selectFrom("definition")
        .selectAll()
        .where("deleted_at", "is", null)
        .orderBy("name")
        .orderBy("id")
        .execute();
      const groups = await db.selectFrom("user_group").selectAll().orderBy("name").execute();
      const needed = (kind: (typeof rows)[number]["kind"]) =>
        ADMINISTRATION_KINDS.includes(kind) ? "administer" : "configure";
      const visible = rows.filter(({ kind }) => caller.permissions.includes(needed(kind)));
      return reply
        .type("application/yaml; charset=utf-8")
        .header("content-disposition", 'attachment; filename="gantry-definitions.yaml"')
        .send(exportDefinitions(visible, groups));
    },

    "POST /definition-file": async ({ body, caller, request }) => {
      const { entries, problems } = readDefinitionFile(body.text);
      if (problems.length > 0) return { applied: false, items: [], problems: [...problems] };
      return importDefinitions({ store, box, caller, language: languageOf(request) }, entries, body.dryRun);
    },
  };
}
