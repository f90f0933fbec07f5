import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  argvPrinter,
  endings,
  follow,
  main,
  processesOf,
  programsOf,
  runToEnd,
  shell,
  specOf,
  testPlace,
  type TestPlace,
} from "./place.fixture.ts";
import type { SpoolLine } from "./place.ts";

/** What a place uses on Alpine; its awk cannot tell a signal from an exit code. */
const APPLETS = "sh setsid grep sed dd wc mv rm mkdir date sleep tr cat awk stat tail head base64 od sort".split(" ");
const withPath = (folder: string): string => `${folder}:${process.env["PATH"]}`;

const shells: readonly { readonly name: string; readonly path: () => string | undefined }[] = [
  { name: "this machine's sh", path: () => undefined },
  { name: "busybox", path: () => withPath(programsOf("/usr/bin/busybox", APPLETS)) },
  { name: "bash", path: () => withPath(programsOf("/usr/bin/bash", ["sh"])) },
].filter(({ name }) => name.includes("'") || existsSync(`/usr/bin/${name}`));

describe.each(shells)("a run under $name", ({ path }) => {
  let here: TestPlace;
  beforeAll(() => {
    here = testPlace(path());
  });
  afterAll(() => here.clean());

  test("leaves its log and an exit record with the result of each line", async () => {
    const before = Date.now();
    const followed = await runToEnd(here.place, specOf([shell("echo out; echo err >&2"), main("echo", "second")]));
    expect(followed).toMatchObject({ log: "out\nerr\nsecond\n", end: { timedOut: false, stopped: false } });
    expect(endings(followed)).toEqual(["main 0: 0", "main 1: 0"]);
    const [result] = followed.end instanceof Object ? followed.end.results : [];
    for (const time of [result?.startedAt, result?.endedAt]) {
      expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
      expect(Math.abs(Date.parse(time ?? "") - before)).toBeLessThan(10_000);
    }
  });

  test("ends at the first line that fails; the post task runs only after every line of the main task", async () => {
    const task = (name: SpoolLine["task"], line: string): SpoolLine => shell(line, { task: name });
    const good = [task("pre", "echo pre"), task("main", "echo main"), task("post", "echo post")];
    expect(endings(await runToEnd(here.place, specOf(good)))).toEqual(["pre 0: 0", "main 0: 0", "post 0: 0"]);
    const bad = [task("pre", "true"), task("main", "exit 7"), task("main", "echo never"), task("post", "echo never")];
    const followed = await runToEnd(here.place, specOf(bad));
    expect(endings(followed)).toEqual(["pre 0: 0", "main 0: 7"]);
    expect(followed.log).toBe("");
  });

  test("hands hostile values to the process as they are", async () => {
    const values = [
      "$(touch /tmp/gantry-hostile)",
      "`id`",
      "a;id",
      "--option",
      "-rf",
      "",
      " ",
      'it\'s "quoted"',
      "line\nbreak\r\n",
      "\t\\ \\n $HOME ${HOME} $'x' !! ~ * ? [a] {a,b} # & | < >",
      "中文 é \u{1f600} \u0081\u0088\u00ff",
      "'; echo pwned; '",
      "\u0001\u001b[31m\u007f",
      "%s%n",
      "x".repeat(100_000),
    ];
    const followed = await runToEnd(here.place, specOf([main(...argvPrinter(here.folder), ...values)]));
    expect(JSON.parse(followed.log)).toEqual(values);
  });

  test("gives the environment to its lines, hostile values as they are", async () => {
    const env = { SECRET: "it's $(id)\n`x` \\ end \n\n", g_dir: "mine", limit: "mine", n: "5", IFS_LIKE: " \t" };
    const line = shell(`printf '%s|' "$SECRET" "$g_dir" "$limit" "$n" "$IFS_LIKE" "$GANTRY_LINE" "$GANTRY_JOURNAL"`);
    const followed = await runToEnd(here.place, specOf([line, line], { env }));
    const said = `${Object.values(env).join("|")}|||`;
    expect(followed.log).toBe(said + said);
  });

  test("deletes the environment once read; a secret is in nobody's arguments", async () => {
    const secret = `geheim-${process.pid}-${Date.now()}`;
    const spec = specOf([shell("sleep 5")], { env: { SECRET: secret } });
    let seen = "";
    const looking = setInterval(() => (seen += commandLines()), 5);
    const began = performance.now();
    const started = await here.place.start(spec);
    expect(performance.now() - began).toBeLessThan(2500);
    seen += commandLines();
    const files = readdirSync(join(here.root, spec.run));
    clearInterval(looking);
    expect(started).toEqual({ ok: true, value: undefined });
    expect(files).not.toContain("env");
    expect(seen).toContain("supervise");
    expect(seen).not.toContain(secret);
    for (const file of files) {
      expect(readFileSync(join(here.root, spec.run, file), "utf8")).not.toContain(secret);
    }
    expect(statSync(join(here.root, spec.run)).mode & 0o777).toBe(0o700);
  });

  test("gives the journal to Gantry's lines only, and keeps whole lines of it", async () => {
    const line = shell(`[ -z "$GANTRY_JOURNAL" ] || printf '{"a":1}\\n{"b"' >>"$GANTRY_JOURNAL"`);
    const followed = await runToEnd(here.place, specOf([line, { ...line, gantry: true }]));
    expect(followed).toMatchObject({ journal: '{"a":1}\n', log: "" });
  });

  test("starts where the user is at home, with nothing on standard input", async () => {
    const followed = await runToEnd(here.place, specOf([shell("pwd; cat; echo end")]));
    expect(followed.log).toBe(`${here.folder}\nend\n`);
  });

  test("says which program there is none of, with the code of a shell", async () => {
    const followed = await runToEnd(here.place, specOf([main("no-such-program", "$(id)")]));
    expect(endings(followed)).toEqual(["main 0: 127"]);
    expect(followed.log).toBe("gantry: no such program: no-such-program\n");
    expect((await runToEnd(here.place, specOf([main("-c", "id")]))).log).toBe(
      "gantry: not the name of a program: -c\n",
    );
  });

  test("records the signal that ended a line", async () => {
    for (const signal of ["KILL", "TERM", "SEGV", "INT"]) {
      expect(endings(await runToEnd(here.place, specOf([shell(`kill -${signal} $$`)])))).toEqual([`main 0: ${signal}`]);
    }
    expect(endings(await runToEnd(here.place, specOf([shell("exit 255")])))).toEqual(["main 0: 255"]);
  });

  test("is not ended by a line that kills its own process group", async () => {
    const followed = await runToEnd(here.place, specOf([shell("trap '' TERM; echo a; kill 0; exit 3")]));
    expect(followed.log).toBe("a\n");
    expect(endings(followed)).toEqual(["main 0: 3"]);
    expect(endings(await runToEnd(here.place, specOf([shell("kill -9 0")])))).toEqual(["main 0: KILL"]);
  });

  test("leaves what a line has put into the background alone when it ends by itself", async () => {
    const spec = specOf([shell("sleep 30 & echo started")]);
    const followed = await runToEnd(here.place, spec);
    expect(endings(followed)).toEqual(["main 0: 0"]);
    expect(processesOf(join(here.root, spec.run))).toHaveLength(1);
    expect(await here.place.stop(spec.run, "KILL")).toEqual({ ok: true, value: { left: 0 } });
    expect(processesOf(join(here.root, spec.run))).toEqual([]);
  });

  test("keeps the log at its limit, marks the cut, and goes on", async () => {
    const spec = specOf([shell("yes 0123456789 | head -c 3000000; sleep 1.5; echo late; exit 4")], {
      logLimit: 100_000,
    });
    const followed = await runToEnd(here.place, spec);
    expect(followed.cut).toBe(true);
    expect(followed.log).toHaveLength(100_000);
    expect(endings(followed)).toEqual(["main 0: 4"]);
    expect(statSync(join(here.root, spec.run, "log")).size).toBe(100_000);
  });

  test("is ended when its time is up, and says so", async () => {
    const spec = specOf([shell("trap 'echo asked; exit 9' TERM; sleep 20 & wait; echo never")], { timeout: 2 });
    const followed = await runToEnd(here.place, spec);
    expect(followed).toMatchObject({ log: "asked\n", end: { timedOut: true, stopped: false } });
    expect(endings(followed)).toEqual(["main 0: 9"]);
    expect(processesOf(join(here.root, spec.run))).toEqual([]);
  });

  test("is killed when its time is up and it does not listen", async () => {
    const line = shell("trap '' TERM; while :; do sleep 0.2; done");
    const followed = await runToEnd(here.place, specOf([line, main("echo", "never")], { timeout: 1, stopGrace: 1 }));
    expect(followed).toMatchObject({ log: "", end: { timedOut: true } });
    expect(endings(followed)).toEqual(["main 0: KILL"]);
  });
});

