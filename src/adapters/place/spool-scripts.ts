import { quoteShellWord } from "../../domain/shell-words.ts";
import type { StopSignal } from "./place.ts";
import { PROCESS_FUNCTIONS } from "./process-script.ts";
import { SUPERVISOR } from "./supervisor-script.ts";

/*
 * Scripts for `sh` on a place, which reads them from standard input: nothing of them is in anybody's arguments. Each
 * is one function that is called at the end, so that one that is cut off on its way does nothing at all.
 */

/** The programs that the supervisor and its scripts use. */
export const NEEDED: readonly string[] =
  "setsid grep sed sort dd wc head tail mv rm mkdir date sleep stat tr cat".split(" ");

/** The spool's folder as a word of the shell there. */
export function rootWord(spoolRoot: string | null): string {
  if (spoolRoot === null) return String.raw`"${"$"}{XDG_STATE_HOME:-$HOME/.local/state}/gantry/spool"`;
  return quoteShellWord(spoolRoot);
}

export function wholeScript(body: string): string {
  return `main() {\n${body}\n}\nmain </dev/null\n`;
}

export interface SpoolFiles {
  readonly spec: string;
  readonly environment: string;
  readonly logLimit: number;
  /** Bytes that are set aside for the exit record. */
  readonly exitRoom: number;
}

/**
 * Makes the spool and starts the supervisor, unless that has been done. The first word that it prints: `begun`,
 * `unfit` (lacks the program that follows), or `failed` (with the last words of what did).
 */
export function startScript(root: string, run: string, files: SpoolFiles): string {
  const text = quoteShellWord;
  return wholeScript(String.raw`
g_root=${root}
g_dir=$g_root/${run}
g_kept=${"$"}{LC_ALL-unset}
LC_ALL=C
export LC_ALL
for g_program in ${NEEDED.join(" ")}; do
  command -v "$g_program" >/dev/null || { echo "unfit $g_program"; return; }
done
[ -r /proc/self/stat ] && [ -r /proc/sys/kernel/random/boot_id ] || { echo "unfit /proc"; return; }
prepare() {
  printf '%s' ${text(SUPERVISOR)} >"$g_dir/supervise" &&
  printf '%s' ${text(files.spec)} >"$g_dir/spec" &&
  ${files.environment === "" ? ":" : `(umask 077; printf '%s' ${text(files.environment)} >"$g_dir/env")`} &&
  printf '%s\n' ${files.logLimit} >"$g_dir/limit" &&
  printf '%-62s\n' - >"$g_dir/line" &&
  printf '%-${files.exitRoom}s\n' '' >"$g_dir/exit.new" &&
  : >"$g_dir/log" && : >"$g_dir/journal.ndjson"
}
[ -d "$g_root" ] || g_said=$( (umask 077; mkdir -p "$g_root") 2>&1) || { echo "failed $g_said"; return; }
[ -O "$g_root" ] || { echo "failed $g_root: it belongs to another user, who could change what runs"; return; }
g_tries=0
until g_said=$(mkdir -m 700 "$g_dir" 2>&1); do
  [ -d "$g_dir" ] || { echo "failed $g_said"; return; }
  if [ -s "$g_dir/pgid" ] || [ -e "$g_dir/exit" ]; then echo begun; return; fi
  # Somebody else is at it right now, or was when the machine died.
  g_tries=$((g_tries + 1))
  if [ "$g_tries" -gt 30 ]; then mv "$g_dir" "$g_root/.dead-${run}-$$" && rm -rf "$g_root/.dead-${run}-$$"; g_tries=0
  else sleep 0.1 2>/dev/null || { sleep 1; g_tries=$((g_tries + 9)); }; fi
done
if ! g_said=$(prepare 2>&1); then
  # A shell may say no more than "I/O error"; dd knows why.
  g_why=$(dd if=/dev/zero of="$g_dir/room" bs=65536 count=1 2>&1) || g_said=$g_why
  rm -rf "$g_dir"
  echo "failed $g_said"
  return
fi
if [ "$g_kept" = unset ]; then unset LC_ALL; else LC_ALL=$g_kept; fi
# The first setsid makes a leader, so that the second one forks. (A job put into the background by & would ignore INT
# for ever, and all that it starts.)
g_said=$(setsid setsid sh "$g_dir/supervise" "$g_dir" </dev/null 2>&1)
case $g_said in
  *begun) echo begun ;;
  *) [ -s "$g_dir/pgid" ] || rm -rf "$g_dir"; echo "failed $g_said" ;;
esac`);
}

