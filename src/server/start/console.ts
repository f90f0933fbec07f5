import { existsSync } from "node:fs";
import { join } from "node:path";
import { isIP, type AddressInfo } from "node:net";
import { createApp } from "../app.ts";
import { auditHandlers } from "../audit/audit-handlers.ts";
import { historyHandlers } from "../history/history-handlers.ts";
import { statisticsHandlers } from "../statistics/statistics-handlers.ts";
import { peopleHandlers } from "../accounts/people-handlers.ts";
import { sessionHandlers } from "../accounts/session-handlers.ts";
import { createSessions } from "../accounts/sessions.ts";
import { definitionFileHandlers } from "../definition-files/definition-file-handlers.ts";
import { definitionHandlers } from "../definitions/definition-handlers.ts";
import { DefinitionStore } from "../definitions/definition-store.ts";
import { verifyHandlers } from "../definitions/verify-handlers.ts";
import { fleetHandlers } from "../fleet/fleet-handlers.ts";
import { createFleetRefresh } from "../fleet/fleet-refresh.ts";
import { systemHealth } from "../health/system-health.ts";
import { approvalHandlers } from "../approvals/approval-handlers.ts";
import { voidApprovals } from "../approvals/void-votes.ts";
import { createQueue } from "../jobs/queue.ts";
import { startWorker } from "../jobs/worker.ts";
import { freezeHandlers } from "../freeze/freeze-handlers.ts";
import { openFeed } from "../live/feed.ts";
import { liveSocket } from "../live/live-socket.ts";
import { logHandlers } from "../logs/log-handlers.ts";
import type { ConsoleOptions, Started } from "../main.ts";
import { startDeliverer } from "../notifications/deliver.ts";
import { notificationHandlers } from "../notifications/notification-handlers.ts";
import { createOptionCache } from "../orders/option-cache.ts";
import { createDrafts } from "../orders/drafts.ts";
import { orderHandlers } from "../orders/order-handlers.ts";
import { createPlaces } from "../places/places.ts";
import { verifyPlace } from "../places/verify-place.ts";
import { requestHandlers } from "../requests/request-handlers.ts";
import { maySee } from "../requests/request-list.ts";
import { createOidcProviders } from "../sign-in/oidc-providers.ts";
import { oidcRoutes } from "../sign-in/oidc-routes.ts";
import { publicUrl } from "../sign-in/public-url.ts";
import { signInHandlers } from "../sign-in/sign-in-handlers.ts";
import type { StartWords } from "../words/start-words.ts";
import { dataFolderOf } from "./data-folder.ts";
import { fillDemo } from "./demo.ts";
import { makeFirstAdministrator } from "./first-administrator.ts";
import { makeLocalConfigCentre } from "./local-config-centre.ts";
import { openStore } from "./open-store.ts";
import { openPlaces } from "./open-places.ts";

/** Runs that one process follows at once. */
const CAPACITY = 100;

