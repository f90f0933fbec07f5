import { describe, expect, it } from "vitest";
import { engineFailure, imageFailure, runFailure } from "./classify.ts";

describe("what a failed docker run means", () => {
  it.each([
    [
      "docker: Error response from daemon: driver failed programming external connectivity on endpoint x (1): Bind for 0.0.0.0:8080 failed: port is already allocated.",
      "port-taken",
    ],
    [
      "docker: Error response from daemon: failed to set up container networking: driver failed programming external connectivity on endpoint x (1): failed to bind host port for 0.0.0.0:8080:172.17.0.2:80/tcp: address already in use",
      "port-taken",
    ],
    [
      "docker: Error response from daemon: driver failed programming external connectivity on endpoint x (1): Error starting userland proxy: listen tcp4 0.0.0.0:8080: bind: address already in use.",
      "port-taken",
    ],
    ["docker: Error response from daemon: mkdir /var/lib/docker/overlay2/x: no space left on device.", "disk-full"],
    [
      "docker: Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: dial unix /var/run/docker.sock: connect: permission denied.",
      "docker-denied",
    ],
    [
      "docker: permission denied while trying to connect to the docker API at unix:///var/run/docker.sock",
      "docker-denied",
    ],
    [
      "docker: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?.",
      "docker-down",
    ],
    ["docker: invalid reference format.", "run-refused"],
    ["unknown flag: --foo\nSee 'docker run --help'.", "run-refused"],
  ])("%s", (stderr, reason) => {
    const failure = runFailure("lab1", "demo1-20261123.101010", 125, stderr);
    expect(failure.reason).toBe(reason);
    if (failure.reason === "port-taken") expect(failure.port).toBe("8080");
  });

  it("is a missing docker program only where the shell says so, not where the container's command is missing", () => {
    expect(runFailure("lab1", "x", 127, "sh: 1: docker: not found").reason).toBe("docker-missing");
    expect(runFailure("lab1", "x", 127, "bash: line 1: docker: command not found").reason).toBe("docker-missing");
    const inContainer =
      'docker: Error response from daemon: failed to create task for container: OCI runtime create failed: runc create failed: exec: "nope": executable file not found in $PATH: unknown.';
    expect(runFailure("lab1", "x", 127, inContainer).reason).toBe("run-refused");
  });

  it("keeps the engine's own words and leaves out the CLI's advice", () => {
    const failure = runFailure(
      "lab1",
      "x",
      125,
      "docker: Error response from daemon: Conflict.\n\nRun 'docker run --help' for more information\n",
    );
    expect(failure).toMatchObject({ detail: "Conflict." });
  });
});

describe("what an image registry's refusal means", () => {
  const of = (status: number, detail: string): string =>
    imageFailure("lab1", "r/demo1:v1", "r", "docker pull", status, detail).reason;

  it.each([
    [404, "manifest for r/demo1:v1 not found: manifest unknown: manifest unknown", "image-missing"],
    [404, 'failed to resolve reference "r/demo1:v1": r/demo1:v1: not found', "image-missing"],
    [
      404,
      "pull access denied for demo1, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      "registry-login",
    ],
    [500, 'Get "https://r/v2/": no basic auth credentials', "registry-login"],
    [
      401,
      "errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n",
      "registry-login",
    ],
    [500, 'Get "http://r:5000/v2/": dial tcp 10.0.0.1:5000: connect: connection refused', "registry-unreachable"],
    [500, 'Get "https://r/v2/": http: server gave HTTP response to HTTPS client', "registry-unreachable"],
    [
      500,
      'Get "https://r/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
      "registry-unreachable",
    ],
    [500, "failed to register layer: write /x: no space left on device", "disk-full"],
    [500, "something else", "docker-error"],
  ])("%i %s", (status, detail, reason) => {
    expect(of(status, detail)).toBe(reason);
  });
});

it("a full disk is told apart from other errors of the engine", () => {
  expect(engineFailure("lab1", "docker start", 500, "write /x: no space left on device").reason).toBe("disk-full");
  expect(engineFailure("lab1", "docker start", 500, "boom")).toMatchObject({
    reason: "docker-error",
    status: 500,
    detail: "boom",
  });
});
