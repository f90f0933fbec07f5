import { existsSync } from "node:fs";
import { join } from "node:path";
import { lockDataFolder } from "../../adapters/postgres/data-folder-lock.ts";
import { startBundledPostgres } from "../../adapters/postgres/bundled-postgres.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { migrate, openDatabase, type Database } from "../store/database.ts";
import type { StartWords } from "../words/start-words.ts";
import { withoutPassword } from "./open-store.ts";

/** Seconds until the bundled PostgreSQL must be ready. */
const READY = 60;

export interface ExistingDatabase {
  readonly db: Database;
  /** Closes the pool, and ends the PostgreSQL that was started for it. */
  readonly close: () => Promise<void>;
}

interface ExistingOptions {
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly words: StartWords;
  readonly onError: (error: Error) => void;
}

/**
 * Opens the database of a console for a command that is done in a moment, whether the console runs or not: DATABASE_URL,
 * or the bundled server in the data folder. Needs no secret key, and makes no database. The failure is a message.
 */
export async function openExisting(options: ExistingOptions): Promise<Result<ExistingDatabase, string>> {
  const url = options.env["DATABASE_URL"];
  return url === undefined || url === "" ? openBundled(options) : openOwn(url, options);
}

async function openOwn(url: string, { words, onError }: ExistingOptions): Promise<Result<ExistingDatabase, string>> {
  const db = openDatabase({ url }, "gantry-command", onError);
  try {
    await migrate(db);
    return ok({ db, close: () => db.destroy() });
  } catch (error) {
    await db.destroy();
    return fail(words.databaseFailed(withoutPassword(error instanceof Error ? error.message : String(error), url)));
  }
}

async function openBundled({ dataFolder, words, onError }: ExistingOptions): Promise<Result<ExistingDatabase, string>> {
  if (!existsSync(join(dataFolder, "postgres"))) return fail(words.noDatabase(dataFolder));
  // Held where no console runs, so that none starts on a server that is about to end.
  const lock = lockDataFolder(dataFolder);
  if (!lock.ok && lock.failure.reason !== "data-folder-taken") return fail(words.dataFolder(lock.failure));
  const release = (): void => {
    if (lock.ok) lock.value.release();
  };
  const started = await startBundledPostgres({ dataFolder, deadline: READY });
  if (!started.ok) {
    release();
    return fail(words.postgres(started.failure));
  }
  const postgres = started.value;
  const db = openDatabase(postgres.connection, "gantry-command", onError);
  const close = async (): Promise<void> => {
    await db.destroy();
    if (lock.ok && !postgres.reused) await postgres.stop();
    release();
  };
  try {
    // A console that runs has done so at its start.
    if (lock.ok) await migrate(db);
    return ok({ db, close });
  } catch (error) {
    await close();
    throw error;
  }
}
