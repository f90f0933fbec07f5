#!/bin/sh
# A small HTTP service that says which version it is. For the lab, the demo and the tests.
#   GET /        -> "<name> <version>"
#   GET /version -> "<version>"
#   GET /health  -> "UP", or 404 with HEALTH=down
# Settings come from the environment: NAME, VERSION, PORT (8080), HEALTH (up), START_DELAY and STOP_DELAY (seconds, 0).
set -eu
: "${NAME:=demo}" "${VERSION:=0}" "${PORT:=8080}" "${HEALTH:=up}" "${START_DELAY:=0}" "${STOP_DELAY:=0}"

log() { echo "$(date -u +%Y-%m-%dT%H:%M:%SZ) $NAME $VERSION: $*"; }

www=$(mktemp -d)
chmod 755 "$www"
echo "$NAME $VERSION" >"$www/index.html"
echo "$VERSION" >"$www/version"
[ "$HEALTH" != up ] || echo UP >"$www/health"

server=
stop() {
  log "SIGTERM: stopping"
  sleep "$STOP_DELAY"
  [ -z "$server" ] || kill "$server"
  log "stopped"
  exit 0
}
trap stop TERM INT

log "starting"
[ "$START_DELAY" = 0 ] || { sleep "$START_DELAY" & wait $!; }
httpd -f -p "$PORT" -h "$www" &
server=$!
log "listening on port $PORT"
code=0
wait "$server" || code=$?
log "the HTTP server ended with exit code $code"
exit 1
