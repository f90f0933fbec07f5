import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import { makeDataFolder } from "./data-folder.ts";
import { tryLock } from "./file-lock.ts";

/** Held until released or until the process ends: no second console works on the same data folder. */
export interface DataFolderLock {
  /** The real path of the folder. */
  readonly folder: string;
  release(): void;
}

/** The console that has the data folder. */
interface DataFolderHolder {
  readonly pid: number;
  readonly machine: string;
  /** ISO 8601. */
  readonly since: string;
}

export type DataFolderFailure =
  | { readonly reason: "data-folder-taken"; readonly folder: string; readonly holder: DataFolderHolder | undefined }
  | { readonly reason: "data-folder-unusable"; readonly folder: string; readonly detail: string };

/** Takes the data folder for this process, making it when it is absent; the failure names who has it, since when. */
export function lockDataFolder(dataFolder: string): Result<DataFolderLock, DataFolderFailure> {
  try {
    const folder = makeDataFolder(dataFolder);
    const holderFile = join(folder, "console.json");
    const lock = tryLock(join(folder, "console.lock"));
    if (lock === undefined) return fail({ reason: "data-folder-taken", folder, holder: readHolder(holderFile) });
    try {
      writeHolder(holderFile);
    } catch (error) {
      lock.release();
      throw error;
    }
    const release = (): void => {
      rmSync(holderFile, { force: true });
      lock.release();
    };
    return ok({ folder, release });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return fail({ reason: "data-folder-unusable", folder: dataFolder, detail: error.message });
  }
}

function writeHolder(path: string): void {
  const holder: DataFolderHolder = { pid: process.pid, machine: hostname(), since: new Date().toISOString() };
  const aside = `${path}.new`;
  writeFileSync(aside, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  renameSync(aside, path);
}

/** Undefined in the moment in which the holder has the lock and has not written its name yet. */
function readHolder(path: string): DataFolderHolder | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as DataFolderHolder;
  } catch {
    return undefined;
  }
}
