import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../src/contract/problem.ts";
import type { Routes } from "../../src/contract/routes.ts";
import { RULE_PERMISSIONS } from "../../src/contract/states.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, type OpenConsole } from "./open-console.ts";
import { callerNamed, makeCallers, wanted, type Caller } from "./permission-callers.ts";
import { KIND_POLICY, POLICY, SOCKET_POLICY } from "./permission-policy.ts";
import { REACH, REACHING, reached, type Reaching } from "./permission-reach.ts";
import { changesHeard, watchAnswer } from "./permission-socket.ts";

let open: OpenConsole;
let callers: ReadonlyMap<string, Caller>;
let placed: Reaching;
/** What was found, for the documentation: by row, the callers that were let in. */
const found = new Map<string, readonly string[]>();

beforeAll(async () => {
  open = await openConsole();
  placed = await prepare();
}, 240_000);
afterAll(async () => {
  await open?.console.stop();
  if (process.env["MATRIX"] === "1") process.stdout.write(asMarkdown());
});

/** Two environments; groups have an object rule for `prod` only, and approvers are asked there only. */
async function prepare(): Promise<Reaching> {
  const { admin, environment, configCentre } = open;
  const group = async (name: string): Promise<number> => (await admin.call("POST /user-groups", { body: { name } })).id;
  const approvers = await group("approvers");
  const ruled = { see: 0, submit: 0, approve: 0, configure: 0 };
  for (const permission of RULE_PERMISSIONS) {
    ruled[permission] = await group(`may ${permission}`);
    await admin.call("POST /object-rules", { body: { userGroup: ruled[permission], permission, environment } });
  }
  const elsewhere = (await admin.define("environment", { name: "elsewhere" })).id;
  const flowOf = async (name: string, userGroup: number): Promise<number> =>
    (await admin.define("approval_flow", { name, levels: [{ name: "only", userGroup, quorum: 1 }] })).id;
  const orderIn = async (place: number, name: string, approvalFlow: number): Promise<number> =>
    (await admin.define("work_order", { name, environment: place, configCentre, mainTask: "echo hi", approvalFlow }))
      .id;
  const here = await orderIn(environment, "here", await flowOf("here", approvers));
  const there = await orderIn(elsewhere, "there", await flowOf("there", await group("others")));
  callers = await makeCallers(open, { ruled, approvers });
  const submit = async (order: number) => (await admin.submit(order)).id;
  return {
    here: { environment, order: here, request: await submit(here) },
    there: { environment: elsewhere, order: there, request: await submit(there) },
  };
}

/**
 * Whether somebody gets past the door: a body that is no JSON is refused after that, so that nothing is done. An id
 * that nothing has, and a search that is not whole, do the same for what is only read.
 */
async function atTheDoor(name: keyof Routes, { client, headers }: Caller): Promise<string> {
  const [method = "GET", path = ""] = name.split(" ");
  const filled = path.replaceAll(/:\w+/g, "999999");
  const json = method === "GET" ? {} : { "content-type": "application/json" };
  const response = await fetch(`${client.url}/api/v1${filled}`, {
    method,
    headers: { cookie: client.cookie, "x-csrf-token": client.csrfToken, ...json, ...headers },
    ...(method === "GET" ? {} : { body: "{" }),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (response.ok || (response.status !== 401 && response.status !== 403)) {
    expect(response.status, text).toBeLessThan(500);
    return "yes";
  }
  return `${response.status} ${(JSON.parse(text) as Problem).type}`;
}

describe("every route lets in whom the policy names, and nobody else:", () => {
  it.each(Object.keys(POLICY) as (keyof Routes)[])("%s", async (name) => {
    const answers: Record<string, string> = {};
    const policy: Record<string, string> = {};
    for (const [who, caller] of callers) {
      answers[who] = await atTheDoor(name, caller);
      policy[who] = wanted(POLICY[name], caller);
    }
    found.set(
      name,
      Object.keys(answers).filter((who) => answers[who] === "yes"),
    );
    expect(answers).toEqual(policy);
  });

  it("and what was tried has changed nothing", async () => {
    const { items } = await open.admin.call("GET /accounts");
    expect(items.filter(({ active }) => !active).map(({ name }) => name)).toEqual(["inactive"]);
    const requests = await open.admin.call("GET /requests");
    expect(requests.items.map(({ state }) => state)).toEqual(["waiting", "waiting"]);
  });
});

it.each(Object.keys(KIND_POLICY) as (keyof typeof KIND_POLICY)[])(
  "definitions of the kind %s are seen by whom the policy names",
  async (kind) => {
    const seenBy: string[] = [];
    for (const [who, { client, headers }] of callers)
      if ((await client.fetch("GET /definitions/:kind", { params: { kind } }, headers)).ok) seenBy.push(who);
    found.set(`GET /definitions/${kind}`, seenBy);
    const named = Array.from(callers).filter(([, { has }]) => KIND_POLICY[kind].some((each) => has.includes(each)));
    expect(seenBy).toEqual(named.map(([who]) => who));
  },
);

describe("what is in one environment is reached by whom the policy names, and what is elsewhere is not:", () => {
  it.each(Object.keys(REACH) as (keyof typeof REACH)[])("%s", async (name) => {
    for (const place of ["here", "there"] as const) {
      const reachedBy: string[] = [];
      for (const [who, caller] of callers)
        if (await reached(REACHING[name], caller, placed[place])) reachedBy.push(who);
      found.set(`${name} (${place})`, reachedBy);
      expect(reachedBy.toSorted(), place).toEqual([...REACH[name][place]].toSorted());
    }
  });
});

describe("the WebSocket", () => {
  it("is opened by whoever is signed in and has done what signing in asks for", async () => {
    const refusals: Record<string, number> = {};
    for (const [who, caller] of callers) {
      const answer = await watchAnswer(caller, placed.here.request);
      if (typeof answer === "number") refusals[who] = answer;
    }
    expect(refusals).toEqual({
      nobody: 401,
      inactive: 401,
      "one-time password": 403,
      "no authenticator yet": 403,
    });
  });

  it.each(Object.keys(SOCKET_POLICY))("%s: nobody hears of requests that he may not see", async (message) => {
    for (const place of ["here", "there"] as const) {
      const { request } = placed[place];
      const hearing: string[] = [];
      if (message === "watch requests") hearing.push(...(await changesHeard(callers, open.admin, request)));
      else
        for (const [who, caller] of callers)
          if ((await watchAnswer(caller, request, message === "unwatch request")) === "request") hearing.push(who);
      found.set(`WebSocket ${message} (${place})`, hearing);
      expect(hearing.toSorted(), place).toEqual([...REACH["see the request"][place]].toSorted());
    }
  });
});

it("the session of somebody who was made inactive is worth nothing, nor is his password", async () => {
  const { client } = callerNamed(callers, "inactive");
  expect((await client.fetch("GET /session")).status).toBe(401);
  const body = { name: "inactive", password: "correct-horse-battery" };
  expect((await new ConsoleClient(client.url).fetch("POST /session", { body })).status).toBe(401);
});

function asMarkdown(): string {
  const names = [...callers.keys()];
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  const rows = Array.from(found, ([name, who]) =>
    row([`\`${name}\``, ...names.map((each) => (who.includes(each) ? "✓" : ""))]),
  );
  return `${row(["", ...names])}${row(["---", ...names.map(() => ":-:")])}${rows.join("")}`;
}
