import { readFile } from "node:fs/promises";
import { must } from "./command.ts";

/** Makes an ed25519 key pair, `file` and `file.pub`, and returns the public line (`ssh-ed25519 AAAA...`). */
export async function makeKey(file: string, comment: string): Promise<string> {
  await must(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file]);
  const [type = "", key = ""] = (await readFile(`${file}.pub`, "utf8")).split(" ");
  return `${type} ${key}`;
}
