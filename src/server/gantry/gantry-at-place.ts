import { z } from "zod";
import { FleetSurvey } from "../../contract/fleet.ts";
import { PlanPreview } from "../../contract/requests.ts";
import { ok } from "../../domain/result.ts";
import { filterNames } from "./filter-names.ts";
import type { AskOptions, FleetAnswer, GantryAt, NamesAnswer } from "./gantry-at.ts";
import { askGantry, type GantryCommand } from "./gantry-command.ts";
import { GANTRY_WORDS } from "./gantry-words.ts";
import { groupNames } from "./group-names.ts";
import { inTime, type Asking } from "./in-time.ts";
import { planArguments, unplanned } from "./plan-arguments.ts";

const Names = z.array(z.string());
const Tags = z.array(z.object({ name: z.string() }));
const Versions = z.array(z.object({ version: z.string() }));
const Inventory = z.record(z.string(), z.unknown());

/** Asks the Gantry that is installed at a place, by its commands. */
export function createGantryAtPlace(command: GantryCommand): GantryAt {
  const { place } = command;
  const names = (options: AskOptions, ask: (asking: Asking) => Promise<NamesAnswer>): Promise<NamesAnswer> =>
    inTime(place.name, options, ask);
  return {
    projects: ({ environment, keyword, exclude }, options = {}) =>
      names(options, async (asking) => {
        const args = ["projects", `--environment=${environment}`, "--json", ...spoken(asking)];
        const all = await askGantry(command, args, Names, asking);
        return all.ok ? filterNames(all.value, { keyword, exclude }, asking.words) : all;
      }),
    tags: ({ environment, project, limit }, options = {}) =>
      names(options, async (asking) => {
        const args = ["tags", `--environment=${environment}`, `--pagesize=${limit}`, "--json", ...spoken(asking)];
        const tags = await askGantry(command, [...args, "--", project], Tags, asking);
        return tags.ok ? ok(tags.value.map(({ name }) => name)) : tags;
      }),
    versions: ({ environment, project }, options = {}) =>
      names(options, async (asking) => {
        const args = ["versions", `--environment=${environment}`, "--json", ...spoken(asking)];
        const kept = await askGantry(command, [...args, "--", project], Versions, asking);
        return kept.ok ? ok(kept.value.map(({ version }) => version)) : kept;
      }),
    groups: ({ keyword }, options = {}) =>
      names(options, async (asking) => {
        const read = await askGantry(command, ["inventory", "--list", ...spoken(asking)], Inventory, asking);
        return read.ok ? filterNames(groupNames(read.value), { keyword }, asking.words) : read;
      }),
    fleet: (asked, options = {}) => fleetAtPlace(command, asked.environment, options),
    plan: (argv, options = {}) => planAtPlace(command, argv, options),
  };
}

/** Seconds for all hosts of an environment; the command gives up before that by itself. */
const FLEET_DEADLINE = 120;

/** What `gantry fleet` at a place says of an environment. */
export function fleetAtPlace(command: GantryCommand, environment: string, options: AskOptions): Promise<FleetAnswer> {
  return inTime(command.place.name, { deadline: FLEET_DEADLINE, ...options }, (asking) =>
    askGantry(command, ["fleet", `--environment=${environment}`, "--json", ...spoken(asking)], FleetSurvey, asking),
  );
}

/** What `gantry plan` at a place says of a command line. */
export async function planAtPlace(
  command: GantryCommand,
  argv: readonly string[],
  options: AskOptions,
): Promise<PlanPreview> {
  const { language = "en" } = options;
  const args = planArguments(argv, language);
  if (args === undefined) return unplanned(argv, GANTRY_WORDS[language].notPlanned);
  const planned = await inTime(command.place.name, options, (asking) => askGantry(command, args, PlanPreview, asking));
  return planned.ok ? planned.value : unplanned(argv, planned.failure.detail);
}

function spoken({ language }: Asking): readonly string[] {
  return ["--lang", language];
}
