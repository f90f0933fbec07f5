import { createServer, type Server } from "node:http";

/** A container of the engine's. */
export interface EngineContainer {
  name: string;
  image: string;
  state: "running" | "exited";
  labels?: Readonly<Record<string, string>>;
  /** Unix milliseconds. */
  created?: number;
  started?: number;
}

/** As much of a Docker engine as looking, stopping and starting takes, on a socket; what it holds may be changed. */
export class FakeEngine {
  readonly containers: EngineContainer[];
  readonly #server: Server;

  constructor(containers: readonly EngineContainer[]) {
    this.containers = [...containers];
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://docker");
      const path = pathname.replace(/^\/v[\d.]+/, "");
      const answer = (status: number, body?: unknown): void => {
        response.writeHead(status, { "content-type": "application/json", "api-version": "1.44" });
        response.end(body === undefined ? undefined : JSON.stringify(body));
      };
      const [, , name = "", action] = path.split("/");
      const container = this.find(name);
      if (path === "/_ping") answer(200, "OK");
      else if (path === "/version") answer(200, { Version: "28.0.0", Arch: "amd64" });
      else if (path === "/containers/json") answer(200, this.containers.map(listed));
      else if (container === undefined) answer(404, { message: `nothing at ${path}` });
      else if (action === "json") answer(200, inspected(container));
      else if (action === "start" || action === "stop") {
        Object.assign(container, action === "start" ? { state: "running", started: Date.now() } : { state: "exited" });
        answer(204);
      } else answer(200, "");
    });
  }

  find(name: string): EngineContainer | undefined {
    return this.containers.find((each) => each.name === name);
  }

  listen(socket: string): Promise<void> {
    return new Promise((resolve) => this.#server.listen(socket, resolve));
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function listed({ name, image, state, labels = {}, created = Date.now() }: EngineContainer) {
  return {
    Id: name,
    Names: [`/${name}`],
    Image: image,
    ImageID: `sha256:${image}`,
    Command: "serve",
    Created: Math.floor(created / 1000),
    State: state,
    Status: state === "running" ? "Up 3 minutes" : "Exited (0) 3 minutes ago",
    Labels: labels,
  };
}

function inspected({ name, image, state, started = 0 }: EngineContainer) {
  return {
    Id: name,
    Name: `/${name}`,
    Image: `sha256:${image}`,
    RestartCount: 0,
    Config: {},
    HostConfig: {},
    NetworkSettings: {},
    State: {
      Status: state,
      ExitCode: 0,
      OOMKilled: false,
      Error: "",
      StartedAt: new Date(started).toISOString(),
      FinishedAt: "0001-01-01T00:00:00Z",
    },
  };
}
