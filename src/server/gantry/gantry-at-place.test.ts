import { describe, expect, it } from "vitest";
import type { Place, PlaceExecOptions, PlaceExecResult, PlaceFailureReason } from "../../adapters/place/place.ts";
import { fail, ok } from "../../domain/result.ts";
import type { GantryAt } from "./gantry-at.ts";
import { createGantryAtPlace } from "./gantry-at-place.ts";

interface Call {
  readonly argv: readonly string[];
  readonly options: PlaceExecOptions;
}

/** Gantry at a place that answers each command so; `calls` is what was run there. */
function asked(answer: Partial<{ exitCode: number; stdout: string; stderr: string }> | PlaceFailureReason | "never"): {
  gantry: GantryAt;
  calls: Call[];
} {
  const calls: Call[] = [];
  const exec: Place["exec"] = (argv, options) => {
    calls.push({ argv, options });
    if (answer === "never") return new Promise(() => {});
    if (typeof answer === "string") return Promise.resolve(fail({ reason: answer, place: "ops1", detail: "no route" }));
    const { exitCode = 0, stdout = "", stderr = "" } = answer;
    const result: PlaceExecResult = { exitCode, stdout: Buffer.from(stdout), stderr, milliseconds: 1 };
    return Promise.resolve(ok(result));
  };
  // Nothing but exec is used.
  const place = { name: "ops1", exec } as unknown as Place;
  const gantryEnv = { GANTRY_HOME: "/srv/deploy" };
  return { gantry: createGantryAtPlace({ place, gantryProgram: "gantry", gantryEnv }), calls };
}

const environment = "prod";
const versions = { environment, project: "demo1" };

describe("what is run at a place", () => {
  it("is an argument vector in which names cannot be taken for options", async () => {
    const { gantry, calls } = asked({ stdout: "[]" });
    await gantry.projects({ environment, keyword: "-x", exclude: "" });
    await gantry.tags({ environment, project: "-h", limit: 5 }, { language: "zh" });
    await gantry.versions(versions);
    await gantry.groups({ keyword: "" });
    expect(calls.map(({ argv }) => argv.join(" "))).toEqual([
      "gantry projects --environment=prod --json --lang en",
      "gantry tags --environment=prod --pagesize=5 --json --lang zh -- -h",
      "gantry versions --environment=prod --json --lang en -- demo1",
      "gantry inventory --list --lang en",
    ]);
    for (const { options } of calls) expect(options).toMatchObject({ env: { GANTRY_HOME: "/srv/deploy" } });
  });

  it("of a plan is the command line, whatever calls it and however it is to be shown", async () => {
    const { gantry, calls } = asked({ stdout: "{}" });
    for (const line of [
      "/opt/gantry/bin/gantry update demo1 -e prod --quiet --output=ndjson --lang en -t v1",
      "python3 /opt/soft/main_docker_deploy.py --output board -e prod -p demo1 -m restart",
      "main_docker_deploy -e prod -p demo1 -m update -tnc g.20261123.101010",
      "gantry rollback -e prod -- demo1",
    ])
      await gantry.plan(line.split(" "), { language: "zh" });
    expect(calls.map(({ argv }) => argv.join(" "))).toEqual([
      "gantry plan update --output json --lang zh demo1 -e prod -t v1",
      "gantry plan main_docker_deploy --output json --lang zh -e prod -p demo1 -m restart",
      "gantry plan main_docker_deploy --output json --lang zh -e prod -p demo1 -m update -tnc g.20261123.101010",
      "gantry plan rollback --output json --lang zh -e prod -- demo1",
    ]);
  });
});

describe("an answer", () => {
  it("may follow a greeting of the shell there", async () => {
    const { gantry } = asked({ stdout: 'Welcome to ops1\n["demo1"]\n' });
    expect(await gantry.projects({ environment, keyword: "", exclude: "" })).toEqual({ ok: true, value: ["demo1"] });
  });

  it("counts when a host could not be asked, unless nothing is left of it", async () => {
    const stderr = "lab1 (10.0.0.1) is unreachable: no route\n";
    const partial = asked({ exitCode: 4, stdout: '[{"version":"demo1-20261101.101010"}]', stderr });
    expect(await partial.gantry.versions(versions)).toEqual({ ok: true, value: ["demo1-20261101.101010"] });
    const none = asked({ exitCode: 4, stdout: "[]", stderr });
    expect(await none.gantry.versions(versions)).toEqual({
      ok: false,
      failure: { reason: "refused", detail: "lab1 (10.0.0.1) is unreachable: no route" },
    });
  });
});

