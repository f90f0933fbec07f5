import { rmSync } from "node:fs";
import type { WorkOrder } from "../../src/contract/definitions.ts";
import { ConsoleClient } from "../console/console-client.ts";
import type { ConsoleProcess, ConsoleStart } from "../console/console-process.ts";
import { openConsole, PASSWORD, type OpenConsole } from "../console/open-console.ts";

export { PASSWORD };

/** A console for tests of what happens to requests: with an environment, a place, a user group, and no order yet. */
export interface Site extends OpenConsole {
  /** The user group that may submit the orders. */
  readonly developers: number;
  /** Makes an account in that group, with the password PASSWORD. */
  readonly hire: (name: string) => Promise<void>;
  /** Defines an order that developers may submit; returns its id. */
  readonly order: (name: string, mainTask: string, more?: Partial<WorkOrder>) => Promise<number>;
}

export async function openSite(start: ConsoleStart = {}): Promise<Site> {
  const open = await openConsole(start);
  const { admin, environment, configCentre } = open;
  const group = await admin.call("POST /user-groups", { body: { name: "developers" } });
  return {
    ...open,
    developers: group.id,
    hire: async (name) => {
      const body = { name, role: "submitter", groups: [group.id], password: "one-time-password" };
      await admin.call("POST /accounts", { body });
      await new ConsoleClient(open.console.url).signIn(name, body.password, PASSWORD);
    },
    order: async (name, mainTask, more = {}) => {
      const data = { name, environment, configCentre, submitters: [group.id], mainTask, ...more };
      return (await admin.define("work_order", data)).id;
    },
  };
}

/** Stops a console, where it was started at all, and removes its data. */
export async function closeConsole(console: ConsoleProcess | undefined): Promise<void> {
  await console?.stop();
  if (console !== undefined) rmSync(console.data, { recursive: true, force: true });
}