/** Starts everything, prints the URL, and returns how to stop it; a string says why it could not be started. */
export async function startConsole(options: ConsoleOptions, words: StartWords): Promise<Started> {
  const { env, stdout, stderr, version, installation } = options;
  const listen = parseListen(options.listen);
  if (listen === undefined) return words.badListen(options.listen);
  const trustProxy = env["GANTRY_TRUST_PROXY"];
  if (trustProxy !== undefined && !isProxyList(trustProxy)) return words.trustProxy(trustProxy);
  const base = publicUrl(env);
  if (base === false) return words.badUrl(env["GANTRY_URL"] ?? "");
  let stopping = false;
  const onError = (error: Error): void => {
    // Connections that end because everything does are no news.
    if (!stopping) stderr.write(`${new Date().toISOString()} ${error.message}\n`);
  };
  const onTrouble = (error: unknown): void => onError(error instanceof Error ? error : new Error(String(error)));
  const dataFolder = dataFolderOf(options.data, env);
  const opened = await openStore({ dataFolder, env, role: "console", words, onError });
  if (!opened.ok) return opened.failure;
  const { db, address, bundled, box, close } = opened.value;

  const store = new DefinitionStore(db, (trx, row) => voidApprovals(trx, queue, row));
  const queue = createQueue(address, { supervise: true, onError });
  const feed = openFeed({ address, application: "gantry-console-feed", onTrouble });
  await Promise.all([makeLocalConfigCentre(store), queue.start(), feed.listening]);
  const places = createPlaces(store, box, openPlaces({ dataFolder, env, installation }), verifyPlace);

  /** Where people reach the console: as configured, else where it listens. */
  const here = (): string => base ?? urlOf(app.server.address() as AddressInfo);
  const fleet = createFleetRefresh({ store, places, feed, onError });
  const sessions = createSessions(db);
  const cache = createOptionCache(db);
  const startedAt = new Date();
  const pages = join(installation, "dist/web");
  const hasPages = existsSync(join(pages, "index.html"));
  const app = await createApp({
    handlers: {
      ...sessionHandlers({ db, box, sessions }),
      ...signInHandlers({ store, box, base }),
      ...peopleHandlers({ db, box, sessions }),
      ...definitionHandlers({ store, box }),
      ...verifyHandlers({ store, box, places, cache }),
      ...orderHandlers({ store, places, cache, drafts: createDrafts(db) }),
      ...requestHandlers({ store, queue, box, places, cache }),
      ...approvalHandlers({ store, queue, box, places, cache }),
      ...definitionFileHandlers(store, box),
      ...freezeHandlers(store),
      ...notificationHandlers(store, box, here),
      ...logHandlers(db),
      ...historyHandlers(db),
      ...auditHandlers(db),
      ...statisticsHandlers(db),
      ...fleetHandlers({ store, refresh: fleet }),
      "GET /health": () => systemHealth({ store, version, startedAt, bundled }),
    },
    sessions,
    openIdConnect: (scope) => oidcRoutes(scope, { db, store, box, sessions, base, providers: createOidcProviders() }),
    live: (scope) =>
      liveSocket(scope, {
        db,
        feed,
        authenticate: sessions.look,
        maySee: (caller, id) => maySee(db, caller, id),
        onTrouble,
      }),
    ready: async () => (await db.selectFrom("account").select("id").limit(1).execute()).length >= 0,
    version,
    pages: hasPages ? pages : undefined,
    log: (line) => void stderr.write(line),
    trustProxy,
  });
  const stopAll = async (): Promise<void> => {
    stopping = true;
    await app.close();
    await deliverer?.stop();
    await worker?.stop();
    await fleet.stop();
    await places.close();
    await queue.stop();
    await feed.close();
    await close();
  };
  let deliverer: ReturnType<typeof startDeliverer> | undefined;
  const worker = options.worker
    ? startWorker({ db, queue, feed, places, box, capacity: CAPACITY, onError })
    : undefined;
  try {
    await app.listen(listen);
  } catch (error) {
    await stopAll();
    return words.listenFailed(options.listen, error instanceof Error ? error.message : String(error));
  }
  deliverer = startDeliverer({ db, box, queue: queue.notifications, feed, base: here, onError: onTrouble });
  if (!hasPages) stderr.write(`${words.noPages}\n`);
  // Only now: a password that nobody has seen would be lost.
  const administrator = await makeFirstAdministrator(db);
  if (administrator !== undefined)
    stdout.write(`${words.firstAdministrator(administrator.name, administrator.password)}\n`);
  if (options.demo) {
    const { people, password } = await fillDemo(store, installation);
    stdout.write(`${words.demo(people, password)}\n`);
  }
  stdout.write(`${words.ready(urlOf(app.server.address() as AddressInfo))}\n`);
  return { stop: stopAll };
}

/** Addresses, networks and the names that Fastify's proxy-addr knows, separated by commas. */
function isProxyList(text: string): boolean {
  return text.split(",").every((part) => {
    const [address = "", bits] = part.trim().split("/");
    if (bits === undefined && ["loopback", "linklocal", "uniquelocal"].includes(address)) return true;
    const version = isIP(address);
    return version !== 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)));
  });
}

/** `address:port`, `[address]:port` or a port; port 0 is any free one. */
function parseListen(text: string): { host: string; port: number } | undefined {
  const [, bracketed, plain, port] = /^(?:(?:\[([\da-f:]+)\]|([^:[\]]+)):)?(\d{1,5})$/i.exec(text) ?? [];
  if (port === undefined || Number(port) > 65_535) return undefined;
  return { host: bracketed ?? plain ?? "127.0.0.1", port: Number(port) };
}

function urlOf({ address, port, family }: AddressInfo): string {
  const host = address === "0.0.0.0" || address === "::" ? "localhost" : family === "IPv6" ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
