import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NotificationEvent } from "../../src/contract/notification-channel.ts";
import { ConsoleClient } from "./console-client.ts";
import { openConsole, PASSWORD, type OpenConsole } from "./open-console.ts";

interface Received {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const SECRET = "SEC-5ecret";
let open: OpenConsole;
let server: Server;
let smtp: SMTPServer;
let base: string;
let received: Received[] = [];
let mails: { readonly to: readonly string[]; readonly user: string | undefined; readonly text: string }[] = [];
/** What the server answers, by path. */
const answers = new Map<string, { readonly status?: number; readonly body: string }>();
let group: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const url = new URL(request.url ?? "/", "http://localhost");
      received.push({ url, headers: request.headers, body });
      const answer = answers.get(url.pathname) ?? { body: '{"errcode":0,"code":0}' };
      response.writeHead(answer.status ?? 200, { "content-type": "application/json" }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, callback) =>
      password === "mail-password" ? callback(null, { user: username ?? "" }) : callback(new Error("no")),
    onData: (stream, session, callback) => {
      void text(stream).then((mail) => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, user: typeof session.user === "string" ? session.user : undefined, text: mail });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", () => resolve()));
  open = await openConsole();
  group = (await open.admin.call("POST /user-groups", { body: { name: "leads" } })).id;
}, 60_000);
afterAll(async () => {
  await open?.console.stop();
  server?.close();
  smtp?.close(() => undefined);
});

const channel = async (data: Record<string, unknown> & { name: string }): Promise<number> =>
  (await open.admin.call("POST /definitions/:kind", { params: { kind: "notification_channel" }, body: { data } })).id;
const orderTelling = async (
  name: string,
  notifications: readonly { channel: number; events: NotificationEvent[] }[],
  more: object = {},
): Promise<number> => {
  const { environment, configCentre, admin } = open;
  const data = { name, environment, configCentre, mainTask: "echo hi", notifications: [...notifications], ...more };
  return (await admin.define("work_order", data)).id;
};
const at = (path: string): Received[] => received.filter(({ url }) => url.pathname === path);
const hmac = (key: string, what: string): string => createHmac("sha256", key).update(what).digest("base64");
const deliveries = async (channelId: number) =>
  (await open.admin.call("GET /notification-deliveries", { query: { channel: channelId } })).items;

describe("a channel of each kind gets what has happened, signed as its service wants it", () => {
  let tell: (path: string, kind: string) => Promise<Received>;
  beforeAll(() => {
    tell = async (path, kind) => {
      const id = await channel({ name: path, kind, url: `${base}${path}?access_token=t0ken`, secret: SECRET });
      const order = await orderTelling(`order-${kind}`, [{ channel: id, events: ["succeeded"] }]);
      const { id: request } = await open.admin.submit(order);
      await open.admin.until(request);
      await expect.poll(() => at(path), { timeout: 20_000 }).toHaveLength(1);
      await expect.poll(async () => (await deliveries(id))[0]?.state, { timeout: 5000 }).toBe("sent");
      const [got] = at(path);
      if (got === undefined) throw new Error("nothing was received");
      expect(got.body).toContain(`/requests/${request}`);
      expect(got.body).toContain("order");
      return got;
    };
  });

  it("DingTalk: HMAC in the address", async () => {
    const { url, body } = await tell("/dingtalk", "dingtalk");
    const timestamp = url.searchParams.get("timestamp") ?? "";
    expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(60_000);
    expect(url.searchParams.get("sign")).toBe(hmac(SECRET, `${timestamp}\n${SECRET}`));
    expect(url.searchParams.get("access_token")).toBe("t0ken");
    expect(JSON.parse(body)).toMatchObject({ msgtype: "markdown", markdown: { title: expect.any(String) } });
  });

  it("Feishu: HMAC in the body", async () => {
    const { body } = await tell("/feishu", "feishu");
    const { timestamp, sign, msg_type } = JSON.parse(body) as Record<string, string>;
    expect(Math.abs(Number(timestamp) * 1000 - Date.now())).toBeLessThan(60_000);
    expect(sign).toBe(hmac(`${timestamp}\n${SECRET}`, ""));
    expect(msg_type).toBe("post");
  });

  it("WeCom: Markdown, the key is in the address", async () => {
    const { url, body } = await tell("/wecom", "wecom");
    expect(url.searchParams.get("access_token")).toBe("t0ken");
    expect(JSON.parse(body)).toMatchObject({ msgtype: "markdown" });
  });

  it("Slack: text with a link", async () => {
    answers.set("/slack", { body: "ok" });
    const { body } = await tell("/slack", "slack");
    expect((JSON.parse(body) as { text: string }).text).toMatch(/<http.*\/requests\/\d+\|/);
  });

  it("a webhook: HMAC over time and body in a header", async () => {
    const { headers, body } = await tell("/webhook", "webhook");
    const timestamp = String(headers["x-gantry-timestamp"]);
    const signature = createHmac("sha256", SECRET).update(`${timestamp}.${body}`).digest("hex");
    expect(headers["x-gantry-signature"]).toBe(`sha256=${signature}`);
    expect(headers["x-gantry-event"]).toBe("succeeded");
    expect(JSON.parse(body)).toMatchObject({ event: "succeeded", request: { state: "succeeded", by: "admin" } });
  });

  it("e-mail: by SMTP with the account's password, to everybody without showing who else", async () => {
    mails = [];
    const id = await channel({
      name: "mail",
      kind: "email",
      host: "127.0.0.1",
      port: (smtp.server.address() as AddressInfo).port,
      security: "none",
      user: "gantry",
      password: "mail-password",
      from: "Gantry <gantry@example.org>",
      to: ["one@example.org", "two@example.org"],
      language: "zh",
    });
    const order = await orderTelling("order-mail", [{ channel: id, events: ["succeeded", "started"] }]);
    await open.admin.until((await open.admin.submit(order)).id);
    await expect.poll(() => mails, { timeout: 20_000 }).toHaveLength(2);
    expect(mails[0]).toMatchObject({
      user: "gantry",
      to: expect.arrayContaining(["one@example.org", "two@example.org"]),
    });
    expect(mails[0]?.text).not.toMatch(/^(to|cc): .*two@example\.org/im);
  });
});

