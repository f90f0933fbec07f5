import { KEEPER } from "./keeper-script.ts";
import { PROCESS_FUNCTIONS } from "./process-script.ts";

/** Seconds for which the exit record is tried again on a full disk. */
const EXIT_PATIENCE = 3600;

/*
 * Three processes make a supervisor, all in one session that nothing else is in:
 *
 * - The supervisor itself runs one line after the other in the foreground, and writes the exit record. Signals come
 *   to it as notes (its traps run when the line in hand has ended): TERM, USR1 "it was stopped", USR2 "its time is up".
 * - The keeper, its child, acts on signals at once: TERM asks the lines to end, USR1 kills them. It also keeps the log
 *   at its limit, and watches the time.
 * - awk, where it can tell a signal from an exit code (a shell cannot: both are 128 + n), waits for the line in hand.
 *
 * A line is in a session of its own, so that its `kill 0` hits nobody else. The environment of the run is given to
 * lines only. Names here begin with g_: whatever the run's environment holds must reach its lines unchanged.
 */

/** What a line's own process does before it becomes the line: `$GANTRY_LINE` is its number. */
const BECOME = String.raw`
if [ "$2" = line ]; then
  run() { :; }
  line() {
    [ "$1" = "$GANTRY_LINE" ] || return 0
    unset GANTRY_LINE GANTRY_SETSID GANTRY_SH
    printf '%-62s\n' "$$ $2" 1<>"$GANTRY_SPOOL/line"
    exec >>"$GANTRY_SPOOL/log" 2>&1 </dev/null
    cd "${"$"}{HOME:-/}" || cd /
    [ "$2" != gantry ] || { GANTRY_JOURNAL=$GANTRY_SPOOL/journal.ndjson; export GANTRY_JOURNAL; }
    shift 4
    case $1 in
      -*) printf 'gantry: not the name of a program: %s\n' "$1"; exit 127 ;;
    esac
    if ! command -v "$1" >/dev/null; then
      [ ! -f "$1" ] || { printf 'gantry: not executable: %s\n' "$1"; exit 126; }
      printf 'gantry: no such program: %s\n' "$1"
      exit 127
    fi
    exec "$@"
  }
  . "$1/spec"
  exit 127
fi`;

/**
 * How awk waits for a line: it first shows that its system() tells a signal from an exit code (mawk, gawk and BWK awk
 * do, busybox does not). Prints `code <n>`, `signal <n>`, or `unfit` when it has not run the line.
 */
const WAITER = String.raw`BEGIN {
  if (system("kill -9 $$") != 265) { print "unfit"; exit }
  status = system("exec \"$GANTRY_SETSID\" \"$GANTRY_SH\" \"$GANTRY_SPOOL/supervise\" \"$GANTRY_SPOOL\" line")
  if (status >= 256) print "signal", status % 256 % 128
  else print "code", status
}`;

const LINES = String.raw`
# Sets g_stamp, an ISO time; some know no milliseconds.
stamp() {
  g_stamp=$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)
  case $g_stamp in *[!0-9TZ:.-]*) g_stamp=$(date -u +%Y-%m-%dT%H:%M:%SZ) ;; esac
}
# The subshells in which a line is waited for; the shell's exit code is the answer of last resort.
wait_with_awk() { (
  GANTRY_SPOOL=$g_dir GANTRY_LINE=$1 GANTRY_SETSID=$g_setsid GANTRY_SH=$g_sh
  export GANTRY_SPOOL GANTRY_LINE GANTRY_SETSID GANTRY_SH
  set -- "$g_awk" "$g_waiter"
  eval "$g_environment"
  exec "$1" "$2"
) 2>>"$g_dir/log"; }
wait_with_sh() { (
  GANTRY_SPOOL=$g_dir GANTRY_LINE=$1
  export GANTRY_SPOOL GANTRY_LINE
  set -- "$g_setsid" "$g_sh"
  eval "$g_environment"
  exec "$1" "$2" "$GANTRY_SPOOL/supervise" "$GANTRY_SPOOL" line
) >/dev/null 2>>"$g_dir/log"; }
# Sets g_code and g_signal, JSON both.
told() {
  g_code=null g_signal=null
  case $1 in
    code) g_code=$2 ;;
    signal) g_signal=\"$(kill -l "$2")\" ;;
    # 129 to 159 are 1 to 31, the signals by which programs end.
    *) if [ "$2" -gt 128 ] && [ "$2" -lt 160 ]; then g_signal=\"$(kill -l "$(($2 - 128))")\"; else g_code=$2; fi ;;
  esac
}
run() { g_limit=$1 g_timeout=$2 g_grace=$3; }
line() {
  [ -z "$g_failed" ] && [ "$g_stopped$g_late" = falsefalse ] || return 0
  printf '%-62s\n' - 1<>"$g_dir/line"
  stamp
  g_from=$g_stamp
  g_told=unfit
  if [ -n "$g_awk" ]; then
    g_told=$(wait_with_awk "$1")
    g_status=$?
    # Without a word: awk was killed, and the line goes on without anybody who waits for it.
    if [ -z "$g_told" ]; then
      [ "$g_status" != 0 ] || g_status=1
      g_told="shell $g_status" g_orphans=1
      kill -USR1 "$g_keeper"
    fi
  fi
  if [ "$g_told" = unfit ]; then
    wait_with_sh "$1"
    g_told="shell $?"
  fi
  stamp
  told $g_told
  [ "$g_code" = 0 ] || g_failed=1
  g_results=$g_results${"$"}{g_results:+,}"{\"task\":\"$3\",\"line\":$4,\"exitCode\":$g_code,\"signal\":$g_signal"
  g_results=$g_results",\"startedAt\":\"$g_from\",\"endedAt\":\"$g_stamp\"}"
}`;

