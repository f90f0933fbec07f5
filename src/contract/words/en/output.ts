import type { RetiredVersion } from "../../../engine/events.ts";
import type { OutputWords } from "../run-words.ts";

const names = (hosts: readonly string[]): string => hosts.join(", ");

const fates: Readonly<Record<RetiredVersion["fate"], (version: string) => string>> = {
  kept: (version) => `The failed version is kept as ${version}.`,
  removed: (version) => `${version} never started and was removed.`,
  stopped: (version) => `${version} was stopped.`,
};

/** What the board, the Ansible look and the final table say in English. Step titles are the original's and not here. */
export const output: OutputWords = {
  connect: "Connect to the hosts.",
  lookTask: "Look at the hosts.",
  resolveTask: "Resolve the image tag to one digest.",
  rescueTask: "Go back to the version that ran before.",
  keepTask: "Remove versions beyond Keep.",
  hookTask: (hook) => `Hook: ${hook}`,
  skip: {
    "nothing-running": "nothing is running",
    "not-registered": "what runs there does not serve and is not registered",
  },
  stopped: {
    failures: (left) => `Stopped because of the failure. Left as they were: ${names(left)}.`,
    unreachable: (left) =>
      `Stopped before anything was changed: a host is unreachable. Left as they were: ${names(left)}.`,
    "last-healthy": (left) =>
      `Stopped: the next batch holds the last host that serves, and another has failed. --force goes on. Left as they were: ${names(left)}.`,
    hook: (left) => `Stopped: the hook "before" failed. Left as they were: ${names(left)}.`,
    interrupt: (left) => `Interrupted. Left as they were: ${names(left)}.`,
  },
  headings: { host: "HOST", before: "BEFORE", now: "NOW", verdict: "VERDICT", time: "TIME" },
  verdicts: {
    done: "done",
    reverted: "reverted",
    rescued: "rescued",
    failed: "FAILED",
    unreachable: "UNREACHABLE",
    untouched: "untouched",
  },
  nothing: "-",
  steps: {
    "find-instance": "instance",
    find: "find",
    "find-exited": "find old",
    pull: "pull",
    deregister: "deregister",
    wait: "wait",
    stop: "stop",
    run: "run",
    start: "start",
    health: "health",
    list: "list",
  },
  waiting: {
    stop: (waiting) => `stopping ${waiting.container}`,
    settle: (waiting) => `must stay up for ${waiting.seconds} s`,
    "docker-health": (waiting) => `HEALTHCHECK is ${waiting.status}`,
    probe: (waiting) => `${waiting.probe}: ${waiting.detail}`,
    bake: (waiting) => `must stay healthy for ${waiting.seconds} s`,
    drain: (waiting) => `of ${waiting.seconds} s for the caches of Eureka and its clients`,
    "server-caches": () => "until every Eureka peer tells its clients",
    "client-caches": (waiting) => `then ${waiting.seconds} s for the caches of the clients`,
    requests: (waiting) =>
      waiting.inFlight > 0
        ? `${waiting.inFlight} ${waiting.inFlight === 1 ? "request" : "requests"} in flight`
        : `called lately by ${names(waiting.callers)}`,
    "service-shutdown": (waiting) => `the service shuts down by itself, at most ${waiting.seconds} s`,
    instance: (waiting) => `looking for its instance of ${waiting.app} in Eureka, at most ${waiting.seconds} s`,
    "lease-removal": (waiting) => `removing ${waiting.instance} from Eureka`,
    registration: (waiting) =>
      waiting.peers.length === 0
        ? "not registered in Eureka yet"
        : waiting.peers
            .map(({ peer, shows }) => `${peer}: ${shows === "absent" ? "not registered" : shows}`)
            .join(", "),
  },
  lastLines: (container) => `Last lines of ${container}:`,
  whyRunning: (host, running) =>
    running === undefined || running.length === 0
      ? `${host} ran nothing at that moment.`
      : `${host} ran ${names(running)} at that moment.`,
  rescued: (host, restored, retired, inService) =>
    [
      restored === undefined ? `${host} now runs nothing.` : `${host} went back to ${restored}.`,
      ...(retired === undefined ? [] : [fates[retired.fate](retired.version)]),
      ...(inService === undefined ? [] : [`${inService} is UP again on every Eureka peer.`]),
    ].join(" "),
  next: (command) => `Next: ${command}`,
  undo: (command) => `To go back: ${command}`,
  logFile: (path) => `Log: ${path}`,
  interrupted: "Interrupted: finishing the hosts in hand. Press Ctrl-C again to abort and go back.",
  interruptedAgain: "Aborting: the hosts in hand go back to what ran before.",
  untouched: "No container was touched.",
  outcome: {
    succeeded: "All hosts done.",
    failed: "The run failed.",
    unreachable: "A host was unreachable.",
    locked: "The project is locked on a host; nothing was changed.",
    interrupted: "Interrupted.",
  },
};
