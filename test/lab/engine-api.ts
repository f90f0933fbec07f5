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
  const containers: readonly WithId[] = JSON.parse(await call("GET", "/containers/json?all=1"));
  await Promise.all(containers.map(({ Id }) => call("DELETE", `/containers/${Id}?force=1&v=1`)));
  const images: readonly WithId[] = JSON.parse(await call("GET", "/images/json"));
  for (const { Id } of images) await call("DELETE", `/images/${Id}?force=1`);
  const { Volumes }: VolumeList = JSON.parse(await call("GET", "/volumes"));
  for (const { Name } of Volumes ?? []) await call("DELETE", `/volumes/${Name}?force=1`);
  await call("POST", "/networks/prune");
}

interface WithId {
  readonly Id: string;
}

interface VolumeList {
  readonly Volumes: readonly { readonly Name: string }[] | null;
}
