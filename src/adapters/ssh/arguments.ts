import type { Host } from "../../domain/host.ts";
import { quoteShellWord } from "../../domain/shell-words.ts";

/** Where Docker listens on a remote host. DOCKER_HOST of the remote user is not looked at. */
const REMOTE_DOCKER_SOCKET = "/var/run/docker.sock";

export interface MasterPaths {
  /** The control socket: every later session of this connection goes through it. */
  readonly control: string;
  /** The local end of the forwarded Docker socket. */
  readonly docker: string;
}

/**
 * Arguments of the one `ssh` process that holds a connection. ssh takes the first value it meets for an `-o` option,
 * so ours stand before the inventory's; of `-S` and `-T` it takes the last, so ours stand behind.
 * `seconds` bounds the TCP connection and the first answer of the server.
 */
export function masterArguments(
  host: Host,
  paths: MasterPaths,
  seconds: number,
  command: readonly string[],
): readonly string[] {
  const options = [
    "ControlMaster=yes",
    "ControlPersist=no",
    ...loginOptions(host),
    `ConnectTimeout=${Math.max(1, Math.ceil(seconds))}`,
    // A dead network is noticed after 15 s.
    "ServerAliveInterval=5",
    "ServerAliveCountMax=3",
    "ExitOnForwardFailure=no",
    // The user's own configuration must not take away our forward, add a command, or hide why a login failed.
    "ClearAllForwardings=no",
    "RemoteCommand=none",
    "LogLevel=INFO",
  ];
  return [
    ...options.flatMap((option) => ["-o", option]),
    "-L",
    `${paths.docker}:${REMOTE_DOCKER_SOCKET}`,
    ...destinationArguments(host),
    "-T",
    "-S",
    paths.control,
    "--",
    host.address,
    remoteCommand(command),
  ];
}

/** Arguments of `ssh -G`, which prints the settings that ssh would use for this host. */
export function settingsArguments(host: Host): readonly string[] {
  return ["-G", ...destinationArguments(host), "--", host.address];
}

/** Arguments of a session over the master: a program with exactly these arguments. */
export function sessionArguments(control: string, address: string, command: readonly string[]): readonly string[] {
  return [...clientArguments(control, "ERROR"), "-T", "--", address, remoteCommand(command)];
}

/** Arguments of a TCP stream over the master. ssh tells that the stream is open only in its debug messages. */
export function streamArguments(control: string, address: string, target: string, port: number): readonly string[] {
  const bracketed = target.includes(":") ? `[${target}]` : target;
  return [...clientArguments(control, "DEBUG2"), "-W", `${bracketed}:${port}`, "--", address];
}

/** A command for the remote user's login shell, which replaces itself by the program. */
function remoteCommand(command: readonly string[]): string {
  return `exec ${command.map(quoteShellWord).join(" ")}`;
}

/**
 * A client of the control socket. It reads no configuration, and when the master is gone it must not dial anew by
 * itself: the connection it would make ends at once in `false`.
 */
function clientArguments(control: string, logLevel: string): readonly string[] {
  const options = ["ControlMaster=no", "BatchMode=yes", "ProxyCommand=false", `LogLevel=${logLevel}`];
  return ["-F", "/dev/null", ...options.flatMap((option) => ["-o", option]), "-S", control];
}

function loginOptions(host: Host): readonly string[] {
  if (host.password === undefined) return ["BatchMode=yes"];
  return [
    "BatchMode=no",
    "NumberOfPasswordPrompts=1",
    // The password first: a full agent would use up the server's tries before it.
    "PreferredAuthentications=password,keyboard-interactive,publickey",
  ];
}

function destinationArguments(host: Host): readonly string[] {
  return [
    ...(host.port === undefined ? [] : ["-p", String(host.port)]),
    ...(host.user === undefined ? [] : ["-l", host.user]),
    ...(host.privateKeyFile === undefined ? [] : ["-i", host.privateKeyFile]),
    ...host.sshArgs,
  ];
}
