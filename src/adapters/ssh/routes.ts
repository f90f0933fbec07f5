import { execFile } from "node:child_process";
import type { Host } from "../../domain/host.ts";
import { settingsArguments } from "./arguments.ts";

/**
 * The ssh servers that a connection to this host knocks at, as names that are equal for equal servers: the host's own
 * address and the jump hosts or the proxy command in the inventory's ssh arguments.
 */
export function routesInArguments(host: Host): readonly string[] {
  const settings = optionsIn(host.sshArgs);
  const port = host.port ?? settings.get("port") ?? 22;
  return [`${host.address}:${port}`, ...proxies(settings)];
}

/** The same from what `ssh -G` prints: it knows the user's configuration. */
export function routesInSettings(text: string): readonly string[] {
  const settings = new Map<string, string>();
  for (const line of text.split("\n")) {
    const space = line.indexOf(" ");
    if (space > 0) settings.set(line.slice(0, space).toLowerCase(), line.slice(space + 1).trim());
  }
  return [`${settings.get("hostname") ?? ""}:${settings.get("port") ?? 22}`, ...proxies(settings)];
}

/** Asks ssh itself; falls back to what the arguments say when it cannot answer within 3 s. */
export function sshRoutes(host: Host, program: string, environment: NodeJS.ProcessEnv): Promise<readonly string[]> {
  return new Promise((resolve) => {
    execFile(program, settingsArguments(host), { env: environment, timeout: 3000 }, (error, stdout) =>
      resolve(error === null ? routesInSettings(stdout) : routesInArguments(host)),
    );
  });
}

function proxies(settings: ReadonlyMap<string, string>): readonly string[] {
  const jumps = settings.get("proxyjump");
  if (jumps !== undefined && jumps !== "none") return jumps.split(",").map(jumpServer);
  const command = settings.get("proxycommand");
  // The same command line, before ssh fills in the host, leads over the same machine.
  return command === undefined || command === "none" ? [] : [command];
}

/** `[user@]host[:port]` or `ssh://[user@]host[:port]`, without the user. */
function jumpServer(jump: string): string {
  const place = jump
    .trim()
    .replace(/^ssh:\/\//, "")
    .replace(/^.*@/, "");
  return /^\[.*\]:\d+$|^[^:]+:\d+$/.test(place) ? place : `${place}:22`;
}

/** `-o Name=value`, `-o Name value`, `-J hosts` and `-p port`; the first of each wins, as in ssh. */
function optionsIn(args: readonly string[]): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  const letters = new Map([
    ["J", "proxyjump"],
    ["p", "port"],
  ]);
  for (const [at, arg] of args.entries()) {
    const [, letter, rest] = /^-([Jpo])(.*)$/s.exec(arg) ?? [];
    if (letter === undefined || rest === undefined) continue;
    const value = rest === "" ? (args[at + 1] ?? "") : rest;
    const [, name = "", setting = ""] = /^\s*(\w+)\s*[=\s]\s*(.*)$/s.exec(value) ?? [];
    const key = letters.get(letter) ?? name.toLowerCase();
    if (!settings.has(key)) settings.set(key, letters.has(letter) ? value : setting);
  }
  return settings;
}
