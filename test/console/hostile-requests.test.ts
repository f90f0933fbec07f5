import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";
import { person, refused, type Person } from "./people.ts";

/** What answers carry, and what requests that no page sends come to. */
let open: OpenConsole;
let wang: Person;
let order: number;
let run: number;
beforeAll(async () => {
  open = await openConsole();
  wang = await person(open, "wang", "maintainer");
  const { admin, environment, configCentre } = open;
  // Names that every object has: what looks values up must not find those.
  const named = async (name: string): Promise<number> =>
    (
      await admin.define("variable", {
        name,
        label: name,
        formType: "text",
        source: { kind: "input" },
        required: false,
      })
    ).id;
  const variables = [await named("constructor"), await named("toString"), await named("note")];
  const variableGroup = (await admin.define("variable_group", { name: "odd", variables })).id;
  const common = { environment, configCentre, variableGroup };
  order = (await admin.define("work_order", { name: "odd", ...common, mainTask: "echo [{constructor}] [{note}]" })).id;
  run = (await admin.until((await admin.submit(order, { note: "x" })).id)).run?.id ?? 0;
});
afterAll(async () => void (await open?.console.stop()));

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${open.console.url}${path}`, { headers: { cookie: open.admin.cookie, ...headers } });
const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${open.console.url}${path}`, {
    method: "POST",
    headers: {
      cookie: open.admin.cookie,
      "x-csrf-token": open.admin.csrfToken,
      "content-type": "application/json",
      ...headers,
    },
    body,
  });
/** Status and text; a bug, or what a bug would show, is none of the answers that are allowed. */
async function refusalOf(answer: Promise<Response>): Promise<number> {
  const response = await answer;
  const text = await response.text();
  expect(text).not.toMatch(/\bat \S+ \(|node_modules|select .* from|syntax error|\.c?[jt]s:\d+/i);
  expect(response.status, text.slice(0, 300)).toBeGreaterThanOrEqual(400);
  expect(response.status, text.slice(0, 300)).toBeLessThan(500);
  return response.status;
}

describe("every answer forbids browsers to make something else of it:", () => {
  const paths = (): [string, boolean][] => [
    ["/", false],
    ["/requests/1", false],
    ["/sign-in", false],
    ["/api/docs", false],
    ["/api/docs/json", false],
    ["/healthz", false],
    ["/api/v1/session", true],
    ["/api/v1/session/methods", true],
    ["/api/v1/nothing-here", false],
    ["/api/v1/requests/999999", true],
    [`/api/v1/runs/${run}/log`, true],
    [`/api/v1/runs/${run}/log?download=true`, true],
    ["/api/v1/requests/csv", true],
    ["/api/v1/definition-file", true],
    ["/api/v1/audit/export", true],
    ["/auth/oidc/4711", true],
  ];
  it("pages, API, refusals, documents, logs, CSV and other downloads", async () => {
    for (const [path, isPrivate] of paths()) {
      const answer = await fetch(`${open.console.url}${path}`, {
        headers: { cookie: open.admin.cookie },
        redirect: "manual",
      });
      await answer.arrayBuffer();
      const { headers } = answer;
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|\*/);
      expect(headers.get("x-frame-options"), path).toMatch(/SAMEORIGIN|DENY/);
      expect(headers.get("referrer-policy"), path).toBe("same-origin");
      expect(headers.get("cross-origin-opener-policy"), path).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy"), path).toBe("same-origin");
      expect(headers.get("x-powered-by"), path).toBeNull();
      expect(headers.get("server"), path).toBeNull();
      if (isPrivate) expect(headers.get("cache-control"), path).toBe("no-store");
    }
  });

  it("downloads are named by the console, never by what somebody has typed", async () => {
    for (const path of [
      `/api/v1/runs/${run}/log?download=true`,
      "/api/v1/requests/csv",
      "/api/v1/definition-file",
      "/api/v1/audit/export",
    ]) {
      const { headers } = await get(path);
      expect(headers.get("content-disposition"), path).toMatch(/^attachment; filename="[\w.-]+"$/);
      expect(headers.get("content-type"), path).not.toMatch(/html|javascript|svg/);
    }
    const log = await get(`/api/v1/runs/${run}/log`);
    expect(log.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  });

  it("scripts and styles of other servers are not loaded by any page", async () => {
    const page = await (await get("/")).text();
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>[^<]/);
  });
});

