import type { CommandLine, PlanPreview } from "../../contract/requests.ts";
import type { Places } from "../places/places.ts";
import type { Language } from "../words/task-words.ts";

/** Seconds for looking at the hosts of a release before it is submitted, or approved. */
const DEADLINE = 20;

/** What the Gantry lines among these would do, and what runs there now. */
export async function plansOf(
  places: Places,
  configCentre: number,
  lines: readonly CommandLine[],
  language: Language,
): Promise<PlanPreview[]> {
  const gantryLines = lines.filter(({ gantry }) => gantry);
  if (gantryLines.length === 0) return [];
  const { gantry } = await places.at(configCentre);
  return Promise.all(gantryLines.map(({ argv }) => gantry.plan(argv, { deadline: DEADLINE, language })));
}
