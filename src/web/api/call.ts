import type { AnswerOf, CallOf } from "../../contract/route.ts";
import type { Routes } from "../../contract/routes.ts";
import { ApiProblem, problemOf } from "./problem.ts";

/** The operations of the API, as `METHOD /path`. */
export type RouteName = keyof Routes;
export type GetRoute = Extract<RouteName, `GET ${string}`>;
export type ChangeRoute = Exclude<RouteName, GetRoute>;

/** Those of params, query and body that the operation takes; a query or body without required parts may be left out. */
type Part<K extends string, T> = [T] extends [undefined]
  ? { readonly [P in K]?: never }
  : object extends T
    ? { readonly [P in K]?: T }
    : { readonly [P in K]: T };
export type InputOf<N extends RouteName> = Part<"params", CallOf<Routes[N]>["params"]> &
  Part<"query", CallOf<Routes[N]>["query"]> &
  Part<"body", CallOf<Routes[N]>["body"]>;
export type AnswerTo<N extends RouteName> = AnswerOf<Routes[N]>;

interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until an answer has to be there. */
  readonly deadline?: number;
}
export type Call = <N extends RouteName>(name: N, input: InputOf<N>, options?: CallOptions) => Promise<AnswerTo<N>>;

export interface CallSetting {
  readonly fetch: typeof fetch;
  /** That of the session, if somebody is signed in. */
  readonly csrfToken: () => string | undefined;
  /** The language in which the server should explain things. */
  readonly language: () => string;
  /** The server does not know this session (any more). */
  readonly signedOut: () => void;
  /** Something has to be done before anything else: another password, an authenticator. */
  readonly heldUp?: () => void;
}

/** Types of problems that tell so. */
const HELD_UP: ReadonlySet<string> = new Set(["change-password", "enrol-totp"]);

interface AnyInput {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly body?: unknown;
}

/** The address of an operation under `/api/v1`. */
export function addressOf(name: RouteName, input: AnyInput): string {
  const path = name
    .slice(name.indexOf(" ") + 1)
    .replaceAll(/:(\w+)/gu, (_, parameter: string) => encodeURIComponent(String(input.params?.[parameter])));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(input.query ?? {})) {
    for (const one of [value].flat()) if (one !== undefined && one !== "") query.append(key, String(one));
  }
  return `/api/v1${path}${query.size === 0 ? "" : `?${query.toString()}`}`;
}

/** Makes the function that all pages call the API by: `call("POST /requests", { body })`. Throws ApiProblem. */
export function createCall(setting: CallSetting): Call {
  return async <N extends RouteName>(name: N, input: InputOf<N>, options: CallOptions = {}) => {
    const { body } = input as AnyInput;
    const method = name.slice(0, name.indexOf(" "));
    const headers = new Headers({ accept: "application/json", "accept-language": setting.language() });
    if (body !== undefined) headers.set("content-type", "application/json");
    const token = setting.csrfToken();
    if (method !== "GET" && token !== undefined) headers.set("x-csrf-token", token);
    const deadline = AbortSignal.timeout(options.deadline ?? 30_000);
    const request: RequestInit = {
      method,
      headers,
      credentials: "same-origin",
      signal: options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    try {
      const response = await setting.fetch(addressOf(name, input as AnyInput), request);
      if (!response.ok) {
        if (response.status === 401 && name !== "POST /session") setting.signedOut();
        const problem = await problemOf(response);
        if (HELD_UP.has(problem.type)) setting.heldUp?.();
        throw new ApiProblem(problem);
      }
      return (await contentOf(response)) as AnswerTo<N>;
    } catch (error) {
      if (error instanceof ApiProblem || options.signal?.aborted === true) throw error;
      const timedOut = deadline.aborted;
      throw new ApiProblem({ type: timedOut ? "timeout" : "network", title: String(error), status: 0 });
    }
  };
}

async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const json = response.headers.get("content-type")?.includes("json") === true;
  return json ? await response.json() : new Uint8Array(await response.arrayBuffer());
}