describe("a problem says what to do", () => {
  it.each([
    ["program-missing" as const, "missing", /There is no gantry on ops1\. Install Gantry there/],
    [{ exitCode: 127, stderr: "sh: 1: exec: gantry: not found" }, "missing", /There is no gantry on ops1\./],
    [{ exitCode: 1, stderr: "error: unknown command 'versions'" }, "missing", /has no command "versions"\. Install/],
    [{ exitCode: 1, stderr: "错误: 未知的命令 'versions'" }, "missing", /has no command "versions"/],
    ["unreachable" as const, "place", /^ops1 cannot be asked: no route\. Verify/],
    ["deadline" as const, "deadline", /ops1 has not answered within 20 s/],
    ["aborted" as const, "aborted", /Given up/],
    [{ stdout: "Welcome" }, "unreadable", /printed something else than it should: "Welcome"/],
    [{ stdout: '[{"name":"x"}]' }, "unreadable", /printed something else/],
    [{ exitCode: 2 }, "refused", /exit code 2 and said nothing/],
  ])("%j", async (answer, reason, detail) => {
    const { gantry } = asked(answer);
    const failure = { reason, detail: expect.stringMatching(detail) };
    expect(await gantry.versions(versions)).toEqual({ ok: false, failure });
    const chinese = await gantry.versions(versions, { language: "zh" });
    if (!(typeof answer === "object" && "stderr" in answer))
      expect(chinese).toHaveProperty("failure.detail", expect.stringMatching(/[\u4e00-\u9fff]/));
  });

  it("and stands in the plan that could not be made", async () => {
    const plan = await asked("program-missing").gantry.plan(["gantry", "restart", "demo1", "-e", "prod"]);
    expect(plan).toMatchObject({ mode: "restart", project: "demo1", environment: "prod", hosts: [], steps: [] });
    expect(plan.problem).toMatch(/There is no gantry on ops1/);
  });
});

it("the program may have to be found first, and not be there", async () => {
  const exec: Place["exec"] = (argv) =>
    Promise.resolve(ok({ exitCode: 0, stdout: Buffer.from(JSON.stringify(argv)), stderr: "", milliseconds: 1 }));
  const place = { name: "ops1", exec } as unknown as Place;
  const at = (program: string | undefined): GantryAt =>
    createGantryAtPlace({ place, gantryProgram: () => Promise.resolve(program), gantryEnv: {} });
  const all = { environment, keyword: "gantry", exclude: "" };
  expect(await at("/opt/gantry/bin/gantry").projects(all)).toEqual(ok(["/opt/gantry/bin/gantry"]));
  expect(await at(undefined).projects(all)).toMatchObject({ ok: false, failure: { reason: "missing" } });
});

describe("a question ends", () => {
  it("after its deadline", async () => {
    const { gantry, calls } = asked("never");
    const answer = await gantry.versions(versions, { deadline: 0.05 });
    expect(answer).toMatchObject({ ok: false, failure: { reason: "deadline" } });
    expect(calls[0]?.options.signal?.aborted).toBe(true);
  });

  it("when whoever asked no longer waits, or waits no longer than so", async () => {
    const { gantry } = asked("never");
    const caller = new AbortController();
    const answer = gantry.groups({ keyword: "" }, { signal: caller.signal });
    caller.abort();
    expect(await answer).toMatchObject({ ok: false, failure: { reason: "aborted" } });
    expect(await gantry.groups({ keyword: "" }, { signal: caller.signal })).toMatchObject({ ok: false });
    const late = await gantry.groups({ keyword: "" }, { signal: AbortSignal.timeout(30) });
    expect(late).toMatchObject({ ok: false, failure: { reason: "deadline" } });
    const plan = await gantry.plan(["gantry", "update", "demo1", "-e", "prod"], { signal: AbortSignal.timeout(30) });
    expect(plan.problem).toMatch(/has not answered/);
  });
});
