/**
 * The POSIX shell scripts that Gantry runs on hosts; dash, bash and busybox run them. Each starts with a line that
 * holds a random marker, so that what a login shell's start files print is told from the program's own output.
 */

/** What a marker is followed by. */
export const STARTED = "!";
export const ASKED = "?";
export const ENDED = "=";

/**
 * The session that holds a connection: says who it is and how `timeout` is called there, then lives as long as
 * Gantry writes a byte within 60 s to it. When Gantry dies, standard input ends, and with it the session and the
 * connection. $0: marker. Prints `<marker>!<user>:<timeout command>`.
 */
const anchorScript = `
if timeout 1 true 2>/dev/null; then t=timeout
elif timeout -t 1 true 2>/dev/null; then t='timeout -t'
else t=; fi
printf '%s!%s:%s\\n' "$0" "$(id -un)" "$t"
while [ -n "$(\${t:+$t 60} head -c 1)" ]; do :; done`;

/**
 * Runs a program so that it ends when Gantry does. Standard input first carries the program's own input, whose
 * length is known, and is then kept open: its end (Gantry died, gave up, or lost the connection) ends the program's
 * process group, by TERM and 2 s later by KILL. $0: marker; $1: bytes of input; $2: a command that bounds the next
 * one in time, or nothing; then the program. The last line on standard error is `<marker>=<exit code>`.
 */
const programScript = `
printf '%s!\\n' "$0"; printf '%s!\\n' "$0" >&2
marker=$0 bytes=$1 limit=$2; shift 2
exec 3<&0
{ sh -c 'echo $$
[ "$1" = 0 ] || head -c "$1" <&3
exec >/dev/null 2>&1
$2 cat <&3
trap "" TERM; kill -TERM 0
for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.2 || sleep 1; done
kill -KILL 0' gantry-watch "$bytes" "$limit" & } | {
trap : TERM
read -r watch
"$@" 3<&-
code=$?
kill -KILL "$watch"
printf '%s=%s\\n' "$marker" "$code" >&2
}`;

/** Becomes a program whose standard input is a stream of its own. $0: marker; then the program. */
const streamScript = `printf '%s!\\n' "$0"; printf '%s!\\n' "$0" >&2; exec "$@"`;

export function anchorCommand(marker: string): readonly string[] {
  return ["sh", "-c", anchorScript, marker];
}

/** `timeLimit`: how `timeout` is called on that host (see the anchor), empty when it has none. */
export function programCommand(
  marker: string,
  argv: readonly string[],
  options: { readonly inputBytes: number; readonly seconds: number; readonly timeLimit: string },
): readonly string[] {
  const limit = options.timeLimit === "" ? "" : `${options.timeLimit} ${Math.ceil(options.seconds) + 5}`;
  return ["sh", "-c", programScript, marker, String(options.inputBytes), limit, ...argv];
}

export function streamCommand(marker: string, argv: readonly string[]): readonly string[] {
  return ["sh", "-c", streamScript, marker, ...argv];
}