test("an exit code above 128 is told from a signal where awk can tell", async () => {
  const here = testPlace();
  onTestFinished(() => here.clean());
  const followed = await runToEnd(here.place, specOf([shell("exit 143")]));
  expect(endings(followed)).toEqual(["main 0: 143"]);
});

test("a machine with old tools will do: no awk, whole seconds of sleep, a grep that knows lines only", async () => {
  const old = programsOf("/usr/bin/busybox", "setsid sed dd wc mv rm mkdir date tr cat stat head sort tail".split(" "));
  writeFileSync(join(old, "sleep"), '#!/bin/dash\ncase $1 in *.*) exit 1 ;; esac\nexec /usr/bin/sleep "$1"\n', {
    mode: 0o755,
  });
  writeFileSync(join(old, "grep"), '#!/bin/dash\ncase $1 in -*z*) exit 2 ;; esac\nexec /usr/bin/grep "$@"\n', {
    mode: 0o755,
  });
  symlinkSync("/usr/bin/dash", join(old, "sh"));
  const here = testPlace(old);
  onTestFinished(() => here.clean());
  const spec = specOf([shell("echo ready; (setsid sleep 300 &); sleep 301")]);
  expect(await here.place.start(spec)).toEqual({ ok: true, value: undefined });
  await delay(1500);
  expect(processesOf(join(here.root, spec.run)).length).toBeGreaterThanOrEqual(2);
  expect(await here.place.stop(spec.run, "TERM")).toEqual({ ok: true, value: { left: 0 } });
  expect(processesOf(join(here.root, spec.run))).toEqual([]);
  expect(endings(await follow(here.place, spec.run))).toEqual(["main 0: TERM"]);
  expect(endings(await runToEnd(here.place, specOf([shell("exit 3")])))).toEqual(["main 0: 3"]);
  const release =
    "setsid sleep 302 & trap 'kill -0 $! && echo connected; exit 4' TERM; echo ready; while :; do sleep 1; done";
  const gantry = specOf([shell(release, { gantry: true })]);
  await here.place.start(gantry);
  await delay(1500);
  await here.place.stop(gantry.run, "TERM");
  expect((await follow(here.place, gantry.run)).log).toContain("connected");
});

test("a machine that lacks something says what", async () => {
  const here = testPlace(programsOf("/usr/bin/dash", ["sh"]));
  onTestFinished(() => here.clean());
  expect(await here.place.start(specOf([main("true")]))).toEqual({
    ok: false,
    failure: { reason: "unfit", place: "here", detail: "setsid is missing" },
  });
});

function commandLines(): string {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        return "";
      }
    })
    .join("\n");
}
