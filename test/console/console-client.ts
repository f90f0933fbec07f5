import { setTimeout as delay } from "node:timers/promises";
import type { Problem } from "../../src/contract/problem.ts";
import type { RequestDetail } from "../../src/contract/requests.ts";
import type { AnswerOf } from "../../src/contract/route.ts";
import type { Definition } from "../../src/contract/administration.ts";
import type { Routes } from "../../src/contract/routes.ts";
import type { DefinitionData, DefinitionKind } from "../../src/contract/definitions.ts";
import type { z } from "zod";
import { ENDED_REQUEST_STATES, type RequestState } from "../../src/contract/states.ts";

interface CallInput {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly body?: unknown;
}

/** A refusal, as the console words it. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.type}: ${problem.detail}`);
    this.problem = problem;
  }
}

/** Speaks the console's API as a program of somebody's would: a cookie, a token, JSON. */
export class ConsoleClient {
  readonly url: string;
  cookie = "";
  csrfToken = "";

  constructor(url: string) {
    this.url = url;
  }

  /** Signs in; where the password is a one-time one, replaces it by `next`. */
  async signIn(name: string, password: string, next?: string): Promise<void> {
    const session = await this.call("POST /session", { body: { name, password } });
    this.csrfToken = session.csrfToken;
    if (!session.account.mustChangePassword || next === undefined) return;
    const changed = await this.call("PUT /session/password", { body: { current: password, next } });
    this.csrfToken = changed.csrfToken;
  }

  async call<N extends keyof Routes>(name: N, input: CallInput = {}): Promise<AnswerOf<Routes[N]>> {
    const response = await this.fetch(name, input);
    if (!response.ok) throw new ApiError((await response.json()) as Problem);
    if (response.status === 204) return undefined as AnswerOf<Routes[N]>;
    const type = response.headers.get("content-type") ?? "";
    return (type.includes("json") ? await response.json() : Buffer.from(await response.arrayBuffer())) as AnswerOf<
      Routes[N]
    >;
  }

  async fetch(
    name: keyof Routes,
    { params = {}, query = {}, body }: CallInput = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const [method = "GET", path = ""] = name.split(" ");
    const filled = path.replaceAll(/:(\w+)/g, (_all, key: string) => encodeURIComponent(String(params[key])));
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([key, value]) => [value].flat().map((one) => [key, String(one)])),
    );
    const response = await fetch(`${this.url}/api/v1${filled}${search.size > 0 ? `?${search.toString()}` : ""}`, {
      method,
      headers: {
        cookie: this.cookie,
        "x-csrf-token": this.csrfToken,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ""] = cookie.split(";");
      if (pair.startsWith("gantry_session=")) this.cookie = pair;
    }
    return response;
  }

  /** Defines something; `data` may leave out what has a default. */
  async define<K extends DefinitionKind>(
    kind: K,
    data: Partial<DefinitionData[K]> & { readonly name: string },
  ): Promise<Definition> {
    return this.call("POST /definitions/:kind", { params: { kind }, body: { data } });
  }

  /** Submits an order with one value for each name, in the order's present version. */
  async submit(
    order: number,
    values: Readonly<Record<string, string | readonly string[]>> = {},
    more: Partial<z.input<Routes["POST /requests"]["body"]>> = {},
  ): Promise<RequestDetail> {
    const { version } = await this.call("GET /orders/:id", { params: { id: order } });
    const lists = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value].flat()]));
    return this.call("POST /requests", { body: { order, orderVersion: version, values: lists, ...more } });
  }

  request(id: number): Promise<RequestDetail> {
    return this.call("GET /requests/:id", { params: { id } });
  }

  /** Waits until a request is in one of these states; until it has ended where none are given. */
  async until(
    id: number,
    states: readonly RequestState[] = ENDED_REQUEST_STATES,
    seconds = 60,
  ): Promise<RequestDetail> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const request = await this.request(id);
      if (states.includes(request.state)) return request;
      if (Date.now() > deadline)
        throw new Error(
          `request ${id} is ${request.state}, not ${states.join(" or ")}, after ${seconds} s: ${JSON.stringify(request.run)}`,
        );
      await delay(30);
    }
  }

  /** The whole log of a request's run. */
  async log(request: RequestDetail): Promise<string> {
    if (request.run === null) return "";
    const bytes = await this.call("GET /runs/:id/log", { params: { id: request.run.id } });
    return Buffer.from(bytes).toString("utf8");
  }
}