describe("requests that are too much", () => {
  it("have a body above 2 MiB, or one that is not what it says", async () => {
    const large = JSON.stringify({ data: { name: "x".repeat(2 * 2 ** 20) } });
    expect(await refusalOf(post("/api/v1/definitions/category", large))).toBe(413);
    expect(await refusalOf(post("/api/v1/session", large, { cookie: "" }))).toBe(413);
    expect(await refusalOf(post("/api/v1/definitions/category", "{"))).toBe(400);
    expect(await refusalOf(post("/api/v1/definitions/category", ""))).toBe(400);
    expect(await refusalOf(post("/api/v1/definitions/category", "<x/>", { "content-type": "text/xml" }))).toBe(415);
  });

  it("are a hundred thousand levels deep", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    expect(await refusalOf(post("/api/v1/definitions/category", `{"data":{"name":${deep}}}`))).toBe(400);
    const nested = '{"a":'.repeat(50_000) + "1" + "}".repeat(50_000);
    expect(await refusalOf(post("/api/v1/definitions/category", `{"data":${nested}}`))).toBe(400);
    expect(await refusalOf(post(`/api/v1/orders/${order}/preview`, `{"values":{"note":${deep}}}`))).toBe(400);
  });

  it("have thousands of parameters, the same one many times, or headers without end", async () => {
    const many = Array.from({ length: 1500 }, (_, index) => `a${index}=1`).join("&");
    expect((await get(`/api/v1/requests?${many}`)).status).toBe(200);
    expect(await refusalOf(get(`/api/v1/requests?${"limit=1&".repeat(500)}`))).toBe(400);
    expect(await refusalOf(get(`/api/v1/requests?limit=201`))).toBe(400);
    expect(await refusalOf(get(`/api/v1/requests?${"value=a:b&".repeat(11)}`))).toBe(400);
    expect(await refusalOf(get(`/api/v1/requests?text=${"x".repeat(40_000)}`))).toBe(431);
    expect(await refusalOf(get("/api/v1/requests", { "x-long": "x".repeat(40_000) }))).toBe(431);
    expect((await get("/api/v1/requests", { "accept-language": "zh;".repeat(4000) })).status).toBe(200);
  });

  it("say two lengths, or smuggle a second request", async () => {
    const { hostname, port } = new URL(open.console.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          "POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: x\r\n\r\n",
        ),
      );
      let text = "";
      socket.setTimeout(10_000, () => socket.destroy());
      socket.on("data", (piece) => (text += piece.toString("latin1")));
      socket.on("close", () => resolve(text));
      socket.on("error", reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toContain('"ok"');
  });
});

describe("ranges of a log", () => {
  it.each(["bytes=99999999999999999999999-", "bytes=5-2", "bytes=-0", `bytes=${"9".repeat(400)}-${"9".repeat(400)}`])(
    "that there cannot be are refused: %s",
    async (range) => {
      expect(await refusalOf(get(`/api/v1/runs/${run}/log`, { range }))).toBe(416);
    },
  );
  it.each([
    ["bytes=0-0", 206],
    ["bytes=-99999999999999999999", 206],
    ["bytes=0-99999999999999999999", 206],
    // Many at once are answered whole, and once.
    [`bytes=${"0-1,".repeat(2000)}0-1`, 200],
    ["lines=1-2", 200],
    ["bytes=a-b", 200],
  ] as const)("are answered by no more than there is: %s", async (range, status) => {
    const whole = (await (await get(`/api/v1/runs/${run}/log`)).arrayBuffer()).byteLength;
    const answer = await get(`/api/v1/runs/${run}/log`, { range });
    expect(answer.status).toBe(status);
    expect((await answer.arrayBuffer()).byteLength).toBeLessThanOrEqual(whole);
  });
  it.each(["from=-1", "limit=0", "limit=99999999999", "from=1e400", "from=0x10&limit=x"])(
    "by the query alike: %s",
    async (query) => expect(await refusalOf(get(`/api/v1/runs/${run}/log?${query}`))).toBe(400),
  );
});

