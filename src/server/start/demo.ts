import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  Category,
  ConfigCentre,
  Environment,
  Variable,
  VariableGroup,
  WorkOrder,
  type DefinitionData,
  type DefinitionKind,
} from "../../contract/definitions.ts";
import { hashPassword } from "../accounts/password-hash.ts";
import { CONSOLE_ACTOR } from "../audit/audit.ts";
import type { DefinitionStore } from "../definitions/definition-store.ts";

/** Everybody of the example signs in with this. */
const PASSWORD = "demo-demo-demo";
const PEOPLE = [
  ["wang", "Wang Fang"],
  ["li", "Li Wei"],
] as const;

/**
 * Fills in the guide's example, against the hosts of `npm run demo`: environments, the variables `group1` and
 * `DockerDeployMode`, their group, the work order `project_group1`, and people. What is there already stays.
 */
export async function fillDemo(
  store: DefinitionStore,
  installation: string,
): Promise<{ readonly people: readonly string[]; readonly password: string }> {
  const { db } = store;
  const there = await db
    .selectFrom("definition")
    .select("id")
    .where("kind", "=", "work_order")
    .limit(1)
    .executeTakeFirst();
  const example = { people: PEOPLE.map(([name]) => name), password: PASSWORD };
  if (there !== undefined) return example;
  const home = join(installation, ".gantry/demo");
  const define = async <K extends DefinitionKind>(kind: K, data: DefinitionData[K]): Promise<number> =>
    (await store.create(kind, { ...data }, { ...CONSOLE_ACTOR, name: "demo" })).id;

  const developers = await group(store, "developers", "They submit releases");
  await group(store, "leads", "They approve them");
  for (const [name, displayName] of PEOPLE) await person(store, name, displayName, [developers]);

  const demo = await define(
    "environment",
    Environment.parse({ name: "demo", description: "The hosts of npm run demo", order: 1, colour: "teal" }),
  );
  await define("environment", Environment.parse({ name: "stage", order: 2, colour: "blue" }));
  await define("environment", Environment.parse({ name: "prod", order: 3, colour: "red", protected: true }));
  const category = await define(
    "category",
    Category.parse({ name: "DeployDocker", description: "Releases of Docker services" }),
  );
  const centre = await define(
    "config_centre",
    ConfigCentre.parse({
      name: "demo",
      description: "This machine, with the configuration of npm run demo",
      connection: "local",
      ...(existsSync(home) ? { gantryHome: home, inventory: join(home, "hosts") } : {}),
    }),
  );
  const project = await define(
    "variable",
    Variable.parse({
      name: "group1",
      label: "Project",
      description: "All projects whose names hold demo",
      environment: demo,
      category,
      source: { kind: "script", command: "var_json_keys -e {sk__env} -k demo" },
      formType: "select",
    }),
  );
  const mode = await define(
    "variable",
    Variable.parse({
      name: "DockerDeployMode",
      label: "ExecMode",
      environment: demo,
      category,
      source: {
        kind: "list",
        values: ["update", "restart", "restart_soft", "inquiry", "rollback", "stop_soft", "update_hard"],
      },
      formType: "radio",
      default: ["update"],
    }),
  );
  const tag = await define(
    "variable",
    Variable.parse({
      name: "DockerImageTag",
      label: "Image tag",
      description: "For the update modes",
      environment: demo,
      category,
      source: { kind: "tags", project: "{group1}" },
      formType: "select",
    }),
  );
  const variables = await define(
    "variable_group",
    VariableGroup.parse({ name: "project_group1", environment: demo, category, variables: [project, mode] }),
  );
  const withTag = await define(
    "variable_group",
    VariableGroup.parse({ name: "project_tag", environment: demo, category, variables: [project, tag] }),
  );
  await define(
    "work_order",
    WorkOrder.parse({
      name: "project_group1",
      description:
        "Deploy group 1\n\nChoose a **project** and what to do with it. `inquiry` only looks; `rollback` goes back to the version before.",
      environment: demo,
      category,
      submitters: [developers],
      configCentre: centre,
      variableGroup: variables,
      mainTask: "main_docker_deploy -e {sk__env} -m {DockerDeployMode} -p {group1} -tnc {sk__task_name_created}",
      schedulable: true,
      background: true,
    }),
  );
  await define(
    "work_order",
    WorkOrder.parse({
      name: "release_tag",
      description: "Release a tag of a project",
      environment: demo,
      category,
      submitters: [developers],
      configCentre: centre,
      variableGroup: withTag,
      mainTask:
        "main_docker_deploy -e {sk__env} -m update -p {group1} -t {DockerImageTag} -tnc {sk__task_name_created}",
      schedulable: true,
    }),
  );
  return example;
}

async function group(store: DefinitionStore, name: string, description: string): Promise<number> {
  const { id } = await store.db
    .insertInto("user_group")
    .values({ name, description })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

async function person(
  store: DefinitionStore,
  name: string,
  displayName: string,
  groups: readonly number[],
): Promise<void> {
  const { id } = await store.db
    .insertInto("account")
    .values({ name, display_name: displayName, role: "submitter", password_hash: await hashPassword(PASSWORD) })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const user_group of groups)
    await store.db.insertInto("user_group_member").values({ account: id, user_group }).execute();
}
