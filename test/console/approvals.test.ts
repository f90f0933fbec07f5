import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { ClientMessage, ServerMessage } from "../../src/contract/socket.ts";
import {
  signedInAs,
  auditOf,
  openApprovalPeople,
  vote,
  voteOn,
  type ApprovalPeople,
  type Name,
} from "./approval-people.ts";
import type { ConsoleClient } from "./console-client.ts";

let world: ApprovalPeople;
beforeAll(async () => void (world = await openApprovalPeople()));
afterAll(() => world?.close());

const as = (name: Name): ConsoleClient => world.people[name];
const refused = (status: number, type: string) => ({ problem: { status, type } });
const HOUR = 3_600_000;
const delegation = (delegate: Name, from = -HOUR, until = HOUR) => ({
  delegate,
  from: new Date(Date.now() + from).toISOString(),
  until: new Date(Date.now() + until).toISOString(),
});
const twoLevels = (firstQuorum = 1) => ({
  levels: [
    { name: "first", userGroup: world.groups.first, quorum: firstQuorum },
    { name: "second", userGroup: world.groups.second, quorum: 1 },
  ],
});

describe("a request of an order with an approval flow", () => {
  it("asks one level after the other until each has its quorum, runs then, and is in the audit", async () => {
    const { id, state } = await as("wang").submit(await world.order(twoLevels(2)));
    expect(state).toBe("waiting");
    await expect(vote(as("chen"), id)).rejects.toMatchObject(refused(403, "not-asked"));
    const first = await vote(as("li"), id);
    expect([first.state, first.approval?.level]).toEqual(["waiting", 1]);
    const second = await vote(as("zhao"), id, { reason: "looks good" });
    expect([second.state, second.approval?.level]).toEqual(["waiting", 2]);
    expect(second.approval?.levels[0]?.votes.map(({ by, reason }) => [by, reason])).toEqual([
      ["li", ""],
      ["zhao", "looks good"],
    ]);
    await vote(as("sun"), id);
    const ended = await as("wang").until(id);
    expect([ended.state, ended.approval?.level]).toEqual(["succeeded", null]);
    expect(await auditOf(world.db, id)).toEqual([
      "wang submitted",
      "li vote-approve",
      "zhao vote-approve",
      "sun vote-approve",
      "sun approved",
      "console run-started",
      "console run-ended",
    ]);
  });

  it("counts both of two who vote at the same moment, and is queued once", async () => {
    const { first } = world.groups;
    const id = await world.order({ levels: [{ name: "both", userGroup: first, quorum: 2 }] });
    for (let round = 0; round < 5; round += 1) {
      const seen = await as("wang").submit(id);
      const both = await Promise.all([voteOn(as("li"), seen), voteOn(as("zhao"), seen)]);
      expect(both.every(({ state }) => state !== "rejected")).toBe(true);
      const ended = await as("wang").until(seen.id);
      expect(ended.state).toBe("succeeded");
      expect(ended.approval?.levels[0]?.votes.map(({ by }) => by).toSorted()).toEqual(["li", "zhao"]);
      const actions = (await auditOf(world.db, seen.id)).map((line) => line.split(" ")[1]);
      expect(actions.filter((action) => action === "approved")).toHaveLength(1);
      expect(actions.filter((action) => action === "run-started")).toHaveLength(1);
    }
  });

  it("passes a level for one of two where one suffices, and tells the other that it has changed", async () => {
    const seen = await as("wang").submit(await world.order(twoLevels()));
    const answers = await Promise.allSettled([voteOn(as("li"), seen), voteOn(as("zhao"), seen)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(answers.find(({ status }) => status === "rejected")).toMatchObject({ reason: refused(409, "changed") });
    const { approval } = await as("wang").request(seen.id);
    expect([approval?.level, approval?.levels[0]?.votes.length]).toEqual([2, 1]);
  });

  it("takes one vote a person, also where he sends it twice at once", async () => {
    const seen = await as("wang").submit(
      await world.order({ levels: [{ name: "both", userGroup: world.groups.first, quorum: 2 }] }),
    );
    const answers = await Promise.allSettled([voteOn(as("li"), seen), voteOn(as("li"), seen)]);
    expect(answers.find(({ status }) => status === "rejected")).toMatchObject({
      reason: refused(409, "already-voted"),
    });
    const { approval, state } = await as("wang").request(seen.id);
    expect([state, approval?.levels[0]?.votes.length]).toEqual(["waiting", 1]);
    const { allowed, approval: his } = await as("li").request(seen.id);
    expect([allowed.includes("approve"), his?.mayVote]).toEqual([false, false]);
  });

  it("takes no vote on something else than what there is", async () => {
    const seen = await as("wang").submit(await world.order({}));
    await expect(voteOn(as("li"), { ...seen, hash: "0".repeat(64) })).rejects.toMatchObject(refused(409, "changed"));
    await expect(voteOn(as("li"), { ...seen, version: seen.version - 1 })).rejects.toMatchObject(
      refused(409, "changed"),
    );
    expect((await as("wang").request(seen.id)).approval?.levels[0]?.votes).toEqual([]);
  });

  it("is rejected by one, who has to say why", async () => {
    const { id } = await as("wang").submit(await world.order(twoLevels(2)));
    await expect(vote(as("li"), id, { decision: "reject" })).rejects.toMatchObject({
      problem: { status: 400, fields: [{ field: "reason", rule: "required" }] },
    });
    await vote(as("zhao"), id);
    const rejected = await vote(as("li"), id, { decision: "reject", reason: "not on a Friday" });
    expect([rejected.state, rejected.reason, rejected.run]).toEqual(["rejected", "not on a Friday", null]);
    await expect(vote(as("li"), id)).rejects.toMatchObject(refused(409, "wrong-state"));
    expect((await auditOf(world.db, id)).slice(-2)).toEqual(["li vote-reject", "li rejected"]);
  });

  it("is not approved by who has submitted it, unless the flow lets him", async () => {
    const levels = [{ name: "own", userGroup: world.groups.developers, quorum: 1 }];
    const strict = await as("wang").submit(await world.order({ levels }));
    expect(strict.allowed).not.toContain("approve");
    await expect(voteOn(as("wang"), strict)).rejects.toMatchObject(refused(403, "self-approval"));
    const lenient = await as("wang").submit(await world.order({ levels, selfApproval: true }));
    expect(lenient.allowed).toContain("approve");
    await voteOn(as("wang"), lenient);
    expect((await as("wang").until(lenient.id)).state).toBe("succeeded");
  });

  it("wants different people at each level where the flow says so", async () => {
    const { first } = world.groups;
    const levels = [
      { name: "one", userGroup: first, quorum: 1 },
      { name: "two", userGroup: first, quorum: 1 },
    ];
    const { id } = await as("wang").submit(await world.order({ levels, distinctPeople: true }));
    await vote(as("li"), id);
    await expect(vote(as("li"), id)).rejects.toMatchObject(refused(403, "distinct-people"));
    expect((await vote(as("zhao"), id)).approval?.level).toBeNull();
    const same = await as("wang").submit(await world.order({ levels, distinctPeople: false }));
    await vote(as("li"), same.id);
    expect((await vote(as("li"), same.id)).approval?.level).toBeNull();
  });

  it("gives administrators no vote for being administrators", async () => {
    const { id } = await as("wang").submit(await world.order({}));
    const seen = await world.open.admin.request(id);
    expect(seen.allowed).not.toContain("approve");
    await expect(voteOn(world.open.admin, seen)).rejects.toMatchObject(refused(403, "not-asked"));
  });

  it("can be decided at any level by those whom an object rule lets approve there, and only there", async () => {
    const { admin } = world.open;
    const stage = await admin.define("environment", { name: "stage" });
    const { id: group } = await admin.call("POST /user-groups", { body: { name: "stage approvers" } });
    const accounts = await admin.call("GET /accounts");
    const qian = accounts.items.find(({ name }) => name === "qian");
    await admin.call("PUT /accounts/:id", {
      params: { id: world.ids.qian },
      body: { name: "qian", role: "submitter", groups: [group], version: qian?.version },
    });
    await admin.call("POST /object-rules", {
      body: { userGroup: group, permission: "approve", environment: stage.id },
    });
    const here = await as("wang").submit(await world.order(twoLevels(), { environment: stage.id }));
    const elsewhere = await as("wang").submit(await world.order(twoLevels()));
    await expect(as("qian").request(elsewhere.id)).rejects.toMatchObject(refused(404, "not-found"));
    await vote(as("li"), here.id);
    const passed = await vote(as("qian"), here.id);
    expect(passed.approval?.levels[1]?.votes.map(({ by }) => by)).toEqual(["qian"]);
  });
});

describe("somebody to whom another one has delegated", () => {
  it("decides for him within the time, for himself and up with the vote of the other", async () => {
    const order = await world.order({ levels: [{ name: "both", userGroup: world.groups.first, quorum: 2 }] });
    const { id } = await as("wang").submit(order);
    await expect(as("ma").request(id)).rejects.toMatchObject(refused(404, "not-found"));
    const made = await as("li").call("POST /delegations", { body: delegation("ma") });
    expect(made.inForce).toBe(true);
    const seen = await as("ma").request(id);
    expect([seen.approval?.mayVote, seen.approval?.mayVoteFor.map(({ name }) => name)]).toEqual([false, ["li"]]);
    expect((await as("ma").call("GET /approvals")).items.map((item) => item.id)).toContain(id);
    await expect(vote(as("ma"), id)).rejects.toMatchObject(refused(403, "not-asked"));
    const voted = await vote(as("ma"), id, { onBehalfOf: world.ids.li });
    expect(voted.approval?.levels[0]?.votes).toMatchObject([{ by: "ma", onBehalfOf: "li" }]);
    await expect(vote(as("li"), id)).rejects.toMatchObject(refused(409, "already-voted"));
    await as("li").call("DELETE /delegations/:id", { params: { id: made.id } });
    await expect(as("ma").request(id)).rejects.toMatchObject(refused(404, "not-found"));
    expect((await as("li").call("GET /delegations")).items).toEqual([]);
  });

  it("decides neither before nor after that time, nor hands it on", async () => {
    const { id } = await as("wang").submit(await world.order({}));
    const later = await as("zhao").call("POST /delegations", { body: delegation("ma", HOUR, 2 * HOUR) });
    await expect(as("ma").request(id)).rejects.toMatchObject(refused(404, "not-found"));
    await world.db
      .updateTable("delegation")
      .set({ from_at: new Date(Date.now() - 2 * HOUR), until_at: new Date(Date.now() - HOUR) })
      .where("id", "=", later.id)
      .execute();
    await expect(as("ma").request(id)).rejects.toMatchObject(refused(404, "not-found"));
    const now = await as("zhao").call("POST /delegations", { body: delegation("ma") });
    const onwards = await as("ma").call("POST /delegations", { body: delegation("qian") });
    const seen = await as("ma").request(id);
    await expect(as("qian").request(id)).rejects.toMatchObject(refused(404, "not-found"));
    await expect(voteOn(as("qian"), seen, { onBehalfOf: world.ids.zhao })).rejects.toMatchObject(
      refused(404, "not-found"),
    );
    // Nor may somebody vote in a name that nobody has given him.
    await expect(vote(as("ma"), id, { onBehalfOf: world.ids.li })).rejects.toMatchObject(refused(403, "no-delegation"));
    for (const { id: ended } of [later, now])
      await as("zhao").call("DELETE /delegations/:id", { params: { id: ended } });
    await as("ma").call("DELETE /delegations/:id", { params: { id: onwards.id } });
  });

  it("cannot get round that nobody approves what he has submitted", async () => {
    const levels = [{ name: "all", userGroup: world.groups.developers, quorum: 1 }];
    const own = await as("wang").submit(await world.order({ levels }));
    const mine = await as("wang").call("POST /delegations", { body: delegation("ma") });
    await expect(vote(as("ma"), own.id, { onBehalfOf: world.ids.wang })).rejects.toMatchObject(
      refused(403, "self-approval"),
    );
    const forFirst = await as("wang").submit(await world.order({}));
    const theirs = await as("li").call("POST /delegations", { body: delegation("wang") });
    await expect(vote(as("wang"), forFirst.id, { onBehalfOf: world.ids.li })).rejects.toMatchObject(
      refused(403, "self-approval"),
    );
    await as("wang").call("DELETE /delegations/:id", { params: { id: mine.id } });
    await as("li").call("DELETE /delegations/:id", { params: { id: theirs.id } });
  });

  it("decides no more once the other one is switched off", async () => {
    const { admin } = world.open;
    const account = { name: "liu", role: "submitter", groups: [world.groups.first] };
    const { id: liu, version } = await admin.call("POST /accounts", { body: { ...account, password: "liu-password" } });
    const client = await signedInAs(world.open.console.url, "liu", "liu-password");
    await client.call("POST /delegations", { body: delegation("ma") });
    const seen = await as("wang").submit(await world.order({}));
    expect((await as("ma").request(seen.id)).approval?.mayVoteFor.map(({ name }) => name)).toEqual(["liu"]);
    await admin.call("PUT /accounts/:id", { params: { id: liu }, body: { ...account, version, active: false } });
    await expect(voteOn(as("ma"), seen, { onBehalfOf: liu })).rejects.toMatchObject(refused(404, "not-found"));
  });

  it("is named by an active account that may approve, with an end after the begin", async () => {
    const refusedFor = (field: string, rule: string) => ({ problem: { fields: [{ field, rule }] } });
    const post = (body: unknown) => as("li").call("POST /delegations", { body });
    await expect(post({ ...delegation("ma"), delegate: "nobody" })).rejects.toMatchObject(
      refusedFor("delegate", "unknown"),
    );
    await expect(post(delegation("li"))).rejects.toMatchObject(refusedFor("delegate", "own-account"));
    await expect(post(delegation("ma", HOUR, 0))).rejects.toMatchObject(refusedFor("until", "before-from"));
    await expect(post(delegation("ma", -2 * HOUR, -HOUR))).rejects.toMatchObject(refusedFor("until", "in-the-past"));
    const { items } = await as("li").call("GET /delegations/people", { query: { text: "MA" } });
    expect(items.map(({ name }) => name)).toEqual(["ma"]);
  });
});

describe("the inbox", () => {
  it("shows, oldest first and a page at a time, what waits for one's vote, with what differs from the last success", async () => {
    const { admin } = world.open;
    const variable = await admin.define("variable", {
      name: "fruit",
      label: "Fruit",
      source: { kind: "list", values: ["apple", "pear"] },
      formType: "select",
    });
    const variables = await admin.define("variable_group", { name: "fruits", variables: [variable.id] });
    const { id: group } = await admin.call("POST /user-groups", { body: { name: "inbox" } });
    const ma = (await admin.call("GET /accounts")).items.find(({ name }) => name === "ma");
    await admin.call("PUT /accounts/:id", {
      params: { id: world.ids.ma },
      body: { name: "ma", role: "submitter", groups: [group], version: ma?.version },
    });
    const order = await world.order(
      { levels: [{ name: "inbox", userGroup: group, quorum: 1 }] },
      { mainTask: "echo {fruit}", variableGroup: variables.id },
    );
    const before = await as("wang").submit(order, { fruit: "apple" });
    await vote(as("ma"), before.id);
    await as("wang").until(before.id);
    expect(await as("ma").call("GET /approvals/count")).toEqual({ count: 0 });
    const same = await as("wang").submit(order, { fruit: "apple" }, { note: "once more" });
    const other = await as("wang").submit(order, { fruit: "pear" });
    expect(await as("ma").call("GET /approvals/count")).toEqual({ count: 2 });
    expect((await as("ma").call("GET /now")).waiting.map(({ id }) => id)).toEqual([same.id, other.id]);
    const first = await as("ma").call("GET /approvals", { query: { limit: 1 } });
    const second = await as("ma").call("GET /approvals", { query: { limit: 1, after: first.next ?? "" } });
    expect([first.items, second.items].map(([card]) => card?.id)).toEqual([same.id, other.id]);
    expect(second.next).toBeNull();
    expect(first.items[0]).toMatchObject({ note: "once more", values: [{ values: ["apple"], before: null }] });
    expect(second.items[0]).toMatchObject({
      by: "wang",
      lines: [{ task: "main", argv: ["echo", "pear"] }],
      values: [{ name: "fruit", label: "Fruit", values: ["pear"], before: ["apple"] }],
      last: { request: before.id, by: "wang" },
      level: 1,
      levels: [{ name: "inbox", group: "inbox", quorum: 1 }],
      votes: [],
      hash: other.hash,
      version: other.version,
      mayVote: true,
    });
    expect((await as("li").call("GET /approvals")).items.map(({ id }) => id)).not.toContain(same.id);
  });
});

it("is told to those who watch, vote by vote", async () => {
  const seen = await as("wang").submit(
    await world.order({ levels: [{ name: "both", userGroup: world.groups.first, quorum: 2 }] }),
  );
  const { url } = world.open.console;
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/live`, {
    headers: { origin: url, cookie: as("zhao").cookie },
  });
  const heard: ServerMessage[] = [];
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (!isBinary) heard.push(JSON.parse(data.toString("utf8")) as ServerMessage);
  });
  try {
    await once(socket, "open");
    socket.send(JSON.stringify({ watch: "request", request: seen.id } satisfies ClientMessage));
    const told = () => heard.filter((message) => message.type === "request" && message.request === seen.id).length;
    // How it is when one begins to watch.
    await expect.poll(told, { timeout: 10_000 }).toBe(1);
    await vote(as("li"), seen.id);
    await expect.poll(told, { timeout: 10_000 }).toBe(2);
    await vote(as("zhao"), seen.id);
    await expect.poll(told, { timeout: 10_000 }).toBeGreaterThan(2);
  } finally {
    socket.close();
  }
});

describe("who is not asked", () => {
  it("neither sees a request nor votes on it, nor learns of anybody's delegations", async () => {
    const seen = await as("wang").submit(await world.order({}));
    const made = await as("li").call("POST /delegations", { body: delegation("zhao") });
    const outsider = as("chen");
    const body = { decision: "approve", hash: seen.hash, version: seen.version };
    const calls = [
      () => outsider.request(seen.id),
      () => outsider.call("POST /requests/:id/votes", { params: { id: seen.id }, body }),
      () =>
        outsider.call("PUT /requests/:id", { params: { id: seen.id }, body: { version: seen.version, values: {} } }),
      () => outsider.call("POST /requests/:id/plan", { params: { id: seen.id } }),
      () => outsider.call("DELETE /delegations/:id", { params: { id: made.id } }),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject(refused(404, "not-found"));
    expect((await outsider.call("GET /requests", { query: { limit: 200 } })).items.map(({ id }) => id)).not.toContain(
      seen.id,
    );
    await expect(outsider.call("GET /delegations", { query: { account: world.ids.li } })).rejects.toMatchObject(
      refused(403, "not-allowed"),
    );
    const asked = await world.open.admin.call("GET /delegations", { query: { account: world.ids.li } });
    expect(asked.items.map(({ id }) => id)).toEqual([made.id]);
    // The delegate sees it, and cannot end it.
    await expect(as("zhao").call("DELETE /delegations/:id", { params: { id: made.id } })).rejects.toMatchObject(
      refused(403, "not-allowed"),
    );
    await world.open.admin.call("DELETE /delegations/:id", { params: { id: made.id } });
    expect((await as("wang").request(seen.id)).approval?.levels[0]?.votes).toEqual([]);
  });
});
