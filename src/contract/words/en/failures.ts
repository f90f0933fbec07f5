import type { ComparedInstance, Mismatch, PeerReport } from "../../../engine/registry-failure.ts";
import type { FailureMessages } from "../message.ts";

const several = (names: readonly string[]): string => (names.length === 0 ? "none" : names.join(", "));

const mismatches: Readonly<Record<Mismatch, string>> = {
  "other-token": "registered by another start",
  "other-name": "does not name this container or host",
  "other-address": "has another address",
  "other-port": "has another port",
  gone: "is no longer registered",
  "old-registration": "registered before this start",
  fits: "fits",
};

const instances = (seen: readonly ComparedInstance[]): string =>
  seen.length === 0
    ? "no instance is registered"
    : seen
        .map(
          (each) =>
            `${each.id} (${each.hostname}, ${each.address}:${each.port}, ${each.status}): ${mismatches[each.mismatch]}`,
        )
        .join("; ");

const shown: Readonly<Record<PeerReport["shows"], string>> = {
  UP: "UP",
  DOWN: "DOWN",
  STARTING: "STARTING",
  OUT_OF_SERVICE: "OUT_OF_SERVICE",
  UNKNOWN: "UNKNOWN",
  absent: "not registered",
  unreachable: "no answer",
  refused: "refused",
};

const peers = (reports: readonly PeerReport[]): string =>
  reports
    .map(({ peer, shows, override, old, detail }) => {
      const more = [
        ...(override === undefined ? [] : [`override ${override}`]),
        ...(old ? ["registered before this start"] : []),
        ...(detail === undefined ? [] : [detail]),
      ];
      return `${peer}: ${shown[shows]}${more.length === 0 ? "" : ` (${more.join("; ")})`}`;
    })
    .join(", ");

const without = (reports: readonly PeerReport[]): string => {
  const dead = reports.filter(({ shows }) => shows === "unreachable" || shows === "refused");
  if (dead.length === 0) return "";
  return ` Put ${several(dead.map(({ peer }) => peer))} right, or take it out of EurekaUrl if no client uses it any more.`;
};

