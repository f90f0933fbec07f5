import { describe, expect, it } from "vitest";
import { checkFile, checkProject } from "../../../test/fixtures/config/check-file.ts";
import { isWarning } from "./problems.ts";

const at = (key: string): string => `demo1.${key}`;
const types = (path: string, seen: string, seenType: string, ...allowed: readonly string[]): readonly object[] => [
  { path, code: "wrong-type", seen, seenType, allowed },
];

describe("an environment file is good", () => {
  it.each([
    ["empty", "{}"],
    ["with one project that has only what is needed", '{"demo1": {"DockerImageURL": "r.example.com/ns/"}}'],
    ["with an image from Docker Hub", '{"demo1": {"DockerImageURL": ""}}'],
    [
      "with the keys of the original's image list",
      '{"a": {"DockerImageURL": "r/", "access_key": "k", "access_secret": "s"}}',
    ],
    [
      "with notes",
      '{"$schema": "./x.json", "_note": 1, "x-tool": {"y": 2}, "a": {"DockerImageURL": "r/", "_n": [], "x-y": 1}}',
    ],
    ["with null for no Eureka", '{"a": {"DockerImageURL": "r/", "AppSpringName": null}}'],
  ])("%s", (_, text) => {
    expect(checkFile(text)).toEqual([]);
  });

  it("with every optional key, in public and in a project", () => {
    const all = `"Strategy": "stop-first", "Serial": [1, "25%", "100%"], "MaxFailed": 1, "MaxUnreachable": 2,
      "OnFailure": "revert", "Keep": 3, "StopTimeout": 40,
      "HealthCheck": {"http": ":8080/health", "tcp": 8080, "docker": false, "settle": "2s", "bake": 1.5},
      "Drain": {"method": "http", "wait": "auto", "deregister": "/d", "shutdown": "/s"},
      "Hooks": {"before": "a 'b c'", "after": ["a", "b"], "failed": []}, "EnvFile": "/etc/x",
      "Freeze": [{"from": "2026-10-01", "to": "2026-10-07", "reason": "国庆"}, {}]`;
    expect(checkProject(all, `${all}, "EurekaUrl": ""`)).toEqual([]);
  });
});

describe("keys", () => {
  it("that nobody knows are reported with the nearest one", () => {
    expect(checkProject('"DockerRunArgs": "", "dockerRunCmd": "", "zzzzzz": 1, "Drain": {"waits": 1}')).toMatchObject([
      { path: at("DockerRunArgs"), code: "unknown-key", key: "DockerRunArgs", nearest: "DockerRunArg" },
      { path: at("dockerRunCmd"), code: "unknown-key", key: "dockerRunCmd", nearest: "DockerRunCmd" },
      { path: at("zzzzzz"), code: "unknown-key", key: "zzzzzz" },
      {
        path: at("Drain.waits"),
        code: "unknown-key",
        nearest: "wait",
        allowed: ["method", "wait", "clientFetch", "loadBalancer", "margin", "inFlight", "deregister", "shutdown"],
      },
    ]);
  });

  it("that belong elsewhere say where", () => {
    expect(checkProject('"EurekaUrl": "http://e"', '"hosts": "a"')).toEqual([
      { path: "public.hosts", code: "misplaced-key", key: "hosts", belongs: "project" },
      { path: at("EurekaUrl"), code: "misplaced-key", key: "EurekaUrl", belongs: "public" },
    ]);
  });

  it("that are missing are reported at their project", () => {
    expect(checkFile('{\n "demo1": {}\n}')).toEqual([
      { line: 2, column: 2, path: "demo1", code: "missing-key", key: "DockerImageURL" },
    ]);
  });

  it("have the place of the key, values that of the value", () => {
    expect(checkFile('{\n\t"demo1": {\n\t\t"DockerImageURL": 7,\n\t\t"Hosts": "a"\n\t}\n}')).toMatchObject([
      { line: 3, column: 21, path: "demo1.DockerImageURL", code: "wrong-type" },
      { line: 4, column: 3, path: "demo1.Hosts", code: "unknown-key", nearest: "hosts" },
    ]);
  });

  it("of Object.prototype are unknown like all others", () => {
    expect(checkProject('"toString": {}, "constructor": 1')).toMatchObject([
      { code: "unknown-key", key: "toString" },
      { code: "unknown-key", key: "constructor" },
    ]);
  });

  it("with x- at the top are projects when they have an image", () => {
    expect(checkFile('{"x-ray": {"DockerImageURL": "r/", "Keep": 0}, "x-tool": {"Keep": 0}}')).toMatchObject([
      { path: "x-ray.Keep", code: "out-of-range" },
    ]);
  });
});

