import { fail, ok } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import type { Connection, TcpConnection } from "../../engine/ports.ts";

const DEADLINE = 15;

/**
 * The established connections to a container's ports, looked at in its own network namespace. Needs root on the host
 * and iproute2's `ss`; where they are missing, the failure `connections-unseen` says which.
 */
export async function readConnections(
  connection: Connection,
  pid: number,
  ports: readonly number[],
  signal: AbortSignal,
): Promise<Outcome<readonly TcpConnection[]>> {
  const filter = ports.map((port) => `sport = :${port}`).join(" or ");
  const argv = ["nsenter", "-t", String(pid), "-n", "ss", "-tinH", "state", "established", `( ${filter} )`];
  const result = await connection.exec(argv, { action: "ss", deadline: DEADLINE, signal });
  if (!result.ok) return result;
  const { exitCode, stdout, stderr } = result.value;
  if (exitCode !== 0) {
    const detail = stderr.trim().split("\n").at(-1) ?? "";
    return fail({
      reason: "connections-unseen",
      host: connection.host.name,
      detail: detail || `exit code ${exitCode}`,
    });
  }
  return ok(connectionsIn(stdout));
}

/**
 * Reads `ss -tinH`: for each connection a line `0 0 local:port peer:port`, then an indented one with what the kernel
 * knows of it, among that `lastsnd:<ms>` and `lastrcv:<ms>`, which both begin with the connection, and the numbers of
 * segments with data, `data_segs_in` and `data_segs_out`; what is 0 is left out (tcp_info of tcp(7)).
 */
export function connectionsIn(output: string): readonly TcpConnection[] {
  const lines = output.split("\n");
  return lines.flatMap((line, index) => {
    const peer = /^\d+\s+\d+\s+\S+\s+(\S+)/.exec(line.trim())?.[1];
    if (peer === undefined || /^\s/.test(line)) return [];
    const next = lines[index + 1] ?? "";
    const facts = /^\s/.test(next) ? next : line;
    const number = (name: string): number => Number(new RegExp(`\\b${name}:(\\d+)`).exec(facts)?.[1] ?? 0);
    const unanswered = number("data_segs_in") > 0 && number("data_segs_out") === 0;
    return [
      {
        peer: peer.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1"),
        sent: number("lastsnd"),
        received: number("lastrcv"),
        ...(unanswered ? { unanswered } : {}),
      },
    ];
  });
}
