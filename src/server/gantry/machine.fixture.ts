import { chmodSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { HomeTree } from "../../../test/fakes/command-line.ts";
import { json, serve, tagsServer } from "../../adapters/images/served-registry.fixture.ts";
import { createLocalPlace, taskEnvironment } from "../../adapters/place/local-place.ts";
import { createAdapters } from "../../gantry/adapters.ts";
import { gantryEnvironment } from "./gantry-at.ts";
import type { LocalGantryParts } from "./local-parts.ts";

const root = join(import.meta.dirname, "../../..");

/** A container as Docker lists it. */
export interface Listed {
  readonly name: string;
  readonly image: string;
  readonly state: "running" | "exited";
}

export interface Machine {
  readonly tree: HomeTree;
  /** What both ways of asking take. */
  readonly parts: LocalGantryParts;
}

/**
 * This machine as a config centre: real files, the real Gantry as a program, an image registry with these tags of
 * demo1, and three hosts (this machine under three names) with these containers. All of it ends with the test.
 */
export async function startMachine(containers: readonly Listed[], tags: readonly string[]): Promise<Machine> {
  const tree = new HomeTree();
  const socket = join(tree.path, "docker.sock");
  const registry = await serve(tagsServer(tags));
  await listen(socket, engine(containers));
  const url = `${registry.host}/`;
  tree.configure({ demo1: { DockerImageURL: url }, "my-demo2": { DockerImageURL: url }, web: {} });
  tree.write(
    "hosts",
    "[all:vars]\nansible_connection=local\n[demo1]\nlab1\nlab2\nlab3\n[demo:children]\ndemo1\n[none]\n",
  );
  tree.write("gantry", `#!/bin/sh\nexec '${process.execPath}' '${join(root, "src/cli/main.ts")}' "$@"\n`);
  const gantryProgram = join(tree.path, "gantry");
  chmodSync(gantryProgram, 0o755);
  onTestFinished(() => tree.remove());

  const env = { ...taskEnvironment(process.env), HOME: tree.path, DOCKER_HOST: `unix://${socket}` };
  const spoolRoot = join(tree.path, "spool");
  const place = createLocalPlace({ name: "local", spoolRoot, environment: env });
  const gantryEnv = gantryEnvironment({ gantryHome: tree.path, inventory: tree.inventory });
  return { tree, parts: { place, gantryProgram, gantryEnv, adapters: createAdapters(env), env, cwd: tree.path } };
}

/** As much of a Docker engine as looking takes. */
function engine(containers: readonly Listed[]): RequestListener {
  const listed = containers.map(({ name, image, state }, index) => ({
    Id: String(index).padStart(64, "0"),
    Names: [`/${name}`],
    Image: image,
    ImageID: "sha256:0",
    Command: "serve",
    Created: 0,
    State: state,
    Status: state === "running" ? "Up 3 minutes" : "Exited (0) 3 minutes ago",
    Labels: {},
  }));
  return (request, response) => {
    const path = request.url ?? "";
    if (path.endsWith("/_ping")) response.writeHead(200, { "api-version": "1.44" }).end("OK");
    else if (path.includes("/containers/json")) json(response, 200, listed);
    else if (path.endsWith("/version")) json(response, 200, { Version: "28.0.0", Arch: "amd64" });
    else if (path.includes("/distribution/"))
      json(response, 200, { Descriptor: { digest: `sha256:${"1".repeat(64)}` } });
    else json(response, 404, { message: `nothing at ${path}` });
  };
}

async function listen(socket: string, handler: RequestListener): Promise<void> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
}
