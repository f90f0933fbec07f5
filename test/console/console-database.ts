import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { openDatabase, type Database, type DatabaseAddress } from "../../src/server/store/database.ts";

/** The bundled database of a running console, to look into it and to move times in it. Closed by who opens it. */
export function openConsoleDatabase(dataFolder: string): Database {
  const printed = execFileSync(process.execPath, [join(import.meta.dirname, "connection.ts"), dataFolder], {
    encoding: "utf8",
    timeout: 30_000,
  });
  return openDatabase(JSON.parse(printed) as DatabaseAddress, "gantry-test", () => undefined);
}
