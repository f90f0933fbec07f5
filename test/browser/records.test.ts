import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../src/web/paths.ts";
import type { Person } from "../e2e/console-person.ts";
import { LOOKS, openSeats, picture, type Seats } from "./seats.ts";

let seats: Seats;
/** Ids of requests, in the order in which they were submitted. */
const good: number[] = [];
const bad: number[] = [];

beforeAll(async () => {
  seats = await openSeats();
  const { people, open } = seats.world;
  const { id: variable } = await open.admin.define("variable", {
    name: "fruit",
    label: "Fruit",
    source: { kind: "list", values: ["apple", "pear"] },
    formType: "select",
  });
  const { id: variableGroup } = await open.admin.define("variable_group", { name: "fruits", variables: [variable] });
  const deploy = await seats.world.order(
    {},
    { name: "deploy", approvalFlow: null, variableGroup, mainTask: "echo {fruit}" },
  );
  const broken = await seats.world.order({}, { name: "broken", approvalFlow: null, mainTask: "false" });
  for (const fruit of ["apple", "pear", "apple"]) {
    const { id } = await people.wang.submit(deploy, { fruit });
    good.push(id);
    await people.wang.until(id);
  }
  for (let turn = 0; turn < 2; turn += 1) {
    const { id } = await people.wang.submit(broken);
    bad.push(id);
    await people.wang.until(id);
  }
});
afterAll(() => seats?.close());

/** The requests that the history lists, newest first. */
function listed({ page }: Person): Promise<string[]> {
  return page
    .getByRole("table")
    .getByRole("link", { name: /^#\d+$/ })
    .allInnerTexts();
}
async function lists(person: Person, requests: readonly number[]): Promise<void> {
  const wanted = requests.toReversed().map((id) => `#${id}`);
  await expect.poll(() => listed(person), { timeout: 30_000 }).toEqual(wanted);
}
/** What a link lets one save. */
async function saved({ page }: Person, link: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: link, exact: true }).click(),
  ]);
  return readFile(await download.path(), "utf8");
}

describe.each(LOOKS)("in $language at $width px", (look) => {
  it("the history is filtered by a value, and what is left becomes a CSV file", async () => {
    await using admin = await seats.sit("admin", look);
    const { history, general, states } = admin.text;
    await admin.open(paths.history());
    await lists(admin, [...good, ...bad]);
    const filters = admin.page.getByRole("search", { name: history.filters.label });
    if (look.width < 800) await admin.press(general.filters.toggle(0), filters);
    await filters.getByLabel(history.filters.variable, { exact: true }).selectOption("fruit");
    await admin.fill(history.filters.value("Fruit (fruit)"), "appl", filters);
    await lists(
      admin,
      good.filter((_, index) => index !== 1),
    );
    await picture(admin, "history");
    const rows = parse(await saved(admin, history.csv), { bom: true });
    expect(rows).toHaveLength(3);
    expect(rows.slice(1).map(([id]) => Number(id))).toEqual([good[2], good[0]]);
    expect(rows[1]).toContain(states.succeeded);
    expect(admin.complaints).toEqual([]);
  });

  it("the dashboard's numbers lead to the requests behind them", async () => {
    await using admin = await seats.sit("admin", look);
    const { dashboard } = admin.text;
    await admin.open(paths.dashboard());
    const tile = admin.page
      .getByRole("listitem")
      .filter({ has: admin.page.getByRole("link", { name: dashboard.tiles.failureRate }) });
    await tile.getByText("40%", { exact: true }).waitFor();
    await tile.getByText(dashboard.tiles.ofThem("2", "5")).waitFor();
    for (const chart of [dashboard.charts.outcomes, dashboard.charts.failureRate, dashboard.charts.durations])
      await admin.page
        .getByRole("figure", { name: chart, exact: true })
        .locator("svg.recharts-surface")
        .first()
        .waitFor();
    await picture(admin, "dashboard");
    await admin.follow(dashboard.tiles.failureRate);
    await admin.heading(admin.text.history.title).waitFor();
    await lists(admin, bad);
    await admin.page.goBack();
    const orders = admin.page.getByRole("region", { name: dashboard.shares.order });
    await orders.getByRole("link", { name: "deploy prod" }).click();
    await admin.heading(admin.text.history.title).waitFor();
    await lists(admin, good);
    expect(admin.complaints).toEqual([]);
  });

  it("definitions are exported, and imported after a look at what would change", async () => {
    await using admin = await seats.sit("admin", look);
    const { definitionFiles: text } = admin.text;
    await admin.open(paths.definitionFile());
    const file = await saved(admin, text.export);
    expect(file).toContain("mainTask: echo {fruit}");
    const mark = `echo {fruit} in ${look.language}`;
    const changed = file.replace(/mainTask: echo \{fruit\}.*/, `mainTask: ${mark}`);
    await admin.fill(text.text, changed);
    await admin.press(text.dryRun);
    await admin.page.getByText(mark).last().waitFor();
    await picture(admin, "import-dry-run");
    const now = async (): Promise<string> =>
      JSON.stringify(await seats.world.open.admin.call("GET /definitions/:kind", { params: { kind: "work_order" } }));
    expect(await now()).not.toContain(mark);
    await admin.press(text.apply(1));
    await admin.hears(text.applied(1));
    expect(await now()).toContain(mark);
    await admin.press(text.dryRun);
    await admin.page.getByText(text.nothing).waitFor();
    expect(admin.complaints).toEqual([]);
  });
});
