import { imageOf } from "../../domain/image-reference.ts";
import { fail, ok } from "../../domain/result.ts";
import { keptVersions } from "../../engine/kept-versions.ts";
import { LOOK_CONNECT_DEADLINE } from "../../gantry/fleet.ts";
import { filterNames } from "./filter-names.ts";
import type { AskOptions, GantryAt, NamesAnswer } from "./gantry-at.ts";
import { fleetAtPlace, planAtPlace } from "./gantry-at-place.ts";
import { groupsOf } from "./group-names.ts";
import { inTime, type Asking } from "./in-time.ts";
import type { LocalGantryParts } from "./local-parts.ts";
import { configured, failed, hostsOf, homeOf, readInventory, Refused, refusedBy } from "./local-files.ts";

/**
 * Answers for this machine within this process, since forms wait for it; a plan is made by a process, which reads the
 * command line exactly as the one that runs it later, and so is the look at a whole fleet, which is a lot of work.
 */
export function createLocalGantry(parts: LocalGantryParts): GantryAt {
  const { adapters, place } = parts;
  const answer = (options: AskOptions, ask: (asking: Asking) => Promise<NamesAnswer>): Promise<NamesAnswer> =>
    inTime(place.name, options, async (asking) => {
      try {
        return await ask(asking);
      } catch (error) {
        if (error instanceof Refused) return fail({ reason: "refused", detail: error.message });
        throw error;
      }
    });
  return {
    projects: ({ environment, keyword, exclude }, options = {}) =>
      answer(options, async ({ language, words }) => {
        const names = await adapters.readProjectNames(await homeOf(parts), environment);
        if (!names.ok) throw await refusedBy(names.failure, language);
        return filterNames(names.value, { keyword, exclude }, words);
      }),
    tags: ({ environment, project: name, limit }, options = {}) =>
      answer(options, async ({ language }) => {
        const project = await configured(parts, environment, name, language);
        const registry = await adapters.openImageRegistry();
        const listed = await registry.listTags(imageOf(project, {}), { pageSize: limit });
        if (!listed.ok) throw await failed([listed.failure], language);
        return ok(listed.value.map((tag) => tag.name));
      }),
    versions: ({ environment, project: name }, options = {}) =>
      answer(options, async ({ language, signal }) => {
        const project = await configured(parts, environment, name, language);
        const hosts = await hostsOf(parts, project.hosts, language);
        const fleet = await adapters.openFleet(LOOK_CONNECT_DEADLINE);
        const close = (): void => void fleet.close();
        // Its end ends whatever hangs on a host.
        signal.addEventListener("abort", close, { once: true });
        try {
          const kept = await keptVersions(project.name, hosts, fleet, signal);
          if (kept.versions.length === 0 && kept.failed.size > 0)
            throw await failed([...kept.failed.values()], language);
          return ok(kept.versions.map(({ version }) => version));
        } finally {
          signal.removeEventListener("abort", close);
          await fleet.close();
        }
      }),
    groups: ({ keyword }, options = {}) =>
      answer(options, async ({ language, words }) =>
        filterNames(groupsOf(await readInventory(parts, language)), { keyword }, words),
      ),
    fleet: (asked, options = {}) => fleetAtPlace(parts, asked.environment, options),
    plan: (argv, options = {}) => planAtPlace(parts, argv, options),
  };
}
