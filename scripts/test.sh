#!/bin/sh
# npm test: installs what is missing, then runs all tests. GANTRY_TESTS=unit runs those that need no lab.
# Arguments go to vitest, for example: npm test -- test/e2e/ssh.test.ts
set -eu
. "$(dirname "$0")/dependencies.sh"

if [ "${GANTRY_TESTS:-all}" = unit ]; then
  exec vitest run --project unit "$@"
fi
node scripts/bundle.ts
sh scripts/lab-packages.sh chromium:chromium slapd:slapd ldapmodify:ldap-utils
sh scripts/ansible.sh
exec vitest run "$@"
