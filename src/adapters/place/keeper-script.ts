/** Seconds that a Gantry line whose time is up has to take the hosts in hand back, before it is killed. */
const GANTRY_PATIENCE = 600;
/**
 * The keeper of a run: `keep` is run by a child of the supervisor (which is `$$`) until that is gone, with signals as
 * orders: TERM asks the lines to end, USR1 kills them, HUP ends the keeper itself. `limit_log` cuts what is too much.
 */
export const KEEPER = String.raw`
# Hundredths of a second since the machine was started: no clock that is set goes into it.
now() { read -r now _ </proc/uptime; now=${"$"}{now%.*}${"$"}{now#*.}; }
limit_log() {
  size=$(wc -c <"$g_dir/log") || return 0
  size=$((size + 0))
  if [ "$size" -gt "$g_limit" ]; then
    # Writers append: what they write next comes right behind the limit, and goes the same way.
    dd if=/dev/null of="$g_dir/log" bs=1 seek="$g_limit" count=0 2>/dev/null
    [ -e "$g_dir/cut" ] || : >"$g_dir/cut"
  fi 2>/dev/null
  # Look again sooner when the limit would be reached within four such looks.
  if [ $(((size - seen) * 4)) -gt $((g_limit - size)) ]; then tick=1
  elif [ "$tick" -lt 10 ]; then tick=$((tick * 2)); [ "$tick" -lt 10 ] || tick=10; fi
  seen=$size
}
nap() {
  if [ -n "$fraction" ]; then sleep "$(($1 / 10)).$(($1 % 10))" & else sleep 1 & fi
  nap=$!
  wait "$nap"
}
ask() { kill -TERM "$@" && kill -CONT "$@"; } 2>/dev/null
# Asks or kills what is left of the lines; each process is asked once.
end_lines() {
  read -r leader kind <"$g_dir/line"
  signal=TERM
  [ -z "$killing" ] && [ $((now - since)) -lt $((g_grace * 100)) ] || signal=KILL
  if [ "$kind" = gantry ] && [ -z "$killing" ] && marked "$g_dir" "$leader"; then
    finishing=1
    if [ -n "$late" ] && [ "$signal" = KILL ] && [ "$late" = 1 ]; then late=2 asked=; fi
    [ "$late" != 2 ] || [ $((now - since)) -lt $(((g_grace + ${GANTRY_PATIENCE}) * 100)) ] || killing=1
    case " $asked " in *" $leader "*) ;; *) ask "-$leader" && asked="$asked $leader" ;; esac
    return
  fi
  # What a Gantry line has left behind has the whole grace, too.
  if [ -n "$finishing" ]; then finishing= since=$now asked=; return; fi
  for process in $(members "$g_dir" $$ "$leader"); do
    if [ "$signal" = KILL ]; then kill -KILL "$process" 2>/dev/null; continue; fi
    case " $asked " in *" $process "*) ;; *) ask "$process"; asked="$asked $process" ;; esac
  done
}
keep() {
  trap 'asking=1' TERM
  trap 'killing=1' USR1
  trap 'kill "$nap" 2>/dev/null; exit 0' HUP
  asking= killing= since= asked= finishing= late= nap= fraction= seen=0 tick=1
  ! sleep 0.01 2>/dev/null || fraction=1
  now; begun=$now
  while alive $$ "$g_start" "$g_boot"; do
    limit_log
    now
    if [ -n "$g_timeout" ] && [ -z "$since$killing" ] && [ $((now - begun)) -ge $((g_timeout * 100)) ]; then
      kill -USR2 $$
      asking=1 late=1
    fi
    if [ -n "$asking" ]; then asking= asked= since=${"$"}{since:-$now}; fi
    if [ -n "$killing" ]; then since=${"$"}{since:-$now}; fi
    if [ -n "$since" ]; then end_lines; nap 1; else nap "$tick"; fi
  done
}`;