describe("what cannot be delivered", () => {
  it("is tried again while it may pass, and is said with its reason, without the address", async () => {
    answers.set("/busy", { status: 503, body: "come back later" });
    const id = await channel({ name: "busy", kind: "webhook", url: `${base}/busy?token=t0p-secret` });
    const order = await orderTelling("order-busy", [{ channel: id, events: ["succeeded"] }]);
    await open.admin.until((await open.admin.submit(order)).id);
    await expect
      .poll(async () => (await deliveries(id))[0], { timeout: 20_000 })
      .toMatchObject({
        state: "queued",
        attempts: 1,
        problem: expect.stringContaining("503"),
      });
    answers.set("/busy", { body: "{}" });
    await expect
      .poll(async () => (await deliveries(id))[0], { timeout: 60_000, interval: 500 })
      .toMatchObject({
        state: "sent",
        attempts: 2,
        problem: null,
      });
    expect(JSON.stringify(await deliveries(id))).not.toContain("t0p-secret");
  }, 90_000);

  it("is given up at once where the service refuses it", async () => {
    answers.set("/refusing", { body: '{"errcode":310000,"errmsg":"sign not match"}' });
    const id = await channel({ name: "refusing", kind: "dingtalk", url: `${base}/refusing`, secret: SECRET });
    const order = await orderTelling("order-refusing", [{ channel: id, events: ["succeeded"] }]);
    await open.admin.until((await open.admin.submit(order)).id);
    await expect
      .poll(async () => (await deliveries(id))[0], { timeout: 20_000 })
      .toMatchObject({
        state: "failed",
        problem: expect.stringContaining("sign not match"),
      });
  });

  it("does not hold up the request", async () => {
    const id = await channel({ name: "dead", kind: "webhook", url: "http://127.0.0.1:48999/nobody" });
    const order = await orderTelling("order-dead", [{ channel: id, events: ["started", "succeeded"] }]);
    expect((await open.admin.until((await open.admin.submit(order)).id, undefined, 15)).state).toBe("succeeded");
  });
});

