import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { argvPrinter, specOf, main, testPlace, type TestPlace } from "./place.fixture.ts";
import { createLocalPlace, taskEnvironment } from "./local-place.ts";
import type { PlaceExecOptions } from "./place.ts";

let here: TestPlace;
beforeAll(() => {
  here = testPlace();
});
afterAll(() => here.clean());

const exec = (
  argv: readonly string[],
  changes: Partial<PlaceExecOptions> = {},
): ReturnType<TestPlace["place"]["exec"]> => here.place.exec(argv, { deadline: 10, limit: 1_000_000, ...changes });

describe("a command at this place", () => {
  test("gets its arguments and its environment as they are", async () => {
    const values = ["$(id)", "`id`", "it's", "a\nb", "--x", ""];
    const printed = await exec([...argvPrinter(here.folder), ...values]);
    expect(printed).toMatchObject({ ok: true, value: { exitCode: 0, stderr: "" } });
    expect(JSON.parse(printed.ok ? printed.value.stdout.toString() : "")).toEqual(values);
    const environment = await exec(["sh", "-c", 'printf %s "$SECRET"'], { env: { SECRET: "it's $(id)\n" } });
    expect(environment.ok && environment.value.stdout.toString()).toBe("it's $(id)\n");
  });

  test("answers with its exit code, its errors and how long it took", async () => {
    const answer = await exec(["sh", "-c", "echo out; echo err >&2; sleep 0.2; exit 3"]);
    expect(answer).toMatchObject({ ok: true, value: { exitCode: 3, stderr: "err\n" } });
    expect(answer.ok && answer.value.milliseconds).toBeGreaterThan(190);
    expect(await exec(["sh", "-c", "kill -9 $$"])).toMatchObject({ ok: true, value: { exitCode: 137 } });
  });

  test("is ended with all its children at its deadline", async () => {
    const mark = join(here.folder, "late");
    const began = performance.now();
    const late = await exec(["sh", "-c", `trap '' TERM; (trap '' TERM; sleep 4; touch ${mark}) & wait`], {
      deadline: 0.5,
    });
    expect(late).toEqual({
      ok: false,
      failure: { reason: "deadline", place: "here", detail: "sh: no end within 0.5 s" },
    });
    expect(performance.now() - began).toBeLessThan(1500);
    await new Promise((resolve) => setTimeout(resolve, 4500));
    expect(existsSync(mark)).toBe(false);
  });

  test("is ended when it prints more than is wanted", async () => {
    expect(await exec(["yes"], { limit: 1000 })).toMatchObject({ ok: false, failure: { reason: "output-limit" } });
    expect(await exec(["printf", "0123456789"], { limit: 10 })).toMatchObject({ ok: true });
  });

  test("is ended when it is not wanted any more", async () => {
    const began = performance.now();
    const aborted = await exec(["sleep", "30"], { signal: AbortSignal.timeout(200) });
    expect(aborted).toMatchObject({ ok: false, failure: { reason: "aborted" } });
    expect(performance.now() - began).toBeLessThan(1500);
  });

  test("that leaves a child with its output behind is not waited for, and the child is ended", async () => {
    const began = performance.now();
    expect(await exec(["sh", "-c", "sleep 30 & echo done"])).toMatchObject({ ok: true, value: { exitCode: 0 } });
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test("that is not there, or cannot be given a value, is a failure", async () => {
    expect(await exec(["no-such-program"])).toMatchObject({ ok: false, failure: { reason: "program-missing" } });
    expect(await exec(["echo", "a\0b"])).toMatchObject({ ok: false, failure: { reason: "bad-value" } });
    expect(await exec(["echo", "x".repeat(200_000)])).toMatchObject({ ok: false, failure: { reason: "bad-value" } });
    expect(await exec(["echo"], { env: { "a b": "secret" } })).toEqual({
      ok: false,
      failure: { reason: "bad-value", place: "here", detail: '"a b" cannot name a variable' },
    });
  });
});

test("tasks see nothing of a server's environment but what they need", () => {
  const server = { PATH: "/bin", HOME: "/root", LC_ALL: "C", https_proxy: "p", ANSIBLE_CONFIG: "a" };
  const secrets = { DATABASE_URL: "secret", GANTRY_SECRET_KEY: "secret", AWS_SECRET_ACCESS_KEY: "secret", PATHS: "x" };
  expect(taskEnvironment({ ...server, ...secrets })).toEqual(server);
});

test("a spool's folder that cannot be made is a failure with the words of the machine", async () => {
  const file = join(here.folder, "file");
  writeFileSync(file, "");
  const place = createLocalPlace({ name: "broken", spoolRoot: join(file, "spool") });
  expect(await place.start(specOf([main("true")]))).toEqual({
    ok: false,
    failure: {
      reason: "folder-refused",
      place: "broken",
      detail: expect.stringMatching(/cannot create directory.*: Not a directory/),
    },
  });
});

test("a value that no process can be given is refused at the start", async () => {
  const spec = specOf([main("echo", "a\0b")]);
  expect(await here.place.start(spec)).toMatchObject({ ok: false, failure: { reason: "bad-value", place: "here" } });
});
