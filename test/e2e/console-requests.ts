import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { RequestState } from "../../src/contract/states.ts";
import { paths } from "../../src/web/paths.ts";
import { escaped, type Person } from "./console-person.ts";

const PATIENTLY = { timeout: 10_000 };

/** Finds an order by a few letters and opens its form with Enter. */
export async function findOrder(person: Person, letters: string, name: string): Promise<void> {
  const { orders } = person.text;
  await person.visit("orders");
  await person.page.getByLabel(orders.filter).fill(letters);
  await person.page.getByRole("link", { name, exact: true }).waitFor();
  await person.page.getByLabel(orders.filter).press("Enter");
  await person.heading(new RegExp(`^${escaped(name)}`)).waitFor();
}

/** What the form says would run: commands, plan, lock. */
export function preview(person: Person): Locator {
  return person.page.getByRole("region", { name: person.text.order.preview.title });
}

/** The table of hosts of the plan, with what runs there now. */
export function planHosts(person: Person): Locator {
  return preview(person).getByRole("group", { name: person.text.order.preview.plan });
}

/** Presses Submit, or what the button is called instead, and is led to the request; returns its number. */
export async function submit(person: Person, button = person.text.order.submit): Promise<number> {
  await person.press(button);
  await person.page.waitForURL(/\/requests\/\d+/);
  await stateOf(person).waitFor();
  return Number(/\/requests\/(\d+)/.exec(person.page.url())?.[1]);
}

/** The heading of a request's page, which holds its state. */
function stateOf(person: Person): Locator {
  return person.heading(/^#\d+/);
}

/** Waits until the page, which nobody reloads, says that the request is in this state. */
export async function sees(person: Person, state: RequestState, seconds = 60): Promise<void> {
  await stateOf(person)
    .getByText(person.text.states[state], { exact: true })
    .waitFor({ timeout: seconds * 1000 });
}

/** The board of hosts by steps. */
export function board(person: Person): Locator {
  return person.page.getByRole("region", { name: person.text.board.title });
}

/** What explains a failure. */
export function whyBundle(person: Person): Locator {
  return person.page.getByRole("region", { name: person.text.board.why.title });
}

export function log(person: Person): Locator {
  return person.page.getByRole("log", { name: person.text.logs.title });
}

/** What the log says of itself: live, not live, complete. */
export function logStatus(person: Person, status: keyof Person["text"]["logs"]["status"]): Locator {
  return person.page
    .getByRole("region", { name: person.text.logs.title })
    .getByText(person.text.logs.status[status], { exact: true });
}

/** The lines of the log that are drawn, with their numbers as the page shows them. */
async function drawnLines(person: Person): Promise<readonly { readonly number: number; readonly text: string }[]> {
  const rows = await log(person).locator("[data-line]").allInnerTexts();
  return rows.map((row) => {
    const [number = "", ...text] = row.trimEnd().split("\n");
    return { number: Number(number), text: text.join("\n") };
  });
}

/** Reads a log of so many lines as a person does, page by page from its beginning; the lines by their numbers. */
export async function readLog(person: Person, lines: number): Promise<ReadonlyMap<number, string>> {
  const seen = new Map<number, string>();
  const scroller = log(person);
  await scroller.focus();
  await scroller.press("g");
  /** The last line that is drawn, once all of them are read; 0 before. */
  const look = async (): Promise<number> => {
    const drawn = await drawnLines(person);
    if (drawn.some(({ text }) => text === "")) return 0;
    for (const { number, text } of drawn) seen.set(number, text);
    return drawn.at(-1)?.number ?? 0;
  };
  await expect.poll(async () => (await drawnLines(person))[0]?.number, PATIENTLY).toBe(1);
  let last = 0;
  for (;;) {
    const before = last;
    await expect.poll(async () => (last = await look()), PATIENTLY).toBeGreaterThan(before);
    if (last >= lines) break;
    await scroller.press("PageDown");
  }
  return seen;
}

/** Whether all of an element is within what is seen of the log. */
export async function isInView(person: Person, element: Locator): Promise<boolean> {
  const [inner, outer] = await Promise.all([element.boundingBox(), log(person).boundingBox()]);
  if (inner === null || outer === null) return false;
  return inner.y >= outer.y - 1 && inner.y + inner.height <= outer.y + outer.height + 1;
}

/** Opens a request from the history, found by its order and number. */
export async function findInHistory(person: Person, request: number): Promise<void> {
  await person.visit("history");
  await person.follow(`#${request}`);
  await person.page.waitForURL(new RegExp(`${paths.request(request)}$`));
}
