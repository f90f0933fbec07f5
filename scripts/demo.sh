#!/bin/sh
# npm run demo [down]: the main job on real Docker hosts, from nothing. Needs root on Debian, or a Docker engine.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
container=gantry-demo
command=${1:-up}

# Without root, the same demo runs as root in a container of its own, if a Docker engine is at hand.
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  if docker version >/dev/null 2>&1; then
    if [ "$command" = down ]; then
      docker rm -f -v "$container" >/dev/null 2>&1 && echo "Removed the container $container." || echo "Nothing to take down."
      exit 0
    fi
    if [ -z "$(docker ps -q -f "name=^$container\$")" ]; then
      docker rm -f -v "$container" >/dev/null 2>&1 || true
      echo "Starting the container $container (privileged: it runs Docker hosts inside)"
      docker run -d --name "$container" --privileged --tmpfs /run -v "$root:/src:ro" -v /var/lib/gantry-lab \
        "${GANTRY_DEMO_IMAGE:-node:24-bookworm}" sleep infinity >/dev/null
    fi
    tty=
    [ -t 1 ] && tty=-t
    # shellcheck disable=SC2086
    exec docker exec $tty "$container" sh -c 'mkdir -p /gantry && cd /src && tar -cf - --exclude=./node_modules --exclude=./dist --exclude=./.git . | tar -xf - -C /gantry && cd /gantry && GANTRY_DEMO_CONTAINER='"$container"' sh scripts/demo.sh'
  fi
  echo "The demo needs one of these, and neither is here:" >&2
  echo "  root on Debian or Ubuntu (you are $(id -un)); it installs docker.io, docker-registry, openssh-server and iproute2 by itself" >&2
  echo "  a Docker engine that you may use: $(docker version 2>&1 | tail -n 1)" >&2
  exit 1
fi

. "$here/dependencies.sh"
if [ "$command" = down ]; then
  exec node scripts/demo-down.ts
fi
sh scripts/lab-packages.sh
node scripts/bundle.ts
exec node scripts/demo.ts
