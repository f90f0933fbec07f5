import type { WebSocket } from "@fastify/websocket";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { bearerToken } from "../accounts/api-tokens.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { ProblemError } from "../api/problem-error.ts";
import { sameOrigin } from "../api/serve-routes.ts";
import type { Database } from "../store/database.ts";
import { createConnection, type LiveConnection } from "./live-connection.ts";
import type { Feed } from "./feed.ts";
import { createRequestList } from "./request-list.ts";
import { createWatches } from "./watches.ts";

/** Milliseconds between signs of life. */
const HEARTBEAT = 10_000;

export interface LiveParts {
  readonly db: Database;
  readonly feed: Feed;
  /** The account of a request's session; asked again at every sign of life, so it must not prolong the session. */
  readonly authenticate: (request: FastifyRequest) => Promise<SignedIn | undefined>;
  readonly maySee: (account: SignedIn, request: number) => Promise<boolean>;
  readonly onTrouble: (error: unknown) => void;
  readonly heartbeat?: number;
}

/**
 * Adds the WebSocket `/api/v1/live`, which speaks as src/contract/socket.ts says, to an app that has @fastify/websocket.
 * Close codes: 4401 the session has ended, 1008 what the page has sent is not understood or too much.
 */
export function liveSocket(app: FastifyInstance, parts: LiveParts): void {
  const { db, feed, authenticate, maySee, onTrouble, heartbeat = HEARTBEAT } = parts;
  const accounts = new WeakMap<FastifyRequest, SignedIn>();
  const connections = new Set<LiveConnection>();
  const watches = createWatches(db, feed, onTrouble);
  const list = createRequestList(feed, maySee, onTrouble);
  const timer = setInterval(() => {
    for (const connection of connections) void connection.beat().catch(onTrouble);
  }, heartbeat);

  app.addHook("preClose", async () => {
    clearInterval(timer);
    watches.close();
    list.close();
  });
  app.get(
    "/api/v1/live",
    {
      websocket: true,
      onRequest: async (request) => {
        checkUpgrade(request);
        const account = await authenticate(request);
        if (account === undefined)
          throw new ProblemError(401, "not-signed-in", "Sign in first; your session may have ended.");
        if (account.mustChangePassword)
          throw new ProblemError(403, "change-password", "Replace your one-time password first.");
        if (account.mustEnrolTotp)
          throw new ProblemError(403, "enrol-totp", "Set up your authenticator first: your role asks for one.");
        accounts.set(request, account);
      },
    },
    (socket: WebSocket, request) => {
      const account = accounts.get(request);
      if (account === undefined) return socket.close(4401, "not signed in");
      const again = (): Promise<SignedIn | undefined> => authenticate(request);
      const connection = createConnection({ socket, account, again, maySee, watches, list });
      connections.add(connection);
      socket.on("close", () => {
        connections.delete(connection);
        connection.end();
      });
    },
  );
}

/**
 * A page of another site can open WebSockets with the viewer's cookie; browsers say which site it is. An API token is
 * not sent by a browser on its own, so programs with one need not say it.
 */
function checkUpgrade(request: FastifyRequest): void {
  if (!request.ws) throw new ProblemError(400, "not-a-websocket", "This address speaks WebSocket only.");
  if (bearerToken(request) !== undefined) return;
  const { origin } = request.headers;
  if (origin === undefined || !sameOrigin(origin, request))
    throw new ProblemError(403, "foreign-origin", `WebSockets from ${origin ?? "no origin"} are not accepted.`);
}