it("approvers are told with a link to decide, and the outcome is told as it is", async () => {
  received = [];
  const id = await channel({ name: "approvals", kind: "webhook", url: `${base}/approvals` });
  const { admin } = open;
  const flow = await admin.define("approval_flow", {
    name: "one",
    levels: [{ name: "Leads", userGroup: group, quorum: 1 }],
  });
  const order = await orderTelling("order-asked", [{ channel: id, events: ["waiting", "approved", "refused"] }], {
    approvalFlow: flow.id,
  });
  await admin.call("POST /accounts", {
    body: { name: "li", role: "submitter", groups: [group], password: "li-li-password" },
  });
  const li = new ConsoleClient(open.console.url);
  await li.signIn("li", "li-li-password", PASSWORD);
  const vote = async (decision: "approve" | "reject", reason = ""): Promise<void> => {
    const { id: request, hash, version } = await admin.submit(order);
    await li.call("POST /requests/:id/votes", { params: { id: request }, body: { decision, hash, version, reason } });
  };
  await vote("approve");
  await vote("reject", "not on a Friday");
  const events = () =>
    at("/approvals").map(({ body }) => {
      const { event, request } = JSON.parse(body) as {
        event: string;
        request: { state: string; reason: string | null };
      };
      return `${event} ${request.reason ?? ""}`.trim();
    });
  await expect
    .poll(() => events().toSorted(), { timeout: 20_000 })
    .toEqual(["approved", "refused not on a Friday", "waiting", expect.stringMatching(/^waiting/)]);
});

it("a person hears by e-mail of what he has asked for, and of nothing else", async () => {
  mails = [];
  const { admin } = open;
  const { items } = await admin.call("GET /accounts");
  const li = items.find(({ name }) => name === "li");
  await admin.call("PUT /accounts/:id", {
    params: { id: li?.id ?? 0 },
    body: { name: "li", role: "submitter", groups: [group], email: "li@example.org" },
  });
  const client = new ConsoleClient(open.console.url);
  await client.signIn("li", PASSWORD);
  expect(await client.call("GET /session/notifications")).toEqual({
    own: [],
    asked: false,
    email: "li@example.org",
    possible: true,
  });
  await client.call("PUT /session/notifications", { body: { own: ["failed"], asked: true } });
  const [asked] = (await admin.call("GET /orders")).items.filter(({ name }) => name === "order-asked");
  const waiting = await admin.submit(asked?.id ?? 0);
  await expect.poll(() => mails, { timeout: 20_000 }).toHaveLength(1);
  expect(mails[0]?.to).toEqual(["li@example.org"]);
  const own = await orderTelling("order-failing", [], { mainTask: "false", submitters: [group] });
  const fine = await orderTelling("order-fine", [], { submitters: [group] });
  await client.until((await client.submit(fine)).id);
  await client.until((await client.submit(own)).id);
  await expect.poll(() => mails, { timeout: 20_000 }).toHaveLength(2);
  const { version } = await admin.request(waiting.id);
  await admin.call("POST /requests/:id/actions", { params: { id: waiting.id }, body: { action: "revoke", version } });
});

describe("the test button", () => {
  const test = (data: object) => open.admin.call("POST /notification-channels/test", { body: { data: { ...data } } });
  it("sends a message and says how it went", async () => {
    received = [];
    expect(await test({ name: "x", kind: "webhook", url: `${base}/test` })).toMatchObject({ ok: true, problem: null });
    expect(JSON.parse(at("/test")[0]?.body ?? "")).toMatchObject({ event: "test" });
    answers.set("/teapot", { status: 418, body: "short and stout" });
    expect(await test({ name: "x", kind: "webhook", url: `${base}/teapot?key=t0p-secret` })).toMatchObject({
      ok: false,
      problem: "refused: HTTP 418: short and stout",
    });
    expect(await test({ name: "x", kind: "webhook", url: "http://127.0.0.1:48999/?key=t0p-secret" })).toMatchObject({
      ok: false,
      problem: "unreachable: ECONNREFUSED",
    });
  });
  it.each([
    [{ kind: "webhook", url: "ftp://example.org" }, "url"],
    [{ kind: "slack" }, "url"],
    [{ kind: "email", from: "a@b.c" }, "host"],
    [{ kind: "email", host: "mail", from: "nobody" }, "from"],
    [{ kind: "email", host: "mail", from: "a@b.c", to: ["x y"] }, "to.0"],
  ])("refuses what cannot be meant, naming the field: %j", async (data, field) => {
    await expect(test({ name: "x", ...data })).rejects.toMatchObject({ problem: { status: 400, fields: [{ field }] } });
  });
});
