#!/bin/sh
# Puts the Ansible that the tests compare with into .gantry/ansible, unless it is there already.
set -eu
version=2.19.14
# PyYAML is part of what is compared: from 6.0.4 on, the first of two merge keys in one mapping wins, before it the last.
pyyaml=6.0.3
folder=$(cd "$(dirname "$0")/.." && pwd)/.gantry/ansible
if "$folder/bin/ansible" --version 2>/dev/null | grep -q "core $version" &&
  "$folder/bin/python" -c "import sys, yaml; sys.exit(yaml.__version__ != '$pyyaml')" 2>/dev/null; then
  exit 0
fi
python=
for candidate in python3.13 python3.12 python3.11 python3; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ] || ! "$python" -c 'import ensurepip' 2>/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing python3-venv"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null
    python=python3
  else
    echo "Python 3.11 or newer with the venv module is missing: the tests compare with Ansible. Install python3 and python3-venv." >&2
    exit 1
  fi
fi
echo "Installing ansible-core $version into $folder"
rm -rf "$folder"
"$python" -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check "ansible-core==$version" "PyYAML==$pyyaml" 2>&1
