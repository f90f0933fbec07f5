import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import websocket from "@fastify/websocket";
import fastify, { type FastifyInstance } from "fastify";
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Handlers } from "./api/handlers.ts";
import { answerProblem, unknownPath } from "./api/problem-answer.ts";
import { serveRoutes } from "./api/serve-routes.ts";
import type { Sessions } from "./accounts/sessions.ts";
import { servePages } from "./pages.ts";

/** Bytes of a request body; the largest is a form with long texts. */
const BODY_LIMIT = 2 * 2 ** 20;

/** The document's pages bring a script and styles of their own, and reach no other server. */
const DOCUMENT_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

export interface AppParts {
  readonly handlers: Handlers;
  readonly sessions: Sessions;
  /** Adds the WebSocket to the app. */
  readonly live: (app: FastifyInstance) => void;
  /** Adds sign-in by OpenID Connect, which is no part of the API. */
  readonly openIdConnect: (app: FastifyInstance) => void;
  /** Whether the database answers. */
  readonly ready: () => Promise<boolean>;
  readonly version: string;
  /** Folder of the built pages; undefined: there are none. */
  readonly pages: string | undefined;
  /** A line for the server's log, one JSON object. */
  readonly log: ((line: string) => void) | undefined;
  /** Addresses of proxies whose X-Forwarded headers are believed. */
  readonly trustProxy: string | undefined;
}

/** The console's HTTP server, not listening yet; tests ask it by `inject`. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    trustProxy: parts.trustProxy ?? false,
    requestTimeout: 60_000,
    forceCloseConnections: true,
    // Only what has gone wrong: a line for each request would bury it.
    logger: parts.log === undefined ? false : { level: "error", stream: { write: parts.log } },
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler(unknownPath);

  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: "same-origin" },
    crossOriginEmbedderPolicy: false,
  });
  await app.register(rateLimit, {
    max: 1200,
    timeWindow: 60_000,
    // The limit is for guessing passwords; what a session does is bounded by its permissions.
    // By the route that was found: an address can be written in many ways (`/api/v1/%73ession`).
    allowList: (request) =>
      !(request.method === "POST" && (request.routeOptions.url ?? "").startsWith("/api/v1/session")),
  });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Gantry console",
        version: parts.version,
        description:
          "Everything that the pages do. Send an API token as `Authorization: Bearer gantry_...`, or sign in with `POST /api/v1/session`; with a session changes need the header `x-csrf-token` of that answer. Errors are `application/problem+json` (RFC 9457).",
      },
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: "gantry_session" },
          token: { type: "http", scheme: "bearer", description: "An API token, as made on one's own page." },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: "/api/docs", staticCSP: DOCUMENT_POLICY });
  await app.register(websocket, { options: { maxPayload: 16 * 1024, perMessageDeflate: false } });

  app.get("/healthz", { schema: { hide: true } }, async () => ({ status: "ok" }));
  app.get("/readyz", { schema: { hide: true } }, async (_request, reply) =>
    (await parts.ready()) ? { status: "ready" } : reply.status(503).send({ status: "database does not answer" }),
  );
  await app.register(async (scope) => {
    scope.addHook("onSend", async (_request, reply) => void reply.header("cache-control", "no-store"));
    serveRoutes(scope, parts.handlers, parts.sessions);
    parts.live(scope);
  });
  parts.openIdConnect(app);
  await servePages(app, parts.pages);
  return app;
}
