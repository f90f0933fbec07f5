import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { lockDataFolder } from "../../adapters/postgres/data-folder-lock.ts";
import { startBundledPostgres } from "../../adapters/postgres/bundled-postgres.ts";
import { fail, ok, type Result } from "../../domain/result.ts";
import { keepPostgres } from "./keep-postgres.ts";
import { opensSecrets } from "./sealed-check.ts";
import { openSecretBox, type SecretBox } from "../secrets/secret-box.ts";
import type { SecretKeyFailure } from "../secrets/secret-key.ts";
import { migrate, openDatabase, type Database, type DatabaseAddress } from "../store/database.ts";
import type { StartWords } from "../words/start-words.ts";

/** Seconds until the bundled PostgreSQL must be ready; recovery after a crash takes longest. */
const READY = 60;

/** The database, ready and up to date, and the box that secrets in it are kept in. */
export interface OpenStore {
  readonly db: Database;
  readonly address: DatabaseAddress;
  readonly bundled: boolean;
  readonly box: SecretBox;
  /** Closes the pool; the console also ends the PostgreSQL that it has started. */
  readonly close: () => Promise<void>;
}

export interface StoreOptions {
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  /** A console has the data folder to itself and makes what is missing; a worker only joins. */
  readonly role: "console" | "worker";
  readonly words: StartWords;
  readonly onError: (error: Error) => void;
}

/** Opens DATABASE_URL, or the bundled server in the data folder. The failure is a message for the person who starts. */
export async function openStore(options: StoreOptions): Promise<Result<OpenStore, string>> {
  const url = options.env["DATABASE_URL"];
  const opened = url === undefined || url === "" ? await useBundled(options) : await useOwn(url, options);
  if (!opened.ok || (await opensSecrets(opened.value.db, opened.value.box))) return opened;
  await opened.value.close();
  return fail(options.words.otherKey);
}

async function useBundled(options: StoreOptions): Promise<Result<OpenStore, string>> {
  const { dataFolder, role, words, onError } = options;
  if (role === "worker" && !existsSync(join(dataFolder, "postgres"))) return fail(words.workerNeedsDatabase);
  const lock = role === "console" ? lockDataFolder(dataFolder) : undefined;
  if (lock !== undefined && !lock.ok) return fail(words.dataFolder(lock.failure));
  const release = (): void => {
    if (lock?.ok) lock.value.release();
  };
  const box = openBox(options);
  if (!box.ok) {
    release();
    return box;
  }
  const started = await startBundledPostgres({ dataFolder, deadline: READY });
  if (!started.ok) {
    release();
    return fail(words.postgres(started.failure));
  }
  let postgres = started.value;
  const db = openDatabase(postgres.connection, `gantry-${role}`, onError);
  const startAgain = async (): Promise<void> => {
    const again = await startBundledPostgres({ dataFolder, deadline: READY });
    if (again.ok) postgres = again.value;
    else onError(new Error(words.postgres(again.failure)));
  };
  const kept = role === "console" ? keepPostgres(postgres.connection, startAgain, onError) : undefined;
  const close = async (): Promise<void> => {
    await kept?.stop();
    await db.destroy();
    if (role === "console") await postgres.stop();
    release();
  };
  try {
    if (role === "console") await migrate(db);
  } catch (error) {
    await close();
    throw error;
  }
  return ok({ db, address: postgres.connection, bundled: true, box: box.value, close });
}

async function useOwn(url: string, options: StoreOptions): Promise<Result<OpenStore, string>> {
  const { role, words, onError } = options;
  const box = openBox(options);
  if (!box.ok) return box;
  const db = openDatabase({ url }, `gantry-${role}`, onError);
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    return fail(words.databaseFailed(withoutPassword(error instanceof Error ? error.message : String(error), url)));
  }
  return ok({ db, address: { url }, bundled: false, box: box.value, close: () => db.destroy() });
}

function openBox({ dataFolder, env, words }: StoreOptions): Result<SecretBox, string> {
  const key = env["GANTRY_SECRET_KEY"];
  if (key === undefined || key === "") mkdirSync(dataFolder, { recursive: true });
  const box = openSecretBox(key === undefined || key === "" ? { keyFile: join(dataFolder, "secret.key") } : { key });
  return box.ok ? box : fail(words.secretKey(keyProblem(box.failure)));
}

function keyProblem(failure: SecretKeyFailure): string {
  if (failure.reason === "key-malformed")
    return `${failure.file ?? "GANTRY_SECRET_KEY"} must be base64 of 32 bytes, such as ${randomBytes(32).toString("base64")}`;
  if (failure.reason === "key-exposed")
    return `${failure.file} has mode ${failure.mode}, so others may read it. chmod 600 ${failure.file}`;
  return `${failure.file}: ${failure.detail}`;
}

/** An error must not show the password of the URL. */
export function withoutPassword(text: string, url: string): string {
  const password = URL.canParse(url) ? decodeURIComponent(new URL(url).password) : "";
  return password === "" ? text : text.replaceAll(password, "******");
}
