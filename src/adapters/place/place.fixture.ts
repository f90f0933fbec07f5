import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalPlace, taskEnvironment } from "./local-place.ts";
import type { ExitRecord, FollowFrom, OnReach, Place, SpoolLine, SpoolSpec } from "./place.ts";

/** A place on this machine with a spool of its own, and a folder for the files of a test. */
export interface TestPlace {
  readonly place: Place;
  readonly root: string;
  readonly folder: string;
  /** Ends what runs there, and removes everything. */
  clean(): Promise<void>;
}

/** `path`: the folders in which its programs are searched. */
export function testPlace(path: string = process.env["PATH"] ?? ""): TestPlace {
  const folder = mkdtempSync(join(tmpdir(), "gantry-test-place-"));
  const root = join(folder, "spool");
  const environment = { ...taskEnvironment(process.env), HOME: folder, PATH: path };
  const place = createLocalPlace({ name: "here", spoolRoot: root, environment });
  const programs = path.split(":").filter((each) => each.startsWith(join(tmpdir(), PROGRAMS)));
  return {
    place,
    root,
    folder,
    clean: async () => {
      const runs = existsSync(root) ? readdirSync(root) : [];
      for (const run of runs) if (processesOf(join(root, run)).length > 0) await place.stop(run, "KILL");
      await place.close();
      for (const each of [folder, ...programs]) rmSync(each, { recursive: true, force: true });
    },
  };
}

const PROGRAMS = "gantry-test-programs-";

/** A folder, removed with the place that uses it, in which these programs are another one, for example busybox, as on Alpine. */
export function programsOf(program: string, names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), PROGRAMS));
  for (const name of names) symlinkSync(program, join(folder, name));
  return folder;
}

let count = 0;

export function runName(): string {
  count += 1;
  return `run-${process.pid}-${count}`;
}

export function main(...argv: readonly string[]): SpoolLine {
  return { task: "main", argv, shell: false, gantry: false };
}

export function shell(line: string, changes: Partial<SpoolLine> = {}): SpoolLine {
  return { task: "main", argv: [line], shell: true, gantry: false, ...changes };
}

export function specOf(lines: readonly SpoolLine[], changes: Partial<SpoolSpec> = {}): SpoolSpec {
  return { run: runName(), lines, env: {}, logLimit: 2 ** 30, timeout: null, stopGrace: 5, ...changes };
}

/** What a run has written, and how it ended. */
export interface Followed {
  readonly log: string;
  readonly journal: string;
  readonly cut: boolean;
  readonly end: ExitRecord | "lost" | "not yet";
}

/** Follows to the end, at most 20 s. Throws when a frame leaves a hole or says something twice. */
export async function follow(
  place: Place,
  run: string,
  from: FollowFrom = { log: 0, journal: 0 },
  signal: AbortSignal = AbortSignal.timeout(20_000),
  onReach?: OnReach,
): Promise<Followed> {
  const bytes = { log: [] as Buffer[], journal: [] as Buffer[] };
  const next = { ...from };
  let cut = false;
  let end: Followed["end"] = "not yet";
  for await (const frame of place.follow(run, from, signal, onReach)) {
    if (end !== "not yet") throw new Error(`${frame.kind} after the end`);
    if (frame.kind === "lost") end = "lost";
    else if (frame.kind === "exit") end = { results: frame.results, timedOut: frame.timedOut, stopped: frame.stopped };
    else if (frame.kind === "cut") cut = true;
    else {
      if (frame.offset !== next[frame.kind])
        throw new Error(`${frame.kind}: ${frame.offset} after ${next[frame.kind]}`);
      next[frame.kind] += frame.bytes.length;
      bytes[frame.kind].push(frame.bytes);
    }
  }
  return { log: Buffer.concat(bytes.log).toString(), journal: Buffer.concat(bytes.journal).toString(), cut, end };
}

/** Starts a run and follows it to its end. */
export async function runToEnd(place: Place, spec: SpoolSpec): Promise<Followed> {
  const started = await place.start(spec);
  if (!started.ok) throw new Error(JSON.stringify(started.failure));
  return follow(place, spec.run);
}

/** How each line ended, in short: `main 0: 7`, `post 1: KILL`. */
export function endings(followed: Followed): readonly string[] {
  if (typeof followed.end === "string") return [followed.end];
  return followed.end.results.map(({ task, line, exitCode, signal }) => `${task} ${line}: ${exitCode ?? signal}`);
}

/** The processes that have inherited the spool's name, zombies left out. */
export function processesOf(spool: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`GANTRY_SPOOL=${spool}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** A program that prints its arguments as JSON, as the process sees them. */
export function argvPrinter(folder: string): readonly string[] {
  const path = join(folder, "argv.mjs");
  writeFileSync(path, "process.stdout.write(JSON.stringify(process.argv.slice(2)));\n");
  return [process.execPath, path];
}
