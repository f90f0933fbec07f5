/**
 * The flags of `docker run`, as the CLIs 20.10.24 and 28.2.2 print them with `--help`, with the hidden ones of
 * docker/cli `cli/command/container/opts.go` (`--net`, `--net-alias`, `--dns-opt`, the Windows ones).
 * A test holds the table to the CLI on the machine.
 */
const valueFlags: ReadonlySet<string> = new Set(
  `add-host annotation attach blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cidfile
  cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems
  detach-keys device device-cgroup-rule device-read-bps device-read-iops device-write-bps device-write-iops dns dns-opt
  dns-option dns-search domainname entrypoint env env-file expose gpus group-add health-cmd health-interval
  health-retries health-start-interval health-start-period health-timeout hostname io-maxbandwidth io-maxiops ip ip6 ipc
  isolation kernel-memory label label-file link link-local-ip log-driver log-opt mac-address memory memory-reservation
  memory-swap memory-swappiness mount name net net-alias network network-alias oom-score-adj pid pids-limit platform
  publish pull restart runtime security-opt shm-size stop-signal stop-timeout storage-opt sysctl tmpfs ulimit user
  userns uts volume volume-driver volumes-from workdir`.split(/\s+/),
);

const booleanFlags: ReadonlySet<string> = new Set(
  `detach disable-content-trust help init interactive no-healthcheck oom-kill-disable privileged publish-all quiet
  read-only rm sig-proxy tty use-api-socket`.split(/\s+/),
);

const shorthands: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "attach",
    c: "cpu-shares",
    d: "detach",
    e: "env",
    h: "hostname",
    i: "interactive",
    l: "label",
    m: "memory",
    p: "publish",
    P: "publish-all",
    q: "quiet",
    t: "tty",
    u: "user",
    v: "volume",
    w: "workdir",
  }),
);

/** Whether a long flag (without its dashes) takes a value, or undefined for a flag that no known CLI has. */
export function flagKind(name: string): "value" | "boolean" | undefined {
  if (valueFlags.has(name)) return "value";
  return booleanFlags.has(name) ? "boolean" : undefined;
}

/** The long name of a one-letter flag, or undefined. */
export function longFlag(letter: string): string | undefined {
  return shorthands.get(letter);
}

/** Every long flag, without dashes; to look for the nearest name of a misspelt one. */
export function dockerRunFlags(): readonly string[] {
  return [...valueFlags, ...booleanFlags].toSorted();
}
