import { userInfo } from "node:os";
import type { Host } from "../../domain/host.ts";
import { startChild } from "./child.ts";
import { Children, type Reach } from "./connection.ts";
import { openLocalTcp } from "./tcp-stream.ts";

/** This machine (`ansible_connection=local`): no ssh, Docker where DOCKER_HOST says. */
export function localReach(host: Host, environment: NodeJS.ProcessEnv): Reach {
  const children = new Children();
  let closed = false;
  return {
    host,
    become: host.become?.user === userInfo().username ? undefined : host.become,
    // Our own deadline is enough: no network can come between.
    timeLimit: "",
    dockerSocketPath: localDockerSocket(environment["DOCKER_HOST"]),
    launch: ([program = "", ...args]) => children.add(startChild(program, args, environment)),
    lostBecause: () => (closed ? "closed" : undefined),
    openTcp: (address, port) => openLocalTcp(host.name, address, port),
    close: () => {
      closed = true;
      return children.end();
    },
  };
}

/** Anything but a unix socket (tcp://, ssh://) is left to the docker program. */
function localDockerSocket(dockerHost: string | undefined): string | undefined {
  if (dockerHost === undefined || dockerHost === "") return "/var/run/docker.sock";
  return dockerHost.startsWith("unix://") ? dockerHost.slice("unix://".length) : undefined;
}
