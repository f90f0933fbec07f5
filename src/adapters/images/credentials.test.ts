import { describe, expect, test } from "vitest";
import { ok } from "../../domain/result.ts";
import type { Outcome } from "../../engine/errors.ts";
import type { RunHelper } from "./credential-helper.ts";
import { type Credentials, findCredentials } from "./credentials.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const noHelper: RunHelper = () => Promise.reject(new Error("no helper is to run"));

function helper(exitCode: number, stdout: string, stderr = "") {
  const calls: string[][] = [];
  const run: RunHelper = (program, server) => {
    calls.push([program, server]);
    return Promise.resolve(ok({ exitCode, stdout, stderr }));
  };
  return { run, calls };
}

function find(config: unknown, registry: string, run: RunHelper = noHelper) {
  const text = typeof config === "string" ? config : JSON.stringify(config);
  return findCredentials(text, registry, run);
}

function open(outcome: Outcome<Credentials | undefined>): unknown {
  if (!outcome.ok || outcome.value === undefined) return outcome;
  const { value } = outcome;
  return "identityToken" in value
    ? { identityToken: value.identityToken.reveal() }
    : { username: value.username, password: value.password.reveal() };
}

describe("auths", () => {
  const ann = { username: "ann", password: "pa:ss" };

  test.each([
    ["reg.io:5000", "reg.io:5000"],
    ["https://reg.io:5000", "reg.io:5000"],
    ["http://reg.io:5000/", "reg.io:5000"],
    ["https://reg.io/v1/", "reg.io"],
    ["https://index.docker.io/v1/", "docker.io"],
    ["docker.io", "docker.io"],
    ["index.docker.io", "docker.io"],
  ])("the key %s serves %s", async (key, registry) => {
    expect(open(await find({ auths: { [key]: { auth: base64("ann:pa:ss") } } }, registry))).toEqual(ann);
  });

  test("a key for another port is another registry", async () => {
    expect(await find({ auths: { "reg.io:5000": { auth: base64("ann:pw") } } }, "reg.io")).toEqual(ok(undefined));
  });

  test("the exact key beats one with a scheme", async () => {
    const auths = { "https://reg.io": { auth: base64("old:x") }, "reg.io": { auth: base64("ann:pa:ss") } };
    expect(open(await find({ auths }, "reg.io"))).toEqual(ann);
  });

  test("a name and a password in clear are taken", async () => {
    expect(open(await find({ auths: { "reg.io": ann } }, "reg.io"))).toEqual(ann);
  });

  test("zero bytes that old Docker versions put behind the password are dropped", async () => {
    expect(open(await find({ auths: { "reg.io": { auth: base64("ann:pa:ss\0\0") } } }, "reg.io"))).toEqual(ann);
  });

  test("an identity token beats the name beside it", async () => {
    const entry = { auth: base64("00000000:"), identitytoken: "refresh-me" };
    expect(open(await find({ auths: { "reg.io": entry } }, "reg.io"))).toEqual({ identityToken: "refresh-me" });
  });

  test.each([undefined, "", "{}", { auths: {} }, { auths: { "reg.io": {} } }, { auths: null }, "\uFEFF{}"])(
    "%j has no login",
    async (config) => {
      const text = config === undefined || typeof config === "string" ? config : JSON.stringify(config);
      expect(await findCredentials(text, "reg.io", noHelper)).toEqual(ok(undefined));
    },
  );

  test("a file that is not JSON is a failure that does not quote it", async () => {
    const outcome = await find('{"auths": {"reg.io": {"auth": "c2VjcmV0"}}', "reg.io");
    expect(outcome).toMatchObject({
      ok: false,
      failure: { reason: "registry-login", registry: "reg.io", image: "reg.io" },
    });
    expect(JSON.stringify(outcome)).not.toContain("c2Vj");
  });

  test("an auth that is not name:password is a failure that does not quote it", async () => {
    const outcome = await find({ auths: { "reg.io": { auth: base64("justatoken") } } }, "reg.io");
    expect(outcome).toMatchObject({ ok: false, failure: { reason: "registry-login" } });
    expect(JSON.stringify(outcome)).not.toMatch(/justatoken|anVzdGF0b2tlbg/);
  });
});

describe("helpers", () => {
  const answer = JSON.stringify({ ServerURL: "reg.io", Username: "ann", Secret: "from-helper" });

  test("the registry's own helper beats credsStore and auths", async () => {
    const { run, calls } = helper(0, answer);
    const config = {
      credHelpers: { "reg.io": "ecr-login" },
      credsStore: "desktop",
      auths: { "reg.io": { auth: base64("bob:x") } },
    };
    expect(open(await find(config, "reg.io", run))).toEqual({ username: "ann", password: "from-helper" });
    expect(calls).toEqual([["docker-credential-ecr-login", "reg.io"]]);
  });

  test("credsStore serves every other registry, Docker Hub by its old address", async () => {
    const { run, calls } = helper(0, answer);
    await find({ credHelpers: { "reg.io": "ecr-login" }, credsStore: "pass" }, "docker.io", run);
    expect(calls).toEqual([["docker-credential-pass", "https://index.docker.io/v1/"]]);
  });

  test("an empty helper for a registry means the file", async () => {
    const config = {
      credHelpers: { "reg.io": "" },
      credsStore: "pass",
      auths: { "reg.io": { auth: base64("ann:x") } },
    };
    expect(open(await find(config, "reg.io"))).toEqual({ username: "ann", password: "x" });
  });

  test("a helper's user <token> is an identity token", async () => {
    const { run } = helper(0, JSON.stringify({ Username: "<token>", Secret: "refresh-me" }));
    expect(open(await find({ credsStore: "pass" }, "reg.io", run))).toEqual({ identityToken: "refresh-me" });
  });

  test("a helper that knows nothing leaves it to auths", async () => {
    const { run } = helper(1, "credentials not found in native keychain\n");
    expect(await find({ credsStore: "pass" }, "reg.io", run)).toEqual(ok(undefined));
    const auths = { "reg.io": { auth: base64("ann:x") } };
    expect(open(await find({ credsStore: "pass", auths }, "reg.io", run))).toEqual({
      username: "ann",
      password: "x",
    });
  });

  test.each([
    [helper(127, ""), "docker-credential-pass is not installed; Docker's config.json asks for it"],
    [helper(1, "error: the keychain\nis locked\n"), "docker-credential-pass: error: the keychain is locked"],
    [helper(2, "", ""), "docker-credential-pass: exit code 2"],
    [helper(0, "hunter2"), "docker-credential-pass answered without a user name and a secret"],
  ])("a helper that fails is a failure with its words (%#)", async ({ run }, detail) => {
    expect(await find({ credsStore: "pass" }, "reg.io", run)).toEqual({
      ok: false,
      failure: { reason: "registry-login", registry: "reg.io", image: "reg.io", detail },
    });
  });

  test.each(["../evil", "a/b", "-x", "x y", "x;y", ".."])("the helper name %j is never run", async (name) => {
    expect(await find({ credsStore: name }, "reg.io")).toMatchObject({
      ok: false,
      failure: { reason: "registry-login" },
    });
  });

  test("the runner's own failure is handed on", async () => {
    const failure = { reason: "connection-lost", host: "web-1", detail: "gone" } as const;
    const run: RunHelper = () => Promise.resolve({ ok: false, failure });
    expect(await find({ credsStore: "pass" }, "reg.io", run)).toEqual({ ok: false, failure });
  });
});
