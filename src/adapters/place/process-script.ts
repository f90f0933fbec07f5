/**
 * Shell functions that tell a run's processes from all others; dash, bash and busybox run them. They look at /proc
 * only, so that they mean the same everywhere.
 */

/**
 * `fields <pid>`: sets g_state, g_session and g_born (the start time) from /proc/<pid>/stat; proc(5) counts them as
 * fields 3, 6 and 22. `alive <pid> <start time> <boot id>`: that very process is there, not another one with its
 * number, and it is no zombie. `marked`, `members`: see there.
 */
export const PROCESS_FUNCTIONS = String.raw`
fields() {
  g_state= g_session= g_born=
  { read -r g_stat <"/proc/$1/stat"; } 2>/dev/null || return 1
  # The name of the program may hold anything, also ") ".
  set -- ${"$"}{g_stat##*) }
  g_state=$1 g_session=$4
  [ $# -lt 20 ] || { shift 19; g_born=$1; }
}
alive() {
  [ -n "$1" ] && fields "$1" && [ "$g_state" != Z ] && [ "$g_state" != X ] && [ "$g_born" = "$2" ] || return 1
  read -r boot </proc/sys/kernel/random/boot_id && [ "$boot" = "$3" ]
}
by_nul() { printf 'a\0b\0' | grep -qzx b 2>/dev/null; }
# marked <spool> <pid>: the process has inherited the spool's name.
marked() {
  if by_nul; then grep -qszxF "GANTRY_SPOOL=$1" "/proc/$2/environ"
  else tr '\0' '\n' <"/proc/$2/environ" | grep -qxF "GANTRY_SPOOL=$1"; fi
} 2>/dev/null
# members <spool> <session of the supervisor> <session of the line in hand>: every process that has inherited the
# spool's name, whatever group or session it has moved to, and every process of the line's own session, which may
# have lost its environment to sudo. The supervisor's own are left out.
members() {
  {
    if by_nul; then
      grep -lszxF "GANTRY_SPOOL=$1" /proc/[0-9]*/environ
    else
      for process in /proc/[0-9]*; do
        ! marked "$1" "${"$"}{process#/proc/}" || printf '%s\n' "$process/environ"
      done
    fi | sed 's|^/proc/\([0-9]*\)/.*|\1 by-name|'
    case $3 in '' | *[!0-9]*) ;; *)
      sed -n "s/^\([0-9]*\) (.*) [A-Z] [0-9]* [0-9]* $3 .*/\1 by-session/p" /proc/[0-9]*/stat 2>/dev/null ;;
    esac
  } | while read -r pid how; do
    fields "$pid" || continue
    [ "$g_state" != Z ] && [ "$g_state" != X ] && [ "$g_session" != "$2" ] || continue
    [ "$how" = by-name ] || [ "$g_session" = "$3" ] || continue
    printf '%s\n' "$pid"
  done | sort -u
}
`;
