import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { Problem } from "../../contract/problem.ts";
import { neededFor, type Route } from "../../contract/route.ts";
import { ROUTES } from "../../contract/routes.ts";
import type { Sessions } from "../accounts/sessions.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Handlers } from "./handlers.ts";
import { notAllowed, ProblemError } from "./problem-error.ts";

const UNSAFE = new Set(["POST", "PUT", "DELETE"]);
/** What somebody with a one-time password may do: replace it, or leave. */
const OPEN_BEFORE_PASSWORD = new Set(["GET /session", "DELETE /session", "PUT /session/password"]);

/** What somebody may do whose role wants an authenticator that is not there yet: set it up, or leave. */
const OPEN_BEFORE_TOTP = new Set([...OPEN_BEFORE_PASSWORD, "POST /session/totp", "PUT /session/totp"]);

/** Registers every route of the table under `/api/v1`: who may call, what goes in, what comes out. */
export function serveRoutes(app: FastifyInstance, handlers: Handlers, sessions: Sessions): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const callers = new WeakMap<object, SignedIn>();
  for (const [name, entry] of Object.entries(ROUTES)) {
    const route: Route = entry;
    const [method = "GET", path = "/"] = name.split(" ");
    const handler = handlers[name as keyof Handlers] as unknown as AnyHandler;
    const status = route.status ?? (route.answer === undefined ? 204 : 200);
    typed.route({
      method,
      url: `/api/v1${path}`,
      schema: {
        summary: route.summary,
        tags: [route.tag],
        ...(route.access === "anyone"
          ? {}
          : { security: [{ session: [] }, ...(route.session === true ? [] : [{ token: [] }])] }),
        ...(route.params === undefined ? {} : { params: route.params }),
        ...(route.query === undefined ? {} : { querystring: route.query }),
        ...(route.body === undefined ? {} : { body: route.body }),
        response: {
          ...(route.answer === "bytes" ? BYTES : { [status]: route.answer ?? z.undefined().describe("Done") }),
          "4xx": Problem,
          "5xx": Problem,
        },
      },
      onRequest: async (request) => {
        if (route.access === "anyone") return checkOrigin(request);
        const caller = await sessions.authenticate(request);
        if (caller === undefined)
          throw new ProblemError(401, "not-signed-in", "Sign in first; your session may have ended.");
        // A token is not sent by a browser on its own, as a cookie is.
        if (UNSAFE.has(method) && "session" in caller.via) checkToken(request, caller);
        if (route.session === true && !("session" in caller.via))
          throw new ProblemError(403, "not-by-token", "This cannot be done with an API token: sign in.");
        if (caller.mustChangePassword && !OPEN_BEFORE_PASSWORD.has(name))
          throw new ProblemError(403, "change-password", "Replace your one-time password first.");
        if (caller.mustEnrolTotp && !OPEN_BEFORE_TOTP.has(name))
          throw new ProblemError(403, "enrol-totp", "Set up your authenticator first: your role asks for one.");
        const needed = neededFor(route);
        if (needed !== undefined && !needed.some((permission) => caller.permissions.includes(permission)))
          throw notAllowed(needed);
        callers.set(request, caller);
      },
      ...(UNSAFE.has(method) ? { onSend: async () => sessions.changed() } : {}),
      handler: async (request, reply) => {
        const { params, query, body } = request;
        const answer = await handler({ params, query, body, caller: callers.get(request), request, reply });
        if (answer === reply) return reply;
        return reply.status(status).send(answer as never);
      },
    });
  }
}

/** What routes that answer with bytes send; part of them (206) where a range was asked for. */
const text = { content: { "text/plain": { schema: z.string() } } };
const BYTES = {
  200: { description: "All bytes", ...text },
  206: { description: "The range that was asked for", ...text },
};

type AnyHandler = (call: Record<string, unknown>) => Promise<unknown>;

/** A page of another site cannot know the token, even where the browser sends the cookie along. */
function checkToken(request: FastifyRequest, caller: SignedIn): void {
  if (request.headers["x-csrf-token"] !== caller.csrfToken)
    throw new ProblemError(403, "csrf-token", "The header x-csrf-token is missing or wrong. Load the page again.");
}

/** Signing in has no token yet; browsers name the site that a request comes from. */
function checkOrigin(request: FastifyRequest): void {
  const { origin } = request.headers;
  if (origin !== undefined && !sameOrigin(origin, request))
    throw new ProblemError(403, "foreign-origin", `Requests from ${origin} are not accepted.`);
}

/** Whether an Origin header names this server as the client has addressed it. */
export function sameOrigin(origin: string, request: FastifyRequest): boolean {
  return URL.canParse(origin) && new URL(origin).host === request.host;
}
