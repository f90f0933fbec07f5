import { ENCODE_FUNCTION } from "./encoding-script.ts";
import type { FollowFrom } from "./place.ts";
import { PROCESS_FUNCTIONS } from "./process-script.ts";

/** Bytes in one line that the script prints. */
const PIECE = 131_072;
/** Looks, a tenth of a second apart, after which the script says that it is still there; a follower waits for it. */
const QUIET_LOOKS = 30;

/** What every line ends with: one that has been cut off by the end of a connection is none. */
export const LINE_END = " ;";

/**
 * Follows a run's spool from these offsets on and prints lines that begin with the marker:
 * `begin <encoding>`, `log <offset> <bytes>`, `journal <offset> <bytes>`, `cut`, `alive`, and at the end
 * `exit <bytes of the exit record>` or `lost`. Lives until then, or until nobody reads it any more.
 */
export function followScript(marker: string, root: string, run: string, from: FollowFrom): string {
  return String.raw`
m=${marker} log=${from.log} journal=${from.journal}
${PROCESS_FUNCTIONS}
${ENCODE_FUNCTION}
say() { printf '%s %s${LINE_END}\n' "$m" "$*" || exit; }
# What a login shell has printed may have left a line open.
printf '\n' || exit
say "begin $encoding"
cd ${root}/${run} 2>/dev/null || { say lost; exit; }
{ read -r limit <limit; } 2>/dev/null || limit=0
# send <kind> <file> <from> <to>
send() {
  at=$3
  while [ "$at" -lt "$4" ]; do
    count=$(($4 - at))
    [ "$count" -le ${PIECE} ] || count=${PIECE}
    skip=$((at / 4096)) before=$((at % 4096))
    printf '%s %s %s ' "$m" "$1" "$at" || exit
    dd if="$2" bs=4096 skip="$skip" count=$(((before + count + 4095) / 4096)) 2>/dev/null |
      tail -c "+$((before + 1))" | head -c "$count" | encode
    printf '${LINE_END}\n' || exit
    at=$((at + count))
  done
}
pid= born= boot= cut= quiet=0
while :; do
  end=
  [ -n "$pid" ] || { read -r pid born boot _ <pgid; } 2>/dev/null
  if [ -e exit ]; then end=exit
  elif ! alive "$pid" "$born" "$boot"; then
    # It may have written its record since we looked.
    if [ -e exit ]; then end=exit; else end=lost; fi
  fi
  set -- $(wc -c log journal.ndjson 2>/dev/null)
  size=${"$"}{1:-0} events=${"$"}{3:-0}
  [ -e journal.ndjson ] || events=0
  [ "$size" -le "$limit" ] || size=$limit
  if [ "$size" -gt "$log" ] || [ "$events" -gt "$journal" ]; then
    quiet=0
    send log log "$log" "$size"
    send journal journal.ndjson "$journal" "$events"
    [ "$log" -gt "$size" ] || log=$size
    [ "$journal" -gt "$events" ] || journal=$events
  fi
  if [ -z "$cut" ] && [ -e cut ] && [ "$log" -ge "$limit" ]; then cut=1; say cut; fi
  case $end in
    exit) say "exit $(encode <exit)"; exit ;;
    lost) say lost; exit ;;
  esac
  quiet=$((quiet + 1))
  if [ "$quiet" -ge ${QUIET_LOOKS} ]; then quiet=0; say alive; fi
  sleep 0.1 2>/dev/null || { sleep 1; quiet=$((quiet + 9)); }
done`;
}
