import { describe, expect, test } from "vitest";
import { addressOf, type CallSetting, createCall } from "./call.ts";
import { ApiProblem } from "./problem.ts";

interface Sent {
  readonly address: string;
  readonly request: RequestInit;
}

/** A call function in front of a server that gives one answer. */
function calling(answer: Response | Error, setting: Partial<CallSetting> = {}) {
  const sent: Sent[] = [];
  let signedOut = 0;
  const call = createCall({
    fetch: async (address, request = {}) => {
      sent.push({ address: address as string, request });
      if (answer instanceof Error) throw answer;
      return answer;
    },
    csrfToken: () => "token",
    language: () => "zh-CN",
    signedOut: () => {
      signedOut += 1;
    },
    ...setting,
  });
  return { call, sent, signedOut: () => signedOut };
}

const json = (body: unknown, status = 200, type = "application/json"): Response =>
  Response.json(body, { status, headers: { "content-type": type } });
const problem = (status: number, body: object): Response =>
  json({ title: "No", status, ...body }, status, "application/problem+json");
const headers = (sent: readonly Sent[]): Headers => new Headers(sent[0]?.request.headers);

describe("a call", () => {
  test("puts parameters into the path, each escaped, and leaves empty queries out", () => {
    expect(addressOf("GET /requests/:id", { params: { id: 12 } })).toBe("/api/v1/requests/12");
    expect(addressOf("GET /requests", { query: { text: "a b&c", by: "", order: undefined, limit: 8 } })).toBe(
      "/api/v1/requests?text=a+b%26c&limit=8",
    );
    expect(addressOf("GET /definitions/:kind", { params: { kind: "../x" } })).toBe("/api/v1/definitions/..%2Fx");
  });

  test("carries the CSRF token and the language with a change", async () => {
    const { call, sent } = calling(json({ id: 1 }, 201));
    await call("POST /user-groups", { body: { name: "dba" } });
    expect(sent[0]?.request.method).toBe("POST");
    expect(sent[0]?.request.body).toBe('{"name":"dba"}');
    expect(headers(sent).get("x-csrf-token")).toBe("token");
    expect(headers(sent).get("accept-language")).toBe("zh-CN");
  });

  test("carries no token when it only reads, so that it never lies in a log", async () => {
    const { call, sent } = calling(json({ items: [] }));
    await call("GET /orders", {});
    expect(headers(sent).has("x-csrf-token")).toBe(false);
  });

  test("gives undefined for an answer without content", async () => {
    const { call } = calling(new Response(null, { status: 204 }));
    expect(await call("DELETE /session", {})).toBeUndefined();
  });

  test("throws a problem with its fields", async () => {
    const fields = [{ field: "name", rule: "required", message: "Give a name." }];
    const { call } = calling(problem(400, { type: "invalid", detail: "name: Give a name.", fields }));
    const error = await call("POST /user-groups", { body: { name: "" } }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(ApiProblem);
    expect(error).toMatchObject({ status: 400, fields, problem: { type: "invalid" } });
  });

  test("makes a problem of an answer that something between page and server has given", async () => {
    const { call } = calling(new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
    await expect(call("GET /now", {})).rejects.toMatchObject({ problem: { type: "http", title: "Bad Gateway" } });
  });

  test("tells a network that is down from an answer that takes too long", async () => {
    await expect(calling(new TypeError("Failed to fetch")).call("GET /now", {})).rejects.toMatchObject({
      problem: { type: "network", status: 0 },
    });
    const slow = calling(json({}), {
      fetch: (_address, request) =>
        new Promise((_resolve, reject) => {
          request?.signal?.addEventListener("abort", () => reject(new DOMException("late", "TimeoutError")));
        }),
    });
    await expect(slow.call("GET /now", {}, { deadline: 20 })).rejects.toMatchObject({ problem: { type: "timeout" } });
  });

  test("says that the session has ended, unless it was the attempt to sign in", async () => {
    const ended = calling(problem(401, { type: "not-signed-in" }));
    await ended.call("GET /now", {}).catch(() => undefined);
    expect(ended.signedOut()).toBe(1);
    const wrong = calling(problem(401, { type: "wrong-sign-in" }));
    await wrong.call("POST /session", { body: { name: "a", password: "b" } }).catch(() => undefined);
    expect(wrong.signedOut()).toBe(0);
  });
});