describe("values", () => {
  it.each([
    ['"hosts": 7', types(at("hosts"), "7", "number", "string")],
    ['"hosts": ["a"]', types(at("hosts"), '["a"]', "array", "string")],
    ['"Keep": "5"', types(at("Keep"), "5", "string", "number")],
    ['"Keep": 1.5', types(at("Keep"), "1.5", "number", "integer")],
    ['"Serial": true', types(at("Serial"), "true", "boolean", "number", "string", "array")],
    ['"Serial": [true]', types(at("Serial[0]"), "true", "boolean", "number", "string")],
    ['"Serial": {}', types(at("Serial"), "{}", "object", "number", "string", "array")],
    ['"StopTimeout": null', types(at("StopTimeout"), "null", "null", "number", "string")],
    ['"HealthCheck": "http"', types(at("HealthCheck"), "http", "string", "object")],
    ['"HealthCheck": {"docker": "no"}', types(at("HealthCheck.docker"), "no", "string", "boolean")],
    ['"Freeze": [1]', types(at("Freeze[0]"), "1", "number", "object")],
    ['"DockerRunArg": ["-e", "P=secret"]', types(at("DockerRunArg"), "…", "array", "string")],
    ['"access_secret": ["hunter2"]', types(at("access_secret"), "…", "array", "string")],
    ['"Strategy": 1', types(at("Strategy"), "1", "number", "string")],
    [
      '"Strategy": "stopfirst"',
      [
        {
          path: at("Strategy"),
          code: "not-allowed",
          seen: "stopfirst",
          allowed: ["stop-first", "start-first"],
          nearest: "stop-first",
        },
      ],
    ],
    ['"OnFailure": "x"', [{ path: at("OnFailure"), code: "not-allowed", seen: "x", allowed: ["halt", "revert"] }]],
    ['"Keep": 0', [{ path: at("Keep"), code: "out-of-range", seen: "0", minimum: 1 }]],
    ['"Keep": 2000', [{ path: at("Keep"), code: "out-of-range", seen: "2000", maximum: 1000 }]],
    ['"MaxFailed": -1', [{ path: at("MaxFailed"), code: "out-of-range", seen: "-1", minimum: 0 }]],
    ['"hosts": " "', [{ path: at("hosts"), code: "empty-value" }]],
    ['"Serial": []', [{ path: at("Serial"), code: "empty-value" }]],
    ['"hosts": "a\\u0000b"', [{ path: at("hosts"), code: "control-character", character: "U+0000" }]],
    ['"AppSpringName": "a\\u001b[0m"', [{ path: at("AppSpringName"), code: "control-character", character: "U+001B" }]],
    ['"DockerRunCmd": "a\\rb"', [{ path: at("DockerRunCmd"), code: "control-character", character: "U+000D" }]],
    ['"EnvFile": "etc/x"', [{ path: at("EnvFile"), code: "path", seen: "etc/x", allowed: ["/etc/demo1/env"] }]],
    [
      '"Drain": {"deregister": "x y"}',
      [{ path: at("Drain.deregister"), code: "path", seen: "x y", allowed: ["/health/deregister"] }],
    ],
    ['"Drain": {"method": "eureka"}', [{ path: at("Drain.method"), code: "drain-without-eureka" }]],
    [
      '"Hooks": {"after": ["a; b", ""]}',
      [
        { path: at("Hooks.after[0]"), code: "shell-words", problem: { reason: "operator", offset: 1, operator: ";" } },
        { path: at("Hooks.after[1]"), code: "empty-value" },
      ],
    ],
  ])("%s", (entries, problems) => {
    expect(checkProject(entries)).toEqual(problems);
  });

  it.each([
    ['"StopTimeout": "1m 30s"', at("StopTimeout"), "1m 30s", false],
    ['"StopTimeout": -5', at("StopTimeout"), "-5", false],
    ['"StopTimeout": "auto"', at("StopTimeout"), "auto", false],
    ['"HealthCheck": {"bake": "soon"}', at("HealthCheck.bake"), "soon", false],
    ['"Drain": {"wait": "Auto"}', at("Drain.wait"), "Auto", true],
  ])("durations: %s", (entries, path, seen, autoAllowed) => {
    expect(checkProject(entries)).toMatchObject([
      { path, code: "duration", problem: { reason: "format", seen }, autoAllowed },
    ]);
  });

  it.each([
    ['"Serial": 0', at("Serial"), { reason: "zero", seen: "0" }],
    ['"Serial": 1.5', at("Serial"), { reason: "format", seen: "1.5" }],
    ['"Serial": "1,half"', at("Serial"), { reason: "format", seen: "half" }],
    ['"Serial": [1, "200%"]', at("Serial[1]"), { reason: "percent-range", seen: "200%" }],
  ])("serials: %s", (entries, path, problem) => {
    expect(checkProject(entries)).toMatchObject([{ path, code: "serial", problem }]);
  });
});

it("reports everything that is wrong with a file at once, in its order", () => {
  const problems = checkFile(`{
    "public": {"EurekaUrl": "nowhere", "Kep": 3},
    "Demo": {"DockerImageURL": "r/ns/"},
    "demo2": {"DockerRunArg": "-p x", "Serial": "0", "Drain": {"wait": "x"}},
    "demo3": 5
  }`);
  expect(problems.map(({ code }) => code)).toEqual([
    "url",
    "unknown-key",
    "project-name",
    "missing-key",
    "docker-run",
    "serial",
    "duration",
    "wrong-type",
  ]);
});

it("calls these warnings, and nothing else", () => {
  const place = { file: "f", line: 1, column: 1, path: "p" };
  expect(isWarning({ ...place, code: "image-url-joins", image: "x" })).toBe(true);
  expect(isWarning({ code: "environment-twice", file: "a", ignored: "b" })).toBe(true);
  expect(isWarning({ ...place, code: "empty-value" })).toBe(false);
  expect(isWarning({ code: "project-reserved", name: "public" })).toBe(false);
});