/**
 * Signals what is left of a run, and prints `left <how many>`: its own processes, and its supervisor. Where the
 * supervisor lives, it is asked to do it, so that it can write down how the run ended; KILL goes to what is left after
 * that, and to the supervisor itself. `terms` is how many TERM the run shall have had by now: each is sent once and
 * leaves a mark, so a stop whose answer was lost may be sent again (a release takes a second TERM as an abort).
 */
export function stopScript(root: string, run: string, signal: StopSignal, terms: number): string {
  return wholeScript(String.raw`
${PROCESS_FUNCTIONS}
dir=${root}/${run}
read_spool() {
  pid= born= boot= keeper= leader= kind=
  { read -r pid born boot keeper <"$dir/pgid"; read -r leader kind <"$dir/line"; } 2>/dev/null
  supervised=
  if alive "$pid" "$born" "$boot"; then supervised=1
  elif ! marked "$dir" "$leader"; then leader= kind=; fi
}
rest() { sleep 0.05 2>/dev/null || sleep 1; }
all() { members "$dir" "$pid" "$leader"; }
count() { left=0; for process in $(all); do left=$((left + 1)); done; read_spool; [ -z "$supervised" ] || left=$((left + 1)); }
seconds() { read -r now _ </proc/uptime; now=${"$"}{now%%.*}; }
strike() {
  # A release needs its connections to finish the hosts in hand.
  if [ "${signal} $kind" = "TERM gantry" ]; then kill -TERM "-$leader"; return; fi
  for process in $(all); do kill -${signal} "$process"; kill -CONT "$process"; done
} 2>/dev/null
send() {
  read_spool
  if [ -n "$supervised" ]; then
    fields "$keeper" && [ "$g_session" = "$pid" ] || keeper=
    kill -${signal === "TERM" ? "TERM" : "USR1"} "$pid" $keeper 2>/dev/null
  fi
  [ -n "$supervised" ] && [ -n "$keeper" ] || strike
}
${signal === "KILL" ? "send" : sendTerms(terms)}
seconds; end=$((now + 3))
while count; [ "$left" -gt 0 ] && [ "$now" -lt "$end" ]; do rest; seconds; done
${signal === "KILL" ? killRest : ""}
echo "left $left"`);
}

/** A TERM that comes at once after another one would be taken for the same. */
function sendTerms(terms: number): string {
  return String.raw`
term=1
while [ "$term" -le ${terms} ]; do
  if mkdir "$dir/term-$term" 2>/dev/null || ! [ -d "$dir/term-$term" ]; then
    [ "$term" = 1 ] || sleep 0.3 2>/dev/null || sleep 1
    send
  fi
  term=$((term + 1))
done`;
}

const killRest = String.raw`
end=$((now + 5))
while [ "$left" -gt 0 ] && [ "$now" -lt "$end" ]; do
  [ -z "$supervised" ] || kill -KILL "-$pid" 2>/dev/null
  strike
  rest
  seconds
  count
done`;

/** Removes a spool; prints `removed`, `running`, or `failed` with the last words of what did. */
export function removeScript(root: string, run: string): string {
  return wholeScript(String.raw`
${PROCESS_FUNCTIONS}
dir=${root}/${run}
LC_ALL=C
export LC_ALL
{ read -r pid born boot _ <"$dir/pgid"; } 2>/dev/null && alive "$pid" "$born" "$boot" && { echo running; return; }
said=$(rm -rf "$dir" 2>&1) && echo removed || echo "failed $said"`);
}

/**
 * Lists the spools: `now <seconds>`, and for each `spool <run> <seconds> <state>`, where the seconds (since 1970) are
 * when it ended (state `exit`), or when it was last written to (states `alive` and `gone`).
 */
export function listScript(root: string): string {
  return wholeScript(String.raw`
${PROCESS_FUNCTIONS}
printf 'now %s\n' "$(date +%s)"
rm -rf ${root}/.dead-*
for dir in ${root}/*/; do
  dir=${"$"}{dir%/}
  [ -d "$dir" ] || continue
  state=gone file=$dir/log
  if [ -e "$dir/exit" ]; then state=exit file=$dir/exit
  elif { read -r pid born boot _ <"$dir/pgid"; } 2>/dev/null && alive "$pid" "$born" "$boot"; then state=alive; fi
  [ -e "$file" ] || file=$dir
  printf 'spool %s %s %s\n' "${"$"}{dir##*/}" "$(stat -c %Y "$file")" "$state"
done`);
}
