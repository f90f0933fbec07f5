import { fail, ok } from "../../domain/result.ts";
import { placeFailure } from "./connection-failure.ts";
import { ConnectionPool, type Connect } from "./connection-pool.ts";
import type { Place } from "./place.ts";
import { remoteExec } from "./remote-exec.ts";
import type { ScriptRunner } from "./script-runner.ts";
import { spoolCommands } from "./spool-commands.ts";
import { rootWord } from "./spool-scripts.ts";
import { runFolderName } from "./spool-spec.ts";
import { followRemoteSpool } from "./ssh-follow.ts";

export interface SshPlaceOptions {
  readonly name: string;
  /** Absolute path of the folder that holds a folder a run; left out: see `Place.spoolRoot`. */
  readonly spoolRoot?: string;
  readonly connect: Connect;
}

/** A machine over SSH as a place for runs. Nothing need be installed there but what every Linux has. */
export function createSshPlace(options: SshPlaceOptions): Place {
  const place = options.name;
  const spoolRoot = options.spoolRoot?.replace(/\/+$/, "") ?? null;
  if (spoolRoot !== null && !spoolRoot.startsWith("/")) {
    throw new Error(`not an absolute path: ${JSON.stringify(spoolRoot)}`);
  }
  const pool = new ConnectionPool(place, options.connect);

  const run: ScriptRunner = async (script, { action, deadline, signal }) => {
    for (let tries = 0; ; tries += 1) {
      const lease = await pool.lease("command", signal);
      if (!lease.ok) return lease;
      const limits = { stdin: script, action, deadline, ...(signal === undefined ? {} : { signal }) };
      const result = await lease.value.connection.exec(["sh"], limits);
      const lost = !result.ok && result.failure.reason === "connection-lost";
      lease.value.release(lost ? "broken" : "sound");
      if (result.ok) return ok(result.value);
      // A connection that lay idle may have died meanwhile; all that runs here may be run twice.
      if (!lost || tries > 0) return fail(placeFailure(place, result.failure));
    }
  };

  return {
    name: place,
    spoolRoot,
    ...spoolCommands(place, spoolRoot, run),
    exec: (argv, limits) => remoteExec(place, run, argv, limits),
    follow: (name, from, signal, onReach) =>
      followRemoteSpool({ pool, root: rootWord(spoolRoot), run: runFolderName(name) }, from, signal, onReach),
    close: () => pool.close(),
  };
}
