import { setTimeout as delay } from "node:timers/promises";
import { fail, ok } from "../../domain/result.ts";
import type { Failure, LockHolder, Outcome } from "../../engine/errors.ts";
import type { Connection, HostLock, RemoteProcess } from "../../engine/ports.ts";
import { LOCK_LINE, readLockScript, takeLockScript } from "./lock-script.ts";

/** Milliseconds between heartbeats. */
const BEAT = 5000;
/** Seconds for the host to say whether the lock is ours. */
const ANSWER = 15;
/** Milliseconds for the host to confirm a release. */
const CONFIRM = 2000;

/**
 * Takes a project's lock on a host, for the login user, whoever that is: users exclude each other. The lock ends with
 * the connection, with this process, or 30 s after the last heartbeat. Failures: locked, lock-impossible,
 * connection-lost, deadline.
 */
export async function lockHost(
  connection: Connection,
  project: string,
  holder: LockHolder,
): Promise<Outcome<HostLock>> {
  const remote = connection.spawn(takeLockScript(project, JSON.stringify(holder)));
  const answer = await firstAnswer(remote);
  if (answer.word === "acquired") return ok(held(remote));
  await remote.close();
  return fail(lockFailure(connection.host.name, project, answer));
}

/** Who holds a project's lock on a host: undefined when nobody does, a holder with empty fields when it cannot be told. */
export async function readLock(connection: Connection, project: string): Promise<Outcome<LockHolder | undefined>> {
  const remote = connection.spawn(readLockScript(project));
  const answer = await firstAnswer(remote);
  await remote.close();
  if (answer.word === "free") return ok(undefined);
  if (answer.word === "held") return ok(parseHolder(answer.rest) ?? { run: "", user: "", machine: "", since: "" });
  return fail(lockFailure(connection.host.name, project, answer));
}

interface Answer {
  readonly word: string;
  readonly rest: string;
}

function lockFailure(host: string, project: string, { word, rest }: Answer): Failure {
  if (word === "late") return { reason: "deadline", host, action: `lock ${project}`, seconds: ANSWER };
  if (word === "impossible") return { reason: "lock-impossible", host, project, detail: rest };
  if (word !== "held") return { reason: "connection-lost", host, detail: `the lock of ${project}: no answer` };
  const holder = parseHolder(rest);
  return { reason: "locked", host, project, ...(holder === undefined ? {} : { holder }) };
}

async function firstAnswer(remote: RemoteProcess): Promise<Answer> {
  const timer = new AbortController();
  const late = delay(ANSWER * 1000, { word: "late", rest: "" }, { signal: timer.signal, ref: false });
  late.catch(() => undefined);
  const answer = await Promise.race([nextAnswer(remote), late]);
  timer.abort();
  return answer;
}

async function nextAnswer(remote: RemoteProcess): Promise<Answer> {
  const lines = remote.lines[Symbol.asyncIterator]();
  for (let line = await lines.next(); line.done !== true; line = await lines.next()) {
    if (!line.value.startsWith(LOCK_LINE)) continue;
    const [word = "", ...rest] = line.value.slice(LOCK_LINE.length).split(" ");
    return { word, rest: rest.join(" ") };
  }
  return { word: "ended", rest: "" };
}

function held(remote: RemoteProcess): HostLock {
  const lost = new AbortController();
  let releasing: Promise<void> | undefined;
  const beat = setInterval(() => remote.write("."), BEAT);
  const over = (): void => {
    clearInterval(beat);
    if (releasing === undefined) lost.abort();
  };
  void remote.ended.then(over);
  const release = async (): Promise<void> => {
    clearInterval(beat);
    const confirmed = nextAnswer(remote);
    const closed = remote.close();
    await Promise.race([confirmed, delay(CONFIRM, undefined, { ref: false })]);
    await closed;
  };
  return { lost: lost.signal, release: () => (releasing ??= release()) };
}

/** Other users of the host may have written anything there. */
function parseHolder(text: string): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    const facts = new Map(Object.entries(value));
    const [run, user, machine, since] = ["run", "user", "machine", "since"].map((name) => printable(facts.get(name)));
    if (run === undefined || user === undefined || machine === undefined || since === undefined) return undefined;
    return { run, user, machine, since };
  } catch {
    return undefined;
  }
}

function printable(value: unknown): string | undefined {
  // oxlint-disable-next-line no-control-regex -- it goes to a terminal
  return typeof value === "string" ? value.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "").slice(0, 200) : undefined;
}