/** Every failure in English: what happened where, then what to do. */
export const failures: FailureMessages = {
  "host-unreachable": (f) => ({
    what: `${f.host} (${f.address}) cannot be reached: ${f.detail}`,
    todo: `Check that the machine is up and that \`ssh ${f.address}\` works from here, or leave the host out with -a.`,
  }),
  "host-key-unknown": (f) => ({
    what: `${f.host} (${f.address}) is not in known_hosts: ${f.detail}`,
    todo: `Compare the fingerprint with the machine's own, then add it: ssh-keyscan ${f.address} >> ~/.ssh/known_hosts`,
  }),
  "host-key-changed": (f) => ({
    what: `The host key of ${f.host} (${f.address}) is not the known one: ${f.detail}`,
    todo: `If the machine was reinstalled, remove the old key with \`ssh-keygen -R ${f.address}\`; otherwise find out who answers there.`,
  }),
  "login-refused": (f) => ({
    what: `${f.host} (${f.address}) refused the login${f.user === undefined ? "" : ` of ${f.user}`}: ${f.detail}`,
    todo: "Check ansible_user and the key (ansible_ssh_private_key_file, ssh-agent) or ansible_password in the inventory.",
  }),
  "become-refused": (f) => ({
    what: `${f.host} did not let us become ${f.user}: ${f.detail}`,
    todo: "Check ansible_become_password, or allow the command in sudoers on that host.",
  }),
  "connection-lost": (f) => ({
    what: `The connection to ${f.host} was lost: ${f.detail}`,
    todo: `Look what runs there with \`gantry inquiry\`, then run the same command again.`,
  }),
  deadline: (f) => ({
    what: `${f.host} did not finish "${f.action}" within ${f.seconds} s.`,
    todo: "The host or its Docker engine hangs: look at its load, its disk and `systemctl status docker`.",
  }),
  "ssh-missing": (f) => ({
    what: `The ssh program is missing on this machine (needed for ${f.host}): ${f.detail}`,
    todo: "Install OpenSSH's client (Debian: apt-get install openssh-client).",
  }),
  "tcp-refused": (f) => ({
    what: `${f.host} cannot reach ${f.address}:${f.port}: ${f.detail}`,
    todo: "Check that something listens there, and AllowTcpForwarding in that host's sshd_config.",
  }),
  "docker-missing": (f) => ({
    what: `Docker is not installed on ${f.host}: ${f.detail}`,
    todo: "Install Docker 20.10 or newer there, or leave the host out with -a.",
  }),
  "docker-denied": (f) => ({
    what: `The login user on ${f.host} may not use Docker: ${f.detail}`,
    todo: "Add the user to the group docker on that host, or set ansible_become=true in the inventory.",
  }),
  "docker-down": (f) => ({
    what: `The Docker engine on ${f.host} does not answer: ${f.detail}`,
    todo: "Start it there: systemctl start docker",
  }),
  "docker-error": (f) => ({
    what: `${f.host}: ${f.action} failed (status ${f.status}): ${f.detail}`,
    todo: "The words are the Docker engine's own; its log on that host says more (journalctl -u docker).",
  }),
  "disk-full": (f) => ({
    what: `The disk of ${f.host} is full (${f.action}): ${f.detail}`,
    todo: "Free space on that host: docker system df, docker image prune.",
  }),
  "port-taken": (f) => ({
    what: `${f.container} cannot start on ${f.host}: port ${f.port} is taken. ${f.detail}`,
    todo: `See who holds it with \`ss -ltnp 'sport = :${f.port}'\` and \`docker ps\` on that host, or change -p in DockerRunArg.`,
  }),
  "run-refused": (f) => ({
    what: `docker run of ${f.container} failed on ${f.host} (exit code ${f.exitCode}): ${f.detail}`,
    todo: "Check DockerRunArg and DockerRunCmd in the configuration file.",
  }),
  "image-missing": (f) => ({
    what: `The image ${f.image} does not exist: ${f.detail}`,
    todo: "Check the tag (-t) and DockerImageURL; `gantry tags` lists the tags there are.",
  }),
  "registry-login": (f) => ({
    what: `The image registry ${f.registry} refuses ${f.image}, without a login or with the one it got: ${f.detail}`,
    todo: `Run \`docker login ${f.registry}\` on this machine or on the hosts, as a user who may pull it.`,
  }),
  "registry-unreachable": (f) => ({
    what: `The image registry ${f.registry} cannot be reached for ${f.image}: ${f.detail}`,
    todo: "Check that it is up and that the hosts reach it. Nothing was changed.",
  }),
  "peer-unreachable": (f) => ({
    what: `Eureka at ${f.peer} does not answer: ${f.detail}`,
    todo: "Nothing is taken for done unless every peer says so: start this peer, or take it out of EurekaUrl if no client uses it any more, then run the same command again. With https and an own CA, name its file in NODE_EXTRA_CA_CERTS.",
  }),
  "peer-refused": (f) => ({
    what: `Eureka at ${f.peer} refuses: ${f.detail}`,
    todo:
      f.status === 401
        ? "Put the right user and password into EurekaUrl (http://user:password@server), special characters percent-encoded."
        : f.status === 403
          ? "A server that has just started answers 403 for up to 5 minutes: wait, then run the same command again. Otherwise the user may not write, or Spring Security's CSRF protection is on for /eureka/**: turn it off there."
          : "Look at that server's log; put it right or take it out of EurekaUrl, then run the same command again.",
  }),
  "peer-unknown": (f) => ({
    what: `No Eureka answers at ${f.peer}${f.detail === "" ? "" : ` (${f.detail})`}; tried ${several(f.tried)}.`,
    todo: "Correct EurekaUrl: the server's root, or the URL that ends before /apps.",
  }),
  "instance-not-found": (f) => ({
    what: `No instance of ${f.app} in Eureka belongs to the container on ${f.host}. Seen: ${instances(f.seen)}.`,
    todo: "Check AppSpringName and that the service registers. To release it without draining: update_hard.",
  }),
  "instance-ambiguous": (f) => ({
    what: `Several instances of ${f.app} in Eureka may be the container on ${f.host}: ${instances(f.seen)}.`,
    todo: "Delete those that are left over from dead containers (DELETE <EurekaUrl>/apps/<application>/<id> on every peer), or wait until they expire; then run the same command again.",
  }),
  "instance-of-other-host": (f) => ({
    what: `The instance ${f.instance} of ${f.app} in Eureka should be the container on ${f.host}, but has the address ${f.address}, not one of ${several(f.expected)}: it belongs to another host.`,
    todo: "Hosts that register under one name share one lease: give each its own (eureka.instance.instance-id or hostname), or a host name that resolves in the container.",
  }),
  "peers-disagree": (f) => ({
    what: `Not every Eureka peer knows ${f.instance} (${f.host}): ${peers(f.peers)}.`,
    todo: "Check that the peers reach each other and that EurekaUrl names only peers of one cluster; then run the same command again. Nothing was changed.",
  }),
  "drain-unconfirmed": (f) => ({
    what: `${f.instance} (${f.host}) is not out of service on every Eureka peer after ${f.seconds} s${f.cached ? ", by what they tell their clients" : ""}: ${peers(f.peers)}.`,
    todo: `It was not stopped, since clients may still call it.${f.cached ? " If the servers cache for longer than 120 s, use a fixed wait (-w)." : ""}${without(f.peers)}`,
  }),
  "undrain-unconfirmed": (f) => ({
    what: `${f.instance} (${f.host}) is not UP again on every Eureka peer after ${f.seconds} s: ${peers(f.peers)}.`,
    todo: `Check that the service runs. Then, on every peer: curl -X DELETE '<EurekaUrl>/apps/<application>/${f.instance}/status?value=UP'.${without(f.peers)}`,
  }),
  "removal-unconfirmed": (f) => ({
    what: `${f.instance} (${f.host}) could not be deleted from every Eureka peer: ${peers(f.peers)}.`,
    todo: `A new start may inherit its status there. Check that nothing registers under this id any more, then delete it on every peer: curl -X DELETE '<EurekaUrl>/apps/<application>/${f.instance}'.${without(f.peers)}`,
  }),
  "instance-not-up": (f) => ({
    what: `${f.instance === undefined ? `No instance of ${f.app} on ${f.host} came` : `${f.instance} on ${f.host} did not come`} UP on every Eureka peer within ${f.seconds} s: ${peers(f.peers)}.${f.instance === undefined ? ` Seen: ${instances(f.seen)}.` : ""}`,
    todo: f.peers.some(({ override }) => override !== undefined)
      ? `Somebody has set a status over it; undo it on every peer: curl -X DELETE '<EurekaUrl>/apps/<application>/${f.instance ?? "<id>"}/status?value=UP'.`
      : `Check the service's log, AppSpringName and its Eureka address. If it only needs longer to start, raise -c.${without(f.peers)}`,
  }),
  "instance-flapping": (f) => ({
    what: `${f.instance} (${f.host}) was UP in Eureka but did not stay so: gone ${f.falls === 1 ? "once" : `${f.falls} times`} in ${f.seconds} s; now ${peers(f.peers)}.`,
    todo: `The service's own health check or a second process under the same id takes it out again: look at its log.${without(f.peers)}`,
  }),
  "deregister-refused": (f) => ({
    what: `The service on ${f.host} did not answer its own ${f.url} with success: ${f.detail}.`,
    todo: "Correct Drain.deregister (or Drain.shutdown), or drain by the method eureka. To release it without draining: update_hard.",
  }),
  "deregister-nowhere": (f) => ({
    what: `It is not known where ${f.project} on ${f.host} could be asked to take itself out of service: it registers in no Eureka, publishes no port and has no probe.`,
    todo: "Publish its port in DockerRunArg (-p), or set HealthCheck.http with address and port; then run the same command again.",
  }),
  "connections-unseen": (f) => ({
    what: `What the service on ${f.host} is busy with cannot be seen: ${f.detail}`,
    todo: "It needs root on the host (ansible_become) with nsenter (util-linux) and ss (iproute2).",
  }),
  "container-exited": (f) => ({
    what: `${f.container} on ${f.host} exited with code ${f.exitCode}${f.outOfMemory ? " (out of memory)" : ""}.`,
    todo: f.outOfMemory
      ? "Give it more memory (-m in DockerRunArg)."
      : "Its last lines stand below; the container is kept for inspection.",
  }),
  "container-restarting": (f) => ({
    what: `${f.container} on ${f.host} is crash-looping: restarted ${f.restarts === 1 ? "once" : `${f.restarts} times`}${f.exitCode === 0 ? "" : `, last exit code ${f.exitCode}`}.`,
    todo: "Its last lines stand below; the container is kept for inspection.",
  }),
  unhealthy: (f) => ({
    what: `${f.container} on ${f.host} was not healthy after ${f.seconds} s; ${f.probe}: ${f.detail}`,
    todo: "Its last lines stand below. If it only needs longer to start, raise -c.",
  }),
  "still-running": (f) => ({
    what: `${f.container} on ${f.host} did not stop: ${f.detail}`,
    todo: `Look at it there: docker inspect ${f.container}`,
  }),
  "changed-underneath": (f) => ({
    what: `Somebody else changed ${f.host} meanwhile: expected ${f.expected || "nothing"} to run, found ${f.found || "nothing"}.`,
    todo: "Find out who, then run the same command again.",
  }),
  "wrong-image": (f) => ({
    what: `${f.container} on ${f.host} runs image ${f.found}, not ${f.expected}: the tag moved meanwhile.`,
    todo: "Run the same command again.",
  }),
  "no-version": (f) => ({
    what: `There is no version of ${f.project} on ${f.host}.`,
    todo: "Release one first: gantry update",
  }),
  "no-older-version": (f) => ({
    what: `There is no version of ${f.project} on ${f.host} to go back to${f.passedOver.length > 0 ? ` (passed over, since they died by themselves: ${several(f.passedOver)})` : ""}.`,
    todo: "Name one with --to, or leave the host out with -a.",
  }),
  "version-unknown": (f) => ({
    what: `${f.host} keeps no version ${f.version}.`,
    todo: `Kept there: ${several(f.kept)}.`,
  }),
  locked: (f) => ({
    what: f.holder
      ? `${f.project} on ${f.host} is locked by run ${f.holder.run} of ${f.holder.user} on ${f.holder.machine} since ${f.holder.since}.`
      : `${f.project} on ${f.host} is locked by another run.`,
    todo: "Wait for it to end; the lock frees itself when that run or its connection ends.",
  }),
  "lock-lost": (f) => ({
    what: `The lock of ${f.project} on ${f.host} was lost in the middle of the run.`,
    todo: "The connection broke or the lock's process was ended; look what runs there, then run the command again.",
  }),
  "lock-impossible": (f) => ({
    what: `${f.host} cannot take the lock of ${f.project}: ${f.detail}`,
    todo: "Put right what the message names on that host, then run the command again.",
  }),
  aborted: (f) => ({ what: `Aborted on ${f.host}.`, todo: "Run the same command again to finish." }),
};
