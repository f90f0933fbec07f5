import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseExitRecord } from "./exit-record.ts";
import type { SpoolFrame } from "./place.ts";

/** Bytes that are read at a time. */
const PIECE = 1024 * 1024;

/** The files of one spool on this machine, read only. A missing file is an empty one. */
export class LocalSpool {
  readonly folder: string;
  #limit: number | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** How the run has ended, if it has; all that it wrote can be read from then on. */
  async ending(): Promise<SpoolFrame | undefined> {
    const record = await this.#exit();
    if (record !== undefined) return record;
    if (await this.#supervised()) return undefined;
    // It may have written its record, or begun, since we asked.
    return (await this.#exit()) ?? ((await this.#supervised()) ? undefined : { kind: "lost" });
  }

  async cut(): Promise<boolean> {
    return (await this.#text("cut")) !== undefined;
  }

  /** Bytes of the log from an offset on, never beyond the limit; undefined at its end. */
  async log(offset: number): Promise<Buffer | undefined> {
    this.#limit ??= Number((await this.#text("limit")) ?? Number.NaN);
    return this.#read("log", offset, Number.isNaN(this.#limit) ? PIECE : this.#limit - offset);
  }

  async journal(offset: number): Promise<Buffer | undefined> {
    return this.#read("journal.ndjson", offset, PIECE);
  }

  async #read(name: string, offset: number, room: number): Promise<Buffer | undefined> {
    if (room <= 0) return undefined;
    const file = await present(open(join(this.folder, name)));
    if (file === undefined) return undefined;
    try {
      const length = Math.min(PIECE, room, (await file.stat()).size - offset);
      if (length <= 0) return undefined;
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, offset);
      return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  async #exit(): Promise<SpoolFrame | undefined> {
    const text = await this.#text("exit");
    if (text === undefined) return undefined;
    const record = parseExitRecord(text);
    return record === undefined ? { kind: "lost" } : { kind: "exit", ...record };
  }

  async #supervised(): Promise<boolean> {
    const [pid = "", born, boot] = ((await this.#text("pgid")) ?? "").trim().split(" ");
    if (!/^\d+$/.test(pid)) return false;
    const bootNow = (await present(readFile("/proc/sys/kernel/random/boot_id", "utf8")))?.trim();
    const stat = await present(readFile(`/proc/${pid}/stat`, "utf8"));
    if (stat === undefined || boot !== bootNow) return false;
    // proc(5): behind the name in brackets come field 3, the state, and so on to 22, the start time.
    const fields = stat.slice(stat.lastIndexOf(") ") + 2).split(" ");
    return fields[0] !== "Z" && fields[0] !== "X" && fields[19] === born;
  }

  #text(name: string): Promise<string | undefined> {
    return present(readFile(join(this.folder, name), "utf8"));
  }
}

/** Undefined where there is no such file or process. */
async function present<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))
      return undefined;
    throw error;
  }
}
