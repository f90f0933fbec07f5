import type { Outcome } from "../../engine/errors.ts";
import { attempt, unwrap } from "../../engine/errors.ts";
import type { Connection, HostIdentity } from "../../engine/ports.ts";

const DEADLINE = 30;

/** The kernel's own tables: they are there on every Linux, whatever is installed, and need no rights. */
const SCRIPT = "uname -n; cat /proc/net/fib_trie /proc/net/if_inet6 2>/dev/null; exit 0";

/** The hostname and addresses of a connected host, and the address by which it is reached. */
export function readHostIdentity(connection: Connection): Promise<Outcome<HostIdentity>> {
  return attempt(async () => {
    const options = { action: "uname -n", deadline: DEADLINE };
    const { stdout } = unwrap(await connection.exec(["sh", "-c", SCRIPT], options));
    const [hostname = "", ...tables] = stdout.split("\n");
    const { address, name } = connection.host;
    const reached = [address, name].filter((each) => /^[\d.]+$|:/.test(each));
    return { hostname: hostname.trim(), addresses: [...new Set([...reached, ...addressesIn(tables)])] };
  });
}

/**
 * The addresses in /proc/net/fib_trie (a line with the address, then `/32 host LOCAL`) and /proc/net/if_inet6 (32
 * hexadecimal digits, index, prefix length, scope, flags, name); those of the loopback are left out.
 */
export function addressesIn(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, index) => {
    const v4 = /^\s*\|-- ([\d.]+)$/.exec(line)?.[1];
    if (v4 !== undefined) {
      return /\/32 host LOCAL/.test(lines[index + 1] ?? "") && !v4.startsWith("127.") ? [v4] : [];
    }
    const v6 = /^([0-9a-f]{32}) \S+ \S+ \S+ \S+ +(\S+)$/.exec(line);
    return v6?.[1] === undefined || v6[2] === "lo" ? [] : [shortForm(v6[1])];
  });
}

/** `fe800000000000000000000000000001` as `fe80::1` (RFC 5952, by the URL parser). */
function shortForm(digits: string): string {
  const groups = digits.match(/.{4}/g) ?? [];
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}
