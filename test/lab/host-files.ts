import { join } from "node:path";
import { cgroupOf } from "./cgroups.ts";
import { hostPath } from "./command.ts";
import { hostAddress, type Subnet } from "./network.ts";
import type { LabHostSpec, LabUser } from "./options.ts";

/** All that the files of one host are written from. */
export interface HostPlan {
  readonly lab: string;
  readonly subnet: Subnet;
  readonly index: number;
  readonly name: string;
  readonly address: string;
  /** The host's folder on the machine; the host itself sees it as /run/lab. */
  readonly dir: string;
  readonly spec: LabHostSpec;
  /** Number of hosts in the lab. */
  readonly size: number;
  /** Folder with another engine's programs, to be used instead of the machine's. */
  readonly engineDir?: string;
}

/** The arguments by which the host's init process is known in the machine's process list. */
export function initArgv(dir: string): readonly string[] {
  return ["bash", join(dir, "init.sh")];
}

/** Starts the init process in namespaces of its own and waits for its end. */
export function bootArgv(dir: string): readonly string[] {
  const namespaces = ["--net", "--mount", "--uts", "--ipc", "--pid"];
  return ["unshare", ...namespaces, "--fork", "--propagation", "private", ...initArgv(dir)];
}

/**
 * The host's first process, PID 1 of its own namespaces. Its root is an overlay over the machine's, in memory: hosts
 * write wherever they like and nothing of it reaches the machine or another host. It ends by itself when no cable comes.
 */
export function initScript(plan: HostPlan): string {
  const { dir, name, spec } = plan;
  return `#!/bin/bash
# Host ${name} of lab ${plan.lab}, written by test/lab/host-files.ts.
set -euo pipefail
read -r -a stat </proc/self/stat # still the machine's /proc: its number there, and its start time
echo "\${stat[0]} \${stat[21]}" >${quote(join(dir, "init.pid.new"))}
mv ${quote(join(dir, "init.pid.new"))} ${quote(join(dir, "init.pid"))}
hostname ${name}

layer=${quote(join(dir, "root"))}
mount -t tmpfs -o mode=755 tmpfs "$layer"
mkdir "$layer/upper" "$layer/work" "$layer/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$layer/upper,workdir=$layer/work" "$layer/root"
cd "$layer/root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs -o mode=755 tmpfs run
mkdir run/lab run/machine run/sshd run/engine
mkdir -m 1777 run/lock
mount --bind ${quote(dir)} run/lab
${plan.engineDir === undefined ? "" : `mount --bind ${quote(plan.engineDir)} run/engine`}
pivot_root . run/machine
cd /
umount -l /run/machine
rmdir /run/machine

# Only the distribution is shared with the machine: homes, temporary files and work folders are the host's own.
for folder in /*; do
  case $folder in
    /bin | /boot | /dev | /etc | /lib* | /proc | /run | /sbin | /sys | /usr | /var) ;;
    *) if [ -d "$folder" ] && [ ! -L "$folder" ]; then mount -t tmpfs -o mode=755 tmpfs "$folder"; fi ;;
  esac
done
mkdir -p /root /home /tmp
chmod 700 /root
chmod 1777 /tmp
mount -t tmpfs -o mode=755 tmpfs /var/log
cp -r /etc/skel/. /root/
rm -f /etc/nologin /root/.ssh/*

echo ${name} >/etc/hostname
cat >/etc/hosts <<'HOSTS'
127.0.0.1 localhost
${hostsFile(plan)}
HOSTS
usermod -p '*' root
rm -f /etc/resolv.conf
echo "nameserver ${plan.subnet.gateway}" >/etc/resolv.conf
${dockerPrograms(plan)}
${(spec.users ?? []).map(addUser).join("\n")}
${dataFolder(spec)}

for _ in $(seq 400); do
  [ -e /sys/class/net/eth0 ] && break
  sleep 0.05
done
ip link set lo up
ip address add ${plan.address}/24 dev eth0
ip link set eth0 up
/run/lab/start-sshd
touch /run/lab/ready

set +e
while :; do
  sleep infinity &
  wait $!
done
`;
}

/** sshd as the host runs it. sshd takes the first value it meets, so the specification's lines come first. */
export function sshdConfig(spec: LabHostSpec): string {
  return `${(spec.sshd ?? []).map((line) => line.replace("=", " ")).join("\n")}
HostKey /run/lab/hostkey
PidFile /run/sshd.pid
AuthorizedKeysFile /run/lab/keys/%u
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication yes
KbdInteractiveAuthentication no
UseDNS no
PrintMotd no
PrintLastLog no
AcceptEnv LANG LC_*
Subsystem sftp /usr/lib/openssh/sftp-server
`;
}

export function startSshdScript(): string {
  return `#!/bin/sh
exec /usr/sbin/sshd -f /run/lab/sshd_config -E /run/lab/sshd.log
`;
}

/** Starts dockerd in the background. It listens for the host and, on a second socket, for the machine. */
export function startDockerdScript(plan: HostPlan): string {
  const { lab, subnet, name, spec } = plan;
  return `#!/bin/sh
PATH=${hostPath}
${spec.minApi === undefined ? "" : `export DOCKER_MIN_API_VERSION=${spec.minApi}`}
setsid dockerd --data-root /run/lab/data --exec-root /run/docker --pidfile /run/docker.pid \\
  -H unix:///run/docker.sock -H unix:///run/lab/docker.sock \\
  --insecure-registry ${subnet.cidr} \\
  --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent /${cgroupOf(lab)}/${name} \\
  </dev/null >>/run/lab/dockerd.log 2>&1 &
`;
}

function hostsFile(plan: HostPlan): string {
  return Array.from({ length: plan.size }, (_, at) => `${hostAddress(plan.subnet, at + 1)} lab${at + 1}`).join("\n");
}

function dockerPrograms({ spec, engineDir }: HostPlan): string {
  const stray = "rm -f /usr/local/bin/docker* /usr/local/bin/containerd* /usr/local/bin/runc";
  if (spec.docker === false) {
    return `${stray}\nrm -f /usr/bin/docker* /usr/sbin/docker* /usr/bin/containerd* /usr/bin/ctr`;
  }
  const group = "groupadd -f docker";
  if (engineDir === undefined) return `${stray}\n${group}`;
  return `${stray}\n${group}\nln -s /run/engine/usr/bin/* /run/engine/usr/sbin/* /usr/local/bin/`;
}

function addUser(user: LabUser): string {
  const { name } = user;
  const lines = [`id -u ${name} >/dev/null 2>&1 || useradd -m -s /bin/bash ${name}`];
  lines.push(
    user.password === undefined
      ? `usermod -p '*' ${name}`
      : `echo ${quote(`${name}:${user.password}`)} | chpasswd -c SHA512`,
  );
  if (user.docker === true) lines.push(`usermod -aG docker ${name}`);
  if (user.sudo !== undefined) {
    const tag = user.sudo === "nopasswd" ? "NOPASSWD: " : "";
    lines.push(`echo '${name} ALL=(ALL:ALL) ${tag}ALL' >/etc/sudoers.d/${name}`, `chmod 440 /etc/sudoers.d/${name}`);
  }
  return lines.join("\n");
}

function dataFolder(spec: LabHostSpec): string {
  if (spec.dataTmpfsMb === undefined) return "";
  return `mount -t tmpfs -o mode=710,size=${spec.dataTmpfsMb}m tmpfs /run/lab/data`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
