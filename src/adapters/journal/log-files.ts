import { accessSync, closeSync, constants, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { RunEvent } from "../../engine/events.ts";
import { keepJournal } from "./journal.ts";

/** What a run leaves behind on the control machine. */
export interface LogFiles {
  /** The Ansible look, for people and log viewers. */
  readonly log: AppendFile;
  /** Keeps an event in the journal beside it: one JSON object a line. */
  readonly record: (event: RunEvent) => void;
  close(): void;
}

export interface LogFilesProblem {
  readonly path: string;
  readonly detail: string;
}

/** A file that only grows; a write is in the file when the call returns, and on the disk after `sync`. */
export class AppendFile {
  readonly path: string;
  readonly #descriptor: number;

  /** Opens or creates the file; throws what the file system says. */
  constructor(path: string) {
    this.path = path;
    this.#descriptor = openSync(path, "a", 0o644);
  }

  write(text: string): void {
    const bytes = Buffer.from(text);
    // On a disk that is nearly full a write may take only a part.
    for (let done = 0; done < bytes.length;) done += writeSync(this.#descriptor, bytes, done);
  }

  sync(): void {
    fsyncSync(this.#descriptor);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/**
 * Opens `<folder>/pl_deploy_docker.log.<name>` and the journal beside it, creating the folder if need be.
 * Fails with the path and the file system's words.
 */
export function openLogFiles(folder: string, name: string): Result<LogFiles, LogFilesProblem> {
  const path = join(folder, `pl_deploy_docker.log.${name}`);
  try {
    makeFolders(folder);
    const log = new AppendFile(path);
    const journal = new AppendFile(`${path}.ndjson`);
    const close = (): void => {
      log.close();
      journal.close();
    };
    return ok({ log, record: keepJournal(journal), close });
  } catch (error) {
    return fail({ path, detail: error instanceof Error ? error.message : String(error) });
  }
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

/** Makes a folder and those above it. With `recursive`, mkdirSync never comes back from places like /proc/x (Node 20 to 26). */
function makeFolders(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolders(parent);
  if (!existsSync(folder)) mkdirSync(folder);
}
