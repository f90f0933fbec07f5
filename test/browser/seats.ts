import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { openApprovalPeople, type ApprovalPeople, type Name } from "../console/approval-people.ts";
import { Person, type Look } from "../e2e/console-person.ts";
import { closeConsole } from "../e2e/console-site.ts";
import { launchBrowser } from "../web/visitor.ts";

/** How the scenes are looked at: on a large screen by day, and in Chinese on a phone by night. */
export const LOOKS = [
  { language: "en", width: 1440, height: 900, scheme: "light" },
  { language: "zh", width: 360, height: 740, scheme: "dark" },
] as const satisfies readonly Look[];

export const PHONE = { width: 360, height: 740 } as const satisfies Look;

/** A console, the people who work with it, and a browser in which each has a window. */
export interface Seats {
  readonly world: ApprovalPeople;
  /** Opens a window for somebody who is signed in. */
  sit(name: Name | "admin", look: Look): Promise<Person>;
  close(): Promise<void>;
}

export async function openSeats(): Promise<Seats> {
  const [browser, world] = await Promise.all([launchBrowser(), openApprovalPeople()]);
  const { console, admin } = world.open;
  return {
    world,
    sit: (name, look) => {
      const { cookie } = name === "admin" ? admin : world.people[name];
      return Person.arrive(browser, console.url, { ...look, cookie });
    },
    close: () => closeSeats(browser, world),
  };
}

async function closeSeats(browser: Browser, world: ApprovalPeople): Promise<void> {
  await browser.close();
  await world.close();
  await closeConsole(world.open.console);
}

/** Keeps a picture of what somebody sees, where GANTRY_PICTURES names a folder for them. */
export async function picture({ page, language }: Person, name: string): Promise<void> {
  const folder = process.env["GANTRY_PICTURES"];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}-${language}.png`), animations: "disabled" });
}
