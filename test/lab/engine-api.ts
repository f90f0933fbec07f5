import { request } from "node:http";

/** What the engine answered; `body` is its text, JSON for most calls. */
export interface EngineAnswer {
  readonly status: number;
  readonly body: string;
  /** Highest API version the engine speaks, for example `1.41`. */
  readonly apiVersion: string;
}

/** One call to a Docker engine on its socket. Throws when nothing answers within `seconds` (default 30). */
export function callEngine(socketPath: string, method: string, path: string, seconds = 30): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method, path, timeout: seconds * 1000 }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => (body += text));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, body, apiVersion: String(response.headers["api-version"] ?? "") });
      });
    });
    call.on("timeout", () => call.destroy(new Error(`lab: no answer after ${seconds}s: ${method} ${path}`)));
    call.on("error", reject);
    call.end();
  });
}

/**
 * Removes all containers (running, paused, ...), images, networks and volumes that the engine at this socket has.
 * @throws what the engine said when something of it stays
 */
export async function emptyEngine(socketPath: string): Promise<void> {
  const { apiVersion } = await callEngine(socketPath, "GET", "/_ping");
  const call = async (method: string, path: string): Promise<string> => {
    const { status, body } = await callEngine(socketPath, method, `/v${apiVersion}${path}`, 60);
    if (status >= 400 && status !== 404) throw new Error(`lab: reset: ${method} ${path}: ${status} ${body.trim()}`);
    return body;
  };
  const ids = async (path: string): Promise<readonly string[]> =>
    (JSON.parse(await call("GET", path)) as readonly { readonly Id: string }[]).map(({ Id }) => Id);
  await Promise.all(
    (await ids("/containers/json?all=1")).map((id) => call("DELETE", `/containers/${id}?force=1&v=1`)),
  );
  for (const id of await ids("/images/json")) await call("DELETE", `/images/${id}?force=1`);
  await call("POST", "/networks/prune");
  await call("POST", "/volumes/prune?filters=%7B%22all%22%3A%7B%22true%22%3Atrue%7D%7D");
}
