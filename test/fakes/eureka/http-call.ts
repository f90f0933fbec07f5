import type { IncomingMessage } from "node:http";
import type { Call } from "./routes.ts";
import type { Login } from "./options.ts";

/** Reads a request to its end; undefined when it is not below the base path. */
export async function readCall(request: IncomingMessage, basePath: string): Promise<Call | undefined> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += String(chunk);
  const url = new URL(request.url ?? "/", "http://eureka");
  const below = basePaths(basePath).find((base) => url.pathname === base || url.pathname.startsWith(`${base}/`));
  if (below === undefined) return undefined;
  return {
    method: request.method ?? "",
    path: url.pathname.slice(below.length).split("/").filter(Boolean).map(decodeURIComponent),
    query: url.searchParams,
    format: (request.headers.accept ?? "").includes("json") ? "json" : "xml",
    contentType: request.headers["content-type"] ?? "",
    body,
    isReplication: request.headers["x-netflix-discovery-replication"] === "true",
  };
}

/** Spring's server answers below /eureka/v2 too. */
function basePaths(basePath: string): readonly string[] {
  return basePath === "/eureka" ? ["/eureka/v2", "/eureka"] : [basePath];
}

/** 401 without the right login, 406 when neither JSON nor XML is accepted, else undefined. */
export function refusalOf(
  request: IncomingMessage,
  call: Call | undefined,
  login: Login | undefined,
): number | undefined {
  if (login !== undefined) {
    const expected = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString("base64")}`;
    if (request.headers.authorization !== expected) return 401;
  }
  if (call === undefined) return undefined;
  const accepted = request.headers.accept ?? "*/*";
  return /\*\/\*|application\/(\*|json|xml)(?![\w+])/.test(accepted) ? undefined : 406;
}
