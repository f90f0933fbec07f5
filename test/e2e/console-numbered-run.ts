import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { paths } from "../../src/web/paths.ts";
import type { Person } from "./console-person.ts";
import { log, logStatus } from "./console-requests.ts";
import type { Site } from "./console-site.ts";

/** Lines that the run prints, half of them before it waits. */
export const LINES = 240;
/** They all, by their numbers. */
export const ALL = new Map(Array.from({ length: LINES }, (_, index) => [index + 1, textOf(index + 1)]));

function textOf(line: number | "$i"): string {
  return `line ${line} of the run`;
}

/**
 * Submits a run that prints numbered lines, waits in its middle for `go`, and ends by itself; opens its page and waits
 * until lines appear there.
 */
export async function openInMidRun(
  { admin, console, order }: Site,
  person: Person,
  name: string,
): Promise<{ readonly id: number; readonly go: () => void }> {
  const gate = join(console.data, `${name}.go`);
  const wait = `[ $i != ${LINES / 2} ] || until [ -e ${gate} ]; do sleep 0.1; done`;
  const print = `while [ $i -lt ${LINES} ]; do i=$((i+1)); echo ${textOf("$i")}; sleep 0.02; ${wait}; done`;
  const { id } = await admin.submit(await order(name, `sh -c 'i=0; ${print}'`));
  await person.open(paths.request(id));
  await log(person).getByText(textOf(20)).waitFor();
  await logStatus(person, "live").waitFor();
  return { id, go: () => writeFileSync(gate, "") };
}

/** Waits until the page shows the last line before the run waits. */
export async function seesMiddle(person: Person): Promise<void> {
  await log(person)
    .getByText(textOf(LINES / 2))
    .waitFor();
}
