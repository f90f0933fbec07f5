import { beforeAll, describe, expect, test } from "vitest";
import { addRun } from "../logs/run.fixture.ts";
import { openTestDatabase, type TestDatabase } from "../store/test-database.fixture.ts";
import { notify } from "./feed-message.ts";
import { accountOf, openPage, refusal, startLive } from "./live.fixture.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});

describe("who may connect", () => {
  test("a page of another site is refused before the upgrade, and so is whoever names none", async () => {
    const { port } = await startLive(database);
    expect(await refusal(port, { origin: "http://evil.example" })).toBe(403);
    expect(await refusal(port, { origin: `http://127.0.0.1:${port + 1}` })).toBe(403);
    expect(await refusal(port, {})).toBe(403);
    await openPage(port, { origin: `http://127.0.0.1:${port}` });
  });

  test("without a session, or with a one-time password, there is no upgrade", async () => {
    const { port } = await startLive(database, { authenticate: async () => undefined });
    expect(await refusal(port, { origin: `http://127.0.0.1:${port}` })).toBe(401);
    const { port: other } = await startLive(database, {
      authenticate: async () => ({ ...accountOf(1), mustChangePassword: true }),
    });
    expect(await refusal(other, { origin: `http://127.0.0.1:${other}` })).toBe(403);
  });

  test("a request that wants no upgrade gets a problem", async () => {
    const { port } = await startLive(database);
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/live`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ type: "not-a-websocket" });
  });
});

describe("what may be watched", () => {
  test("a request that the account may not see is refused, and nothing of it is sent", async () => {
    const { request, run } = await addRun(database.db);
    const { port } = await startLive(database, { maySee: async (_, id) => id !== request });
    const page = await openPage(port);
    page.send({ watch: "request", request });
    await expect.poll(() => page.messages).toEqual([{ type: "refused", request }]);
    await notify(database.db, { type: "run", request, run, state: "succeeded" });
    const other = await addRun(database.db);
    page.send({ watch: "request", request: other.request });
    await expect.poll(() => page.messages.length).toBe(3);
    expect(page.messages.slice(1)).toMatchObject([{ request: other.request }, { request: other.request }]);
  });

  test("when the session ends the socket is closed with 4401", async () => {
    let session: ReturnType<typeof accountOf> | undefined = accountOf(1);
    const { port } = await startLive(database, { heartbeat: 50, authenticate: async () => session });
    const page = await openPage(port);
    await expect.poll(() => page.messages.length).toBeGreaterThan(2);
    expect(page.messages[0]).toEqual({ type: "alive" });
    session = undefined;
    expect(await page.closed).toEqual([4401, "the session has ended"]);
  });

  test("who may no longer see a request is sent nothing more of it", async () => {
    const { request, run } = await addRun(database.db);
    let allowed = true;
    const { port } = await startLive(database, { heartbeat: 50, maySee: async () => allowed });
    const page = await openPage(port);
    page.send({ watch: "request", request });
    await expect.poll(() => page.messages.filter(({ type }) => type === "run").length).toBe(1);
    allowed = false;
    await expect
      .poll(() => page.messages.at(-1)?.type === "refused" || page.messages.at(-2)?.type === "refused")
      .toBe(true);
    await notify(database.db, { type: "run", request, run, state: "succeeded" });
    const beats = page.messages.length;
    await expect.poll(() => page.messages.length).toBeGreaterThan(beats + 2);
    expect(page.messages.filter(({ type }) => type === "run").length).toBe(1);
  });

  test("one page may watch 50 requests at a time", async () => {
    const { port } = await startLive(database);
    const page = await openPage(port);
    const { request } = await addRun(database.db);
    for (let id = 1; id <= 50; id++) page.send({ watch: "request", request: request + id });
    page.send({ watch: "request", request });
    await expect.poll(() => page.messages).toEqual([{ type: "refused", request }]);
    page.send({ unwatch: "request", request: request + 50 });
    page.send({ watch: "request", request });
    await expect.poll(() => page.messages.at(-1)).toMatchObject({ type: "run", request });
  });

  test.each([
    ["no JSON", "{"],
    ["an unknown message", '{"watch":"everything"}'],
    ["a request that is none", '{"watch":"request","request":"1"}'],
    ["more than a message may have", JSON.stringify({ watch: "x".repeat(20_000) })],
  ])("a page that sends %s is closed", async (_, text) => {
    const { port } = await startLive(database);
    const page = await openPage(port);
    page.socket.send(text);
    expect([1008, 1009]).toContain((await page.closed)[0]);
  });
});

describe("lists", () => {
  test("those who watch lists hear of changed requests, each only of those that it may see", async () => {
    const asked: string[] = [];
    const { port } = await startLive(database, {
      authenticate: async ({ headers }) => accountOf(Number(headers["x-account"])),
      maySee: async (account, request) => {
        asked.push(`${account.id} of ${request}`);
        return account.id === 1 || request > 100;
      },
    });
    const pages = await Promise.all(["1", "2", "2"].map((id) => openPage(port, { "x-account": id })));
    for (const page of pages) page.send({ watch: "requests" });
    const change = (request: number) => ({ type: "request", request, state: "running", version: 2 }) as const;
    // A watch has no answer; sent again, the second time finds everybody there.
    await expect
      .poll(async () => {
        await notify(database.db, change(101));
        return pages.every(({ messages }) => messages.length > 0);
      })
      .toBe(true);
    await notify(database.db, change(7));
    await notify(database.db, change(102));
    await expect.poll(() => pages.map(({ messages }) => messages.at(-1))).toEqual(Array(3).fill(change(102)));
    expect(
      pages.map(({ messages }) => messages.some((message) => "request" in message && message.request === 7)),
    ).toEqual([true, false, false]);
    expect(asked.filter((each) => each.endsWith("of 102"))).toEqual(["1 of 102", "2 of 102"]);
  });
});

test("a peer that answers nothing is ended", async () => {
  const { port } = await startLive(database, { heartbeat: 50 });
  const page = await openPage(port);
  page.socket.pause();
  const gone = new Promise((resolve) => page.socket.on("close", resolve));
  await new Promise((resolve) => setTimeout(resolve, 400));
  page.socket.resume();
  await gone;
  expect((await page.closed)[0]).toBe(1006);
});

test("when the server ends, pages are told", async () => {
  const server = await startLive(database);
  const page = await openPage(server.port);
  await server.close();
  expect((await page.closed)[0]).toBe(1005);
});