describe("names that every object has", () => {
  it("are values like others, and nothing where they are not given", async () => {
    const { admin } = open;
    const ended = await admin.until((await admin.submit(order, { constructor: "mine" })).id);
    expect(await admin.log(ended)).toContain("[mine] []");
    const without = await admin.until((await admin.submit(order, {})).id);
    expect(await admin.log(without)).toContain("[] []");
    const body = { values: {} };
    const preview = await admin.call("POST /orders/:id/preview", { params: { id: order }, body });
    expect(preview.lines[0]?.argv).toEqual(["echo", "[]", "[]"]);
  });

  it("do not get into prototypes by JSON", async () => {
    for (const text of [
      '{"values":{"__proto__":["x"]}}',
      '{"__proto__":{"values":{}},"values":{}}',
      '{"values":{},"constructor":{"prototype":{"polluted":true}}}',
    ])
      expect(await refusalOf(post(`/api/v1/orders/${order}/plan`, text)), text).toBe(400);
    for (const text of [
      '{"data":{"name":"p","__proto__":{"order":1}}}',
      '{"data":{"name":"p","constructor":{"prototype":{"x":1}}}}',
    ])
      expect(await refusalOf(post("/api/v1/definitions/category", text)), text).toBe(400);
    expect((await get("/api/v1/requests?__proto__[x]=1&constructor=2&value=__proto__:x")).status).toBe(200);
    const columns = "columns=__proto__,constructor,toString,note";
    const listed = await get(`/api/v1/requests?${columns}`);
    expect(await listed.text()).not.toContain("polluted");
    const csv = await (await get(`/api/v1/requests/csv?${columns}`)).text();
    expect(csv.trim().split("\r\n").length).toBeGreaterThan(3);
    expect(csv).not.toContain("function");
  });

  it.each(["constructor", "__proto__", "hasOwnProperty"])(
    "are kinds, roles and languages of nothing: %s",
    async (name) => {
      expect(await refusalOf(get(`/api/v1/definitions/${name}`))).toBe(400);
      const change = { body: { version: 1, name, permissions: [] } };
      expect(await refused(open.admin.fetch("PUT /roles/:name", { params: { name }, ...change }))).toMatch(/^40[04] /);
      expect(await refused(wang.client.fetch("DELETE /roles/:name", { params: { name } }))).toBe("403 not-allowed");
      expect(await refusalOf(get(`/api/v1/requests/csv?language=${name}`))).toBe(400);
      expect(await refusalOf(get(`/api/v1/statistics?zone=${name}`))).toBe(400);
    },
  );
});

describe("what the database cannot keep", () => {
  it.each([
    ["NUL", "a\u0000b"],
    ["half of a pair of surrogates", "a\uD800b"],
  ])("is refused as input, not taken for a bug: %s", async (_name, text) => {
    const { admin } = open;
    const outcomes = [
      admin.fetch("GET /requests", { query: { text } }),
      admin.fetch("GET /requests", { query: { by: text } }),
      admin.fetch("GET /audit", { query: { text, actor: text } }),
      admin.fetch("GET /delegations/people", { query: { text } }),
      admin.fetch("POST /user-groups", { body: { name: "g", description: text } }),
      admin.fetch("POST /definitions/:kind", {
        params: { kind: "category" },
        body: { data: { name: "odd", description: text } },
      }),
      admin.fetch("PUT /orders/:id/draft", { params: { id: order }, body: { values: { note: [text] }, note: text } }),
      new ConsoleClient(open.console.url).fetch("POST /session", { body: { name: `x${text}`, password: text } }),
      new ConsoleClient(open.console.url).fetch("POST /session", { body: { name: "x" } }, { "user-agent": "x" }),
    ];
    for (const outcome of await Promise.all(outcomes)) {
      const said = await outcome.text();
      expect(outcome.status, said).toBeLessThan(500);
    }
  });

  it("nor is a number that is larger than its column", async () => {
    for (const number of [2 ** 31, 2 ** 53 - 1]) {
      await refusalOf(get(`/api/v1/definitions/category/${number}`));
      await refusalOf(get(`/api/v1/accounts/${number}/tokens`));
      await refusalOf(get(`/api/v1/fleet?environment=${number}`));
      const listed = await get(`/api/v1/requests?environment=${number}&category=${number}`);
      expect(listed.status, await listed.text()).toBeLessThan(500);
      const rule = { userGroup: number, permission: "see", environment: number };
      await refusalOf(post("/api/v1/object-rules", JSON.stringify(rule)));
      const submitted = { order: number, orderVersion: number, values: {} };
      await refusalOf(post("/api/v1/requests", JSON.stringify(submitted)));
    }
  });
});

it("the console has told its log of no bug, and of no password", () => {
  expect(open.console.output()).not.toContain('"level":50');
  expect(open.console.output()).not.toContain(PASSWORD);
});
