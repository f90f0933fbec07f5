import { sql } from "kysely";
import type { ConfigCentre } from "../../contract/definitions.ts";
import { CONSOLE_ACTOR } from "../audit/audit.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";

/** The config centre that every console has at first: the machine that it runs on. */
export async function makeLocalConfigCentre(store: DefinitionStore): Promise<void> {
  const any = await store.db
    .selectFrom("definition")
    .select(sql`1`.as("one"))
    .where("kind", "=", "config_centre")
    .limit(1)
    .executeTakeFirst();
  if (any !== undefined) return;
  const local: ConfigCentre = {
    name: "local",
    description: "",
    connection: "local",
    address: "",
    port: 22,
    user: "",
    privateKey: "",
    password: "",
    hostKey: "",
    gantryHome: "",
    inventory: "",
  };
  await store.create("config_centre", { ...local }, { ...CONSOLE_ACTOR, name: "gantry" });
}
