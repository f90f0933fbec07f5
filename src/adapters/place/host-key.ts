import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { fail, ok } from "../../domain/result.ts";
import type { PlaceFailureReason, PlaceResult } from "./place.ts";

/** A public key by which an ssh server proves who it is. */
export interface HostKey {
  /** For example `ssh-ed25519`. */
  readonly type: string;
  /** Base64. */
  readonly key: string;
  /** `SHA256:..`, as `ssh-keygen -l` shows it. */
  readonly fingerprint: string;
}

/** The keys in a text with a key a line, `type base64`, as they are pinned; a host name before them is left out. */
export function hostKeysIn(text: string): readonly HostKey[] {
  return text.split("\n").flatMap((line) => {
    const [, type = "", key = ""] =
      /^(?:[^#\s]\S*\s+)?((?:ssh|ecdsa|sk-ssh|sk-ecdsa)-\S+)\s+([A-Za-z0-9+/]+=*)(?:\s|$)/.exec(line.trim()) ?? [];
    const bytes = Buffer.from(key, "base64");
    // The key's own bytes begin with its type (RFC 4253 section 6.6).
    if (type === "" || bytes.subarray(4, 4 + type.length).toString("latin1") !== type) return [];
    const fingerprint = createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "");
    return [{ type, key, fingerprint: `SHA256:${fingerprint}` }];
  });
}

/** Keys in the form in which they are pinned. */
export function hostKeyText(keys: readonly HostKey[]): string {
  return keys.map(({ type, key }) => `${type} ${key}\n`).join("");
}

/**
 * What a server's keys are to the pinned ones: `new` when none is pinned, `pinned` when every key of a pinned type is
 * the pinned one, else `changed`.
 */
export function compareHostKeys(pinned: readonly HostKey[], seen: readonly HostKey[]): "new" | "pinned" | "changed" {
  if (pinned.length === 0) return "new";
  const known = new Map(pinned.map(({ type, key }) => [type, key]));
  const common = seen.filter(({ type }) => known.has(type));
  return common.length > 0 && common.every(({ type, key }) => known.get(type) === key) ? "pinned" : "changed";
}

/** Asks an ssh server for its keys, without signing in; `deadline` in seconds. Failures: unreachable, program-missing, bad-value. */
export function scanHostKey(address: string, port: number, deadline: number): Promise<PlaceResult<readonly HostKey[]>> {
  const place = address;
  const failed = (reason: PlaceFailureReason, detail: string): PlaceResult<never> => fail({ reason, place, detail });
  if (!/^[A-Za-z0-9_[:][\w.:%\][-]*$/.test(address)) {
    return Promise.resolve(failed("bad-value", `not an address: ${JSON.stringify(address)}`));
  }
  const seconds = Math.max(1, Math.ceil(deadline));
  const args = ["-T", String(seconds), "-p", String(port), address];
  return new Promise((resolve) => {
    execFile("ssh-keyscan", args, { timeout: deadline * 1000, killSignal: "SIGKILL" }, (error, stdout, stderr) => {
      const keys = hostKeysIn(stdout);
      if (keys.length > 0) return resolve(ok(keys.toSorted((a, b) => a.type.localeCompare(b.type))));
      if (error !== null && "code" in error && error.code === "ENOENT") {
        return resolve(failed("program-missing", "ssh-keyscan (a part of OpenSSH's client)"));
      }
      const words = stderr.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
      const late = error !== null && "killed" in error && error.killed;
      const silence = late ? `no answer within ${deadline} s` : "no ssh server answers there";
      resolve(failed("unreachable", late ? silence : (words.at(-1) ?? silence)));
    });
  });
}