const MAIN = String.raw`
g_dir=$1
# Locks and pipes of whoever has started us are not ours to hold.
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
g_say() { printf '%s\n' "$*"; exit; }
# Of two supervisors in one folder, one begins.
set -C
printf '' >"$g_dir/begun" || g_say "a supervisor has begun there"
set +C
fields $$ || g_say "no /proc/$$/stat"
g_start=$g_born
read -r g_boot </proc/sys/kernel/random/boot_id || g_say "no /proc/sys/kernel/random/boot_id"
[ "$g_session" = $$ ] || g_say "no session of its own"
g_sh=$(command -v sh) g_setsid=$(command -v setsid) g_awk=$(command -v awk)
g_environment=
if [ -e "$g_dir/env" ]; then
  g_environment=$(cat "$g_dir/env") && rm -f "$g_dir/env" || g_say "the environment cannot be read"
fi
g_failed= g_stopped=false g_late=false g_results= g_orphans= g_limit= g_timeout= g_grace=
g_waiter='@WAITER@'
# The keeper reads what the lines begin with, so that it knows its limits.
line() { :; }
run() { g_limit=$1 g_timeout=$2 g_grace=$3; }
. "$g_dir/spec"
trap '' TERM USR1 USR2
# By exec: a shell keeps what it redirects for a function, and whoever has started us waits for our output to end.
(exec </dev/null >/dev/null 2>&1; keep) &
g_keeper=$!
trap 'g_stopped=true' TERM USR1
trap 'g_late=true' USR2
printf '%s\n' "$$ $g_start $g_boot $g_keeper" >"$g_dir/pgid" || { kill -KILL "$g_keeper"; exit; }
echo begun
exec >/dev/null 2>&1
@LINES@
. "$g_dir/spec"
if [ "$g_stopped$g_late$g_orphans" != falsefalse ]; then
  # The keeper kills them when the grace is over; what cannot be killed is waited for a little longer.
  read -r leader _ <"$g_dir/line"
  now; begun=$now
  while [ $((now - begun)) -lt $(((g_grace + 10) * 100)) ] && [ -n "$(members "$g_dir" $$ "$leader")" ]; do
    sleep 0.1 || sleep 1
    now
  done
fi
trap '' TERM USR1 USR2
kill -HUP "$g_keeper"
seen=0 tick=1
limit_log
g_exit="{\"results\":[$g_results],\"timedOut\":$g_late,\"stopped\":$g_stopped}"
# Written over what was set aside for it at the start, so that a full disk is no hindrance.
g_tries=0
until printf '%s' "$g_exit" 1<>"$g_dir/exit.new" && mv -f "$g_dir/exit.new" "$g_dir/exit"; do
  [ "$g_tries" -lt ${EXIT_PATIENCE} ] && [ -d "$g_dir" ] || exit 1
  g_tries=$((g_tries + 1))
  sleep 1
done`;

/**
 * The supervisor of a run, `sh supervise <folder>`, to be started by `setsid`; dash, bash and busybox run it. Prints
 * `begun`, or why it does not begin, and lets go of its output.
 */
export const SUPERVISOR = `# Runs the lines in the folder's "spec" one after the other, and writes how they ended to "exit".
${BECOME}
${PROCESS_FUNCTIONS}
${KEEPER}
${MAIN.replace("@WAITER@", () => WAITER).replace("@LINES@", () => LINES)}
`;
