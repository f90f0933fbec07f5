import type { Host } from "../../domain/host.ts";
import { sessionArguments, streamArguments } from "./arguments.ts";
import { startChild } from "./child.ts";
import { Children, type Reach } from "./connection.ts";
import type { Master } from "./master.ts";
import { openForwardedTcp } from "./tcp-stream.ts";

/** A host behind an ssh master. When the master dies, every process that uses it is ended. */
export function sshReach(host: Host, master: Master, program: string, environment: NodeJS.ProcessEnv): Reach {
  const children = new Children();
  const { control, docker } = master.paths;
  const start = (args: readonly string[]): ReturnType<typeof startChild> =>
    children.add(startChild(program, args, environment));
  void master.ended.then(() => children.end());
  return {
    host,
    become: host.become?.user === master.user ? undefined : host.become,
    timeLimit: master.timeLimit,
    dockerSocketPath: docker,
    launch: (command) => start(sessionArguments(control, host.address, command)),
    lostBecause: () => master.lostBecause(),
    openTcp: (address, port) =>
      openForwardedTcp(
        start(streamArguments(control, host.address, address, port)),
        { host: host.name, address, port },
        master,
      ),
    close: async () => {
      await Promise.all([master.close(), children.end()]);
    },
  };
}
