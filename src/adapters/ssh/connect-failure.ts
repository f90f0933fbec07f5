import type { Host } from "../../domain/host.ts";
import type { Failure } from "../../engine/errors.ts";

type ConnectReason = "host-key-changed" | "host-key-unknown" | "login-refused";

/** ssh's own words (OpenSSH 7 to 10, untranslated), most telling first. A jump host's failure counts like the host's. */
const words: readonly (readonly [RegExp, ConnectReason])[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|^Host key for .* has changed/m, "host-key-changed"],
  [/Host key verification failed|^No \S+ host key is known for/m, "host-key-unknown"],
  [/Permission denied \(|Too many authentication failures|No more authentication methods/, "login-refused"],
];

const dropped =
  /(kex|ssh)_exchange_identification|[Bb]anner exchange|Connection (closed|reset) by|Connection closed by remote host/;
const hopeless = /open failed|[Ff]orwarding failed|refused|timed out|[Nn]o route|unreachable|resolve/;

/** True when the server took the connection and dropped it before a login, as an sshd beyond its MaxStartups does. */
export function droppedBeforeLogin(errors: string): boolean {
  return dropped.test(errors) && !hopeless.test(errors) && !words.some(([pattern]) => pattern.test(errors));
}

/**
 * Why `ssh` ended before the host was ready. Exit code 255 and the messages on standard error are ssh's own; any other
 * exit code, and what is on standard output, comes from the host.
 */
export function connectFailure(host: Host, exitCode: number | null, errors: string, output: string): Failure {
  const { name, address } = host;
  const detail = lastWords(errors);
  const reason = words.find(([pattern]) => pattern.test(errors))?.[1];
  if (reason === "login-refused") return loginRefused(host, detail);
  if (reason !== undefined) return { reason, host: name, address, detail };
  if (exitCode !== null && exitCode !== 255) {
    // Logged in, but no shell came up: /sbin/nologin, a forced command, an expired account.
    const said = lastWords(`${errors}\n${output}`) || `exit code ${exitCode}`;
    return loginRefused(host, `no shell on the host: ${said}`);
  }
  return {
    reason: "host-unreachable",
    host: name,
    address,
    detail: detail === "" ? "ssh ended without a word" : detail,
  };
}

function loginRefused({ name, address, user }: Host, detail: string): Failure {
  return { reason: "login-refused", host: name, address, ...(user === undefined ? {} : { user }), detail };
}

const idle =
  /^(debug\d|ssh-keygen -f|remove with:|Warning: Permanently added|\*\* |@|Authenticated to|Transferred:|Bytes per second)/;
const LINES = 3;
const LENGTH = 500;

/** The last meaningful lines of a program's errors, in one line without control characters. */
export function lastWords(errors: string): string {
  const lines = errors
    .split(/[\r\n]+/)
    // oxlint-disable-next-line no-control-regex -- a server's banner may hold terminal commands
    .map((line) => line.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u001f\u007f-\u009f]/g, "").trim())
    .filter((line) => line !== "" && !idle.test(line));
  return lines.slice(-LINES).join("; ").slice(-LENGTH);
}
