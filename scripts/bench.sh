#!/bin/sh
# npm run bench -- <name>: installs what is missing, builds, measures. ROUNDS sets how often (default 5).
set -eu
. "$(dirname "$0")/dependencies.sh"
node scripts/bundle.ts
sh scripts/lab-packages.sh
sh scripts/ansible.sh
exec node bench/main.ts "$@"
