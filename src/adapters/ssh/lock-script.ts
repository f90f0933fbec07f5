import { quoteShellWord } from "../../domain/shell-words.ts";

/** Every line that the scripts mean for us begins so; a login shell may print others. */
export const LOCK_LINE = "gantry-lock ";

/**
 * Where a project's lock is on every host: the same for all users, whatever their TMPDIR. Beside it lies one file a
 * user, `<lock file>.by.<user id>`, in which the holder says who it is.
 */
export function lockFile(project: string): string {
  if (!/^[A-Za-z0-9._-]+$/.test(project)) throw new Error(`not a project name: ${JSON.stringify(project)}`);
  return `/tmp/.gantry.${project}.lock`;
}

/** Seconds without a heartbeat after which the host frees the lock. */
const LOCK_SECONDS = 30;

// /tmp belongs to everybody. The lock file is only created by O_EXCL (`set -C`) and only opened for reading, so
// nothing can be written through a link; the holder's file is removed and created by O_EXCL anew, never written over.
const opening = `
say() { printf '${LOCK_LINE}%s\\n' "$*"; }
stop() { say impossible "$*"; exit 1; }
command -v flock >/dev/null 2>&1 || stop "the program flock is missing (Debian: apt-get install util-linux)"
opened() {
  [ ! -L "$f" ] || stop "$f is a symbolic link"
  [ -f "$f" ] || stop "$f is not a regular file"
  [ -r "$f" ] || stop "$f cannot be opened: $(ls -ld "$f")"
  exec 9<"$f"
}
holder() {
  by=$(ls -td "$f".by.* 2>/dev/null | head -n 1)
  if [ -f "$by" ] && [ ! -L "$by" ]; then head -c 2000 "$by" | head -n 1; fi
}`;

/**
 * Takes the lock and holds it as long as a byte arrives every 30 s on standard input; its end frees the lock at once.
 * Prints `acquired`, `held <holder>` or `impossible <why>`, and at the end `released`. Tries for a second, because the
 * holder may be about to end, and because `readLockScript` holds a shared lock for a moment.
 */
export function takeLockScript(project: string, holder: string): string {
  return `f=${lockFile(project)} me=$$
own=$f.by.$(id -u)
${opening}
create() { [ -e "$f" ] || [ -L "$f" ] || (umask 000; set -C; : >"$f") 2>/dev/null; }
# The file may have been removed and made anew between opening and locking it.
same() { [ ! -e /proc/self/fd/9 ] || [ /proc/self/fd/9 -ef "$f" ]; }
tries=0
create; opened
until flock -n 9 && same; do
  tries=$((tries + 1))
  if [ "$tries" -gt 5 ]; then say held "$(holder)"; exit 1; fi
  sleep 0.2 2>/dev/null || sleep 1
  create; opened
done
rm -f "$own"
(umask 022; set -C; printf '%s\\n' ${quoteShellWord(holder)} >"$own") 2>/dev/null
trap 'rm -f "$own"' EXIT
trap 'exit 1' HUP INT TERM PIPE
say acquired
exec 3<&0
# Children must not inherit the lock: it ends with this shell.
if timeout 1 true 2>/dev/null; then beat() { timeout ${LOCK_SECONDS} head -c 1; }
elif timeout -t 1 true 2>/dev/null; then beat() { timeout -t ${LOCK_SECONDS} head -c 1; }
else beat() {
  head -c 1 <&3 & reader=$!
  (exec >/dev/null 2>&1 3<&-; sleep ${LOCK_SECONDS}; kill "$reader") & watch=$!
  wait "$reader"; kill "$watch"
}; fi
while [ -n "$(beat 9<&-)" ]; do :; done
rm -f "$own"
exec 9<&-
say released`;
}

/** Tells who holds the lock, without keeping anybody from taking it. Prints `held <holder>`, `free` or `impossible <why>`. */
export function readLockScript(project: string): string {
  return `f=${lockFile(project)}
${opening}
if [ ! -e "$f" ] && [ ! -L "$f" ]; then say free; exit; fi
opened
if flock -n -s 9; then exec 9<&-; say free; else say held "$(holder)"; fi`;
}
