import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "../../domain/result.ts";

export interface LogFiles {
  /** The Ansible look, for people and log viewers. */
  readonly log: AppendFile;
  /** Every event, one JSON object a line. */
  readonly journal: AppendFile;
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
    writeSync(this.#descriptor, text);
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
    mkdirSync(folder, { recursive: true });
    return ok({ log: new AppendFile(path), journal: new AppendFile(`${path}.ndjson`) });
  } catch (error) {
    return fail({ path, detail: error instanceof Error ? error.message : String(error) });
  }
}
