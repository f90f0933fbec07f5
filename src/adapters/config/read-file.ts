import { readFile } from "node:fs/promises";
import { fail, ok, type Result } from "../../domain/result.ts";
import type { LookupProblem } from "./problems.ts";

const strict = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8");

/** Reads a text file. A file that is not there is `undefined`; one that cannot be read, or is not UTF-8, is a problem. */
export async function readTextFile(file: string): Promise<Result<string | undefined, LookupProblem>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return code === "ENOENT" || code === "ENOTDIR" ? ok(undefined) : fail({ code: "unreadable", file, detail: code });
  }
  try {
    return ok(strict.decode(bytes));
  } catch {
    return fail({ code: "not-utf8", file, ...firstBadCharacter(bytes) });
  }
}

/** Chinese text in GBK is what is usually met; the place is that of its first byte that cannot be UTF-8. */
function firstBadCharacter(bytes: Buffer): { readonly line: number; readonly column: number } {
  const before = lenient.decode(bytes).split("\ufffd", 1)[0] ?? "";
  const lines = before.split("\n");
  return { line: lines.length, column: Array.from(lines.at(-1) ?? "").length + 1 };
}
