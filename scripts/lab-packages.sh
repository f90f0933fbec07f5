#!/bin/sh
# lab-packages.sh [program:package ...]: installs what test/lab runs, on Debian, as root. Does nothing when all is there. No service is started.
set -eu

# program:package
needed="dockerd:docker.io docker:docker.io containerd:containerd runc:runc docker-registry:docker-registry
sshd:openssh-server ssh:openssh-client ssh-keygen:openssh-client ip:iproute2 iptables:iptables
busybox:busybox-static sudo:sudo nsenter:util-linux unshare:util-linux pivot_root:util-linux useradd:passwd"
# More pairs as arguments: what only the tests need.
needed="$needed $*"

PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin

# Prints "program:package" for what is missing. The image layers need a busybox that runs without libraries.
missing() {
  for pair in $needed; do
    program=${pair%%:*}
    command -v "$program" >/dev/null 2>&1 || echo "$pair"
  done
  if command -v busybox >/dev/null 2>&1 && command -v ldd >/dev/null 2>&1 && ldd "$(command -v busybox)" >/dev/null 2>&1; then
    echo "busybox:busybox-static"
  fi
}

absent=$(missing)
[ -n "$absent" ] || exit 0
programs=$(echo "$absent" | sed 's/:.*//' | tr '\n' ' ')
packages=$(echo "$absent" | sed 's/.*://' | sort -u | tr '\n' ' ')

if [ "$(id -u)" != 0 ]; then
  echo "lab-packages: missing: $programs(Debian packages: $packages) and this is not root: install them, or run this as root" >&2
  exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "lab-packages: missing: $programs(Debian packages: $packages) and there is no apt-get here: install them by hand" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt="apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2"
$apt update
# From Debian 13 on, the docker program has a package of its own.
case " $programs" in *" docker "*)
  if apt-cache show docker-cli >/dev/null 2>&1; then packages="$packages docker-cli"; fi ;;
esac
echo "lab-packages: missing: $programs; installing: $packages"

# Maintainer scripts ask policy-rc.d before they start a service: 101 means no. What was there is put back.
policy=/usr/sbin/policy-rc.d
saved=$policy.gantry-lab
if grep -qs "^# by gantry's lab-packages" "$policy"; then rm "$policy"; fi # left by a killed run
if [ -e "$policy" ] && [ ! -e "$saved" ]; then mv "$policy" "$saved"; fi
restore() {
  rm -f "$policy"
  if [ -e "$saved" ]; then mv "$saved" "$policy"; fi
}
trap restore EXIT
trap 'exit 1' HUP INT TERM
printf "#!/bin/sh\n# by gantry's lab-packages\nexit 101\n" >"$policy"
chmod 755 "$policy"

# shellcheck disable=SC2086
$apt install -y --no-install-recommends $packages

left=$(missing)
if [ -n "$left" ]; then
  echo "lab-packages: still missing after the installation: $left" >&2
  exit 1
fi
echo "lab-packages: done; no service was started"
