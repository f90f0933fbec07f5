import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProcesses } from "../console/run-processes.ts";
import { launchBrowser } from "../web/visitor.ts";
import { Person, ZONE } from "./console-person.ts";
import { findOrder, log, preview, sees, submit } from "./console-requests.ts";
import { openSite, PASSWORD, type Site } from "./console-site.ts";

const MINUTE = 60_000;

let browser: Browser;
let site: Site;
let wang: Person;
let li: Person;
/** A request that was scheduled by the first test, and its time; the last test sees what has become of it. */
let scheduled: { readonly id: number; readonly at: Date };

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), openSite()]);
  await Promise.all(["wang", "li"].map((name) => site.hire(name)));
  await site.order("sleeper", "sh -c 'sleep 1001 & setsid sleep 1002 & echo started; wait'");
  await site.order("locked", `sh -c 'echo begun; until [ -e ${gate()} ]; do sleep 0.1; done'`);
  await site.order("nightly", "date", { schedulable: true });
  [wang, li] = await Promise.all(
    [1, 2].map(() => Person.arrive(browser, site.console.url)) as [Promise<Person>, Promise<Person>],
  );
  await Promise.all([wang.signIn("wang", PASSWORD), li.signIn("li", PASSWORD)]);
});
afterAll(async () => {
  expect([...(wang?.complaints ?? []), ...(li?.complaints ?? [])]).toEqual([]);
  await site?.console.stop();
  await browser?.close();
});

/** The file that the order `locked` waits for. */
function gate(): string {
  return join(site.console.data, "locked.go");
}

/** A moment as an input of type `datetime-local` has it, in the zone of the people here. */
function wallClock(moment: Date): string {
  return moment.toLocaleString("sv-SE", { timeZone: ZONE, dateStyle: "short", timeStyle: "short" }).replace(" ", "T");
}

/** Fills in the form of `nightly` for a time, and submits it. */
async function schedule(person: Person, moment: Date): Promise<number> {
  const { when } = person.text.order;
  await findOrder(person, "nig", "nightly");
  await person.tick(when.at);
  await person.page.getByText(when.zone(ZONE), { exact: true }).waitFor();
  await person.fill(when.time, wallClock(moment));
  const id = await submit(person);
  await sees(person, "scheduled");
  const said = moment.toLocaleString("en", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  await person.page
    .getByRole("list", { name: person.text.request.timeline.label })
    .getByText(new RegExp(`\\b${said}:00 GMT\\+8`))
    .waitFor();
  const request = await site.admin.request(id);
  expect(new Date(request.scheduledAt ?? 0)).toEqual(moment);
  return id;
}

it("a time is chosen in the viewer's zone, which is named, and the request waits for it", async () => {
  // The next full minute that is not over before the form is filled in.
  const at = new Date(Math.ceil((Date.now() + 20_000) / MINUTE) * MINUTE);
  scheduled = { id: await schedule(wang, at), at };
  await wang.visit("now");
  await wang.page.getByRole("link", { name: `#${scheduled.id} nightly` }).waitFor();
});

it("a scheduled request is taken back from its page, and never runs", async () => {
  const tomorrow = new Date((Math.floor(Date.now() / MINUTE) + 24 * 60) * MINUTE);
  const id = await schedule(li, tomorrow);
  const { revoke } = li.text.request.actions;
  await li.press(revoke.label);
  const dialog = li.page.getByRole("dialog", { name: revoke.title });
  await li.press(revoke.button(id), dialog);
  await sees(li, "revoked");
  expect(await site.admin.request(id)).toMatchObject({ state: "revoked", run: null });
});

it("Stop asks first, then ends every process of the run, and the page says stopped", async () => {
  await findOrder(wang, "sle", "sleeper");
  const id = await submit(wang);
  await log(wang).getByText("started", { exact: true }).waitFor();
  const sleeping = (): string[] =>
    runProcesses(site.console.data)
      .map(({ command }) => command.trim())
      .filter((command) => command.startsWith("sleep 100"));
  expect(sleeping().toSorted()).toEqual(["sleep 1001", "sleep 1002"]);
  const { stop, reason } = wang.text.request.actions;
  await wang.press(stop.label);
  const dialog = wang.page.getByRole("dialog", { name: stop.title });
  await dialog.getByText(stop.command("local")).waitFor();
  expect(sleeping()).toHaveLength(2);
  await wang.fill(reason, "it was the wrong one", dialog);
  await wang.press(stop.button(id), dialog);
  await sees(wang, "stopped");
  await wang.page.getByRole("alert").getByText("it was the wrong one").waitFor();
  expect(runProcesses(site.console.data)).toEqual([]);
  expect((await site.admin.request(id)).state).toBe("stopped");
});

describe("of two submitters of a locked order", () => {
  it("the second sees who holds it before he submits, then his place in the queue, and runs afterwards", async () => {
    await findOrder(wang, "loc", "locked");
    const first = await submit(wang);
    await sees(wang, "running");

    const { preview: words } = li.text.order;
    await findOrder(li, "loc", "locked");
    await preview(li)
      .getByText(new RegExp(`${words.lockHeld} #${first} \\(wang, .*${words.lockWaiting(0)}`))
      .waitFor();
    const second = await submit(li);
    await sees(li, "queued");
    const timeline = li.page.getByRole("list", { name: li.text.request.timeline.label });
    await timeline.getByText(li.text.request.inQueue(1)).waitFor();
    await timeline.getByRole("link", { name: `#${first}`, exact: true }).waitFor();
    expect((await site.admin.request(second)).run).toBeNull();

    writeFileSync(gate(), "");
    await sees(wang, "succeeded");
    await sees(li, "succeeded");
    const [one, two] = await Promise.all([first, second].map((id) => site.admin.request(id)));
    expect(Date.parse(two?.startedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(one?.endedAt ?? ""));
  });
});

it("the request that was scheduled runs at its time, not before", { timeout: 150_000 }, async () => {
  await wang.visit("now");
  await wang.open(`/requests/${scheduled.id}`);
  await sees(wang, "succeeded", 100);
  const { startedAt, state } = await site.admin.request(scheduled.id);
  expect(state).toBe("succeeded");
  const late = Date.parse(startedAt ?? "") - scheduled.at.getTime();
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(10_000);
});
