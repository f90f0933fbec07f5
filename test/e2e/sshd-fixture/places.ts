import { readFileSync } from "node:fs";
import { join } from "node:path";
import { centreHost, type CentreLogin } from "../../../src/adapters/place/centre-host.ts";
import type { Place } from "../../../src/adapters/place/place.ts";
import { createSshPlace } from "../../../src/adapters/place/ssh-place.ts";
import { createTransport } from "../../../src/adapters/ssh/transport.ts";
import type { SshdHost } from "./sshd-host.ts";

/** How a config centre signs in at an sshd of ours, by its key and with its host key pinned. */
export function loginAt(target: SshdHost, changes: Partial<CentreLogin> = {}): CentreLogin {
  return {
    name: "centre",
    address: target.address,
    port: target.port,
    user: "plain",
    privateKey: readFileSync(target.clientKey, "utf8"),
    password: "",
    hostKey: readFileSync(join(target.dir, "host-key.pub"), "utf8"),
    ...changes,
  };
}

/** Places as the console opens them; `close` closes all of them and removes their private files. */
export interface OpenPlaces {
  open(login: CentreLogin, spoolRoot?: string): Promise<Place>;
  close(): Promise<void>;
}

export function openPlaces(): OpenPlaces {
  const transport = createTransport();
  const closing: (() => Promise<void> | void)[] = [];
  return {
    open: async (login, spoolRoot) => {
      const made = await centreHost(login);
      if (!made.ok) throw new Error(JSON.stringify(made.failure));
      const place = createSshPlace({
        name: "centre",
        ...(spoolRoot === undefined ? {} : { spoolRoot }),
        connect: (signal) => transport.connect(made.value.host, { deadline: 5, signal }),
      });
      closing.push(() => place.close(), made.value.remove);
      return place;
    },
    close: async () => {
      for (const close of closing) await close();
      await transport.close();
    },
  };
}
