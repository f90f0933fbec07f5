import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../src/web/paths.ts";
import { startConsole, type ConsoleProcess } from "../console/console-process.ts";
import { launchBrowser } from "../web/visitor.ts";
import { Person } from "./console-person.ts";
import { isInView, log, logStatus, readLog, sees } from "./console-requests.ts";
import { openSite, PASSWORD, type Site } from "./console-site.ts";

const LINES = 240;
const MILLION = 1_000_000;
/** What the design asks for is a second; a busy machine may take three. */
const SOON = 3000;
const ALL = new Map(Array.from({ length: LINES }, (_, index) => [index + 1, `line ${index + 1} of the run`]));

let browser: Browser;
let site: Site;
let console: ConsoleProcess;
let person: Person;
/** A request whose run prints a million lines; it ends while others are looked at. */
let million: number;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), openSite()]);
  console = site.console;
  million = (await site.admin.submit(await site.order("million", `seq -f "line %.0f" ${MILLION}`))).id;
  person = await Person.arrive(browser, console.url);
  await person.signIn("admin", PASSWORD);
});
afterAll(async () => {
  await person?.[Symbol.asyncDispose]();
  await console?.stop();
  await browser?.close();
});

/** Submits a run that prints numbered lines, waits for `go` in its middle, and ends; opens its page in mid-run. */
async function openInMidRun(name: string): Promise<{ readonly id: number; readonly go: () => void }> {
  const gate = join(console.data, `${name}.go`);
  const print = "echo line $i of the run; sleep 0.02";
  const order = await site.order(
    name,
    `sh -c 'i=0; while [ $i -lt ${LINES} ]; do i=$((i+1)); ${print}; [ $i != ${LINES / 2} ] || until [ -e ${gate} ]; do sleep 0.1; done; done'`,
  );
  const { id } = await site.admin.submit(order);
  await person.open(paths.request(id));
  await log(person).getByText("line 20 of the run").waitFor();
  await logStatus(person, "live").waitFor();
  return { id, go: () => writeFileSync(gate, "") };
}

describe("the log of a run goes on by itself, every line there once,", () => {
  it("when the network was away for a while, which the page has said", async () => {
    const { id, go } = await openInMidRun("offline");
    await person.window.setOffline(true);
    await logStatus(person, "stale").waitFor({ timeout: 60_000 });
    await expect.poll(async () => (await site.admin.request(id)).run?.logLines, { timeout: 30_000 }).toBe(LINES / 2);
    expect(await logStatus(person, "stale").count()).toBe(1);
    await person.window.setOffline(false);
    await logStatus(person, "live").waitFor();
    await log(person)
      .getByText(`line ${LINES / 2} of the run`)
      .waitFor();
    go();
    await sees(person, "succeeded");
    await logStatus(person, "ended").waitFor();
    expect(await readLog(person, LINES)).toEqual(ALL);
  });

  it("when the console was killed in mid-run and started again", async () => {
    const { go } = await openInMidRun("killed");
    await console.kill();
    await logStatus(person, "stale").waitFor();
    go();
    const port = Number(new URL(console.url).port);
    console = await startConsole({ data: console.data, port });
    await sees(person, "succeeded");
    await logStatus(person, "ended").waitFor();
    expect(await readLog(person, LINES)).toEqual(ALL);
    expect(person.complaints).toEqual([]);
  });
});

describe("a log of 1,000,000 lines", () => {
  beforeAll(async () => {
    const { state, run } = await site.admin.until(million, undefined, 120);
    expect([state, run?.logLines]).toEqual(["succeeded", MILLION]);
  });

  /** Milliseconds until a line is drawn where one sees it. */
  async function until(line: number, began: number): Promise<number> {
    const drawn = log(person).getByText(`line ${line}`, { exact: true });
    await drawn.waitFor();
    await expect.poll(() => isInView(person, drawn), { interval: 10, timeout: 10_000 }).toBe(true);
    return performance.now() - began;
  }

  it("opens at its end, soon", async () => {
    await person.visit("history");
    const began = performance.now();
    await person.follow(`#${million}`);
    expect(await until(MILLION, began)).toBeLessThan(SOON);
    await logStatus(person, "ended").waitFor();
  });

  it("is searched, soon", async () => {
    const { logs } = person.text;
    await person.press(logs.search);
    const input = person.page.getByRole("textbox", { name: logs.search });
    await input.fill("line 900000");
    const began = performance.now();
    await input.press("Enter");
    expect(await until(900_000, began)).toBeLessThan(SOON);
    await person.page
      .getByRole("status")
      .getByText(logs.matches("1", "1", false))
      .waitFor();
    await log(person).locator("mark").getByText("line 900000", { exact: true }).waitFor();
  });

  it("is scrolled to its beginning and back to its end", async () => {
    await log(person).press("Home");
    await until(1, performance.now());
    await log(person).press("PageDown");
    await until(30, performance.now());
    await log(person).press("End");
    await until(MILLION, performance.now());
  });

  it("takes little of the browser's memory", async () => {
    const session = await person.window.newCDPSession(person.page);
    await session.send("Performance.enable");
    await session.send("HeapProfiler.collectGarbage");
    const { metrics } = await session.send("Performance.getMetrics");
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    expect(of("JSHeapUsedSize")).toBeLessThan(100 * 2 ** 20);
    expect(of("Nodes")).toBeLessThan(10_000);
    expect(person.complaints).toEqual([]);
  });
});
