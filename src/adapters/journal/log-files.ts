import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { RunEvent } from "../../engine/events.ts";
import { AppendFile } from "./append-file.ts";
import { keepJournal, keepLiveJournal } from "./journal.ts";

/** What a run leaves behind on the control machine. */
export interface LogFiles {
  /** The Ansible look, for people and log viewers. */
  readonly log: AppendFile;
  /** Keeps an event in the journal beside it: one JSON object a line. */
  readonly record: (event: RunEvent) => void;
  close(): void;
}

/** A journal that somebody reads while the run goes on. */
export interface LiveJournal {
  readonly path: string;
  readonly record: (event: RunEvent) => void;
  close(): void;
}

export interface LogFilesProblem {
  readonly path: string;
  readonly detail: string;
}

/**
 * Opens `<folder>/pl_deploy_docker.log.<name>` and the journal beside it, creating the folder if need be.
 * Fails with the path and the file system's words.
 */
export function openLogFiles(folder: string, name: string): Result<LogFiles, LogFilesProblem> {
  const path = join(folder, `pl_deploy_docker.log.${name}`);
  return opened(path, () => {
    makeFolders(folder);
    const log = new AppendFile(path);
    const journal = new AppendFile(`${path}.ndjson`);
    const close = (): void => {
      log.close();
      journal.close();
    };
    return { log, record: keepJournal(journal), close };
  });
}

/**
 * Opens a journal with signs of life at this very path, whose folder must be there; what is in it already stays.
 * Fails where there is something else than a file: a named pipe would hold up the run until somebody reads.
 */
export function openLiveJournal(path: string): Result<LiveJournal, LogFilesProblem> {
  return opened(path, () => {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) throw new Error("not a regular file");
    const file = new AppendFile(path);
    return { path, record: keepLiveJournal(file), close: () => file.close() };
  });
}

/** Why log files cannot be written into a folder (which is made if need be); undefined when they can. */
export function checkLogFolder(folder: string): string | undefined {
  try {
    makeFolders(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function opened<T>(path: string, open: () => T): Result<T, LogFilesProblem> {
  try {
    return ok(open());
  } catch (error) {
    return fail({ path, detail: error instanceof Error ? error.message : String(error) });
  }
}

/** Makes a folder and those above it. With `recursive`, mkdirSync never comes back from places like /proc/x (Node 20 to 26). */
function makeFolders(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolders(parent);
  if (!existsSync(folder)) mkdirSync(folder);
}
