import { describe, expect, it } from "vitest";
import { DOCKER_RUN_ARGUMENTS } from "../../test/fixtures/config/docker-run-arguments.ts";
import { maskSecrets, parseDockerRunArg, runCommandArgs, type DockerRunArgs } from "./docker-run.ts";
import { splitShellWords } from "./shell-words.ts";

function read(text: string): DockerRunArgs {
  const parsed = parseDockerRunArg(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}

const nothing = { detachAdded: false, publishedPorts: [], publishAll: false, hostNetwork: false, warnings: [] };

describe("DockerRunArg", () => {
  it("of the guide becomes words, -d being there", () => {
    expect(read(" -d -m 1000m -v /data/logs:/logs")).toEqual({
      ...nothing,
      args: ["-d", "-m", "1000m", "-v", "/data/logs:/logs"],
    });
  });

  it("that is empty becomes -d alone", () => {
    expect(read("")).toEqual({ ...nothing, args: ["-d"], detachAdded: true });
  });

  it.each(DOCKER_RUN_ARGUMENTS)("keeps its words: %j", (text) => {
    const { args, detachAdded } = read(text);
    expect(args).toEqual([...(detachAdded ? ["-d"] : []), ...splitShellWords(text)]);
  });

  it.each(["-d", "--detach", "--detach=true", "-d=true", "-d=T", "-itd", "-dit", "-dp80:80", "-tidp 80:80", "-e A -d"])(
    "detaches already with %s",
    (text) => {
      expect(read(text).detachAdded).toBe(false);
    },
  );

  it.each(["-it", "-e -d", "-e=-d", "-ed", "-v /d:/d", "-p 80:80 -m 1g", "--entrypoint -d", "--sig-proxy=false"])(
    "needs -d with %s",
    (text) => {
      expect(read(text)).toMatchObject({ detachAdded: true, args: ["-d", ...splitShellWords(text)] });
    },
  );
});

describe("what the engine wants to know of DockerRunArg", () => {
  it.each([
    ["-p 8080:80", [{ host: { first: 8080, last: 8080 }, container: { first: 80, last: 80 }, protocol: "tcp" }]],
    ["-p 80", [{ container: { first: 80, last: 80 }, protocol: "tcp" }]],
    ["-p 0:80", [{ container: { first: 80, last: 80 }, protocol: "tcp" }]],
    ["-p 127.0.0.1::80", [{ address: "127.0.0.1", container: { first: 80, last: 80 }, protocol: "tcp" }]],
    [
      "--publish=[::1]:53:53/udp -itp 9000-9001:80-81",
      [
        { address: "::1", host: { first: 53, last: 53 }, container: { first: 53, last: 53 }, protocol: "udp" },
        { host: { first: 9000, last: 9001 }, container: { first: 80, last: 81 }, protocol: "tcp" },
      ],
    ],
    [
      "-p published=8080,target=80,protocol=udp",
      [{ host: { first: 8080, last: 8080 }, container: { first: 80, last: 80 }, protocol: "udp" }],
    ],
  ])("ports of %s", (text, ports) => {
    expect(read(text).publishedPorts).toEqual(ports);
  });

  it.each(["--network host", "--net=host", "--network name=host,alias=x"])("host network: %s", (text) => {
    expect(read(text).hostNetwork).toBe(true);
  });

  it.each(["--network hosting", "-h host", "--pid host", "-e --network=host"])("no host network: %s", (text) => {
    expect(read(text).hostNetwork).toBe(false);
  });

  it("stop timeout, restart policy and -P, the last one counting", () => {
    expect(read("--stop-timeout 5 --stop-timeout=45 --restart no --restart unless-stopped -P")).toMatchObject({
      stopTimeoutSeconds: 45,
      restartPolicy: "unless-stopped",
      publishAll: true,
      warnings: [],
    });
  });

  it("has warnings for flags that no known CLI has, and for --restart=always", () => {
    const { args, warnings } = read("--memry 1g --new-thing -d --with=value --restart always");
    expect(args).toEqual(["--memry", "1g", "--new-thing", "-d", "--with=value", "--restart", "always"]);
    expect(warnings).toEqual([
      { reason: "unknown-flag", offset: 0, flag: "memry" },
      { reason: "unknown-flag", offset: 11, flag: "new-thing" },
      { reason: "unknown-flag", offset: 26, flag: "with" },
      { reason: "restart-always", offset: 39 },
    ]);
  });

  it("takes no name of Object.prototype for a flag's rule", () => {
    expect(read("--constructor=1 --toString=2").warnings).toHaveLength(2);
  });
});

describe("DockerRunArg is refused", () => {
  it.each([
    ["--name web", { reason: "reserved-flag", offset: 0, flag: "--name", why: "gantry-names" }],
    ["-d --name=web", { reason: "reserved-flag", offset: 3, flag: "--name", why: "gantry-names" }],
    ["--rm", { reason: "reserved-flag", offset: 0, flag: "--rm", why: "rollback-needs-container" }],
    ["--detach=false", { reason: "reserved-flag", offset: 0, flag: "--detach", why: "must-detach" }],
    ["-d=0", { reason: "reserved-flag", offset: 0, flag: "--detach", why: "must-detach" }],
    ["--cidfile /tmp/id", { reason: "reserved-flag", offset: 0, flag: "--cidfile", why: "file-exists-next-time" }],
    ["-a stdout", { reason: "reserved-flag", offset: 0, flag: "--attach", why: "attaches" }],
    ["--pull always", { reason: "reserved-flag", offset: 0, flag: "--pull", why: "digest-is-pinned" }],
    ["--help", { reason: "reserved-flag", offset: 0, flag: "--help", why: "runs-nothing" }],
    ["-l gantry.run=x", { reason: "reserved-label", offset: 0, label: "gantry.run" }],
    ["-d -m", { reason: "missing-value", offset: 3, flag: "-m" }],
    ["-d --volume", { reason: "missing-value", offset: 3, flag: "--volume" }],
    ["-dx", { reason: "unknown-short-flag", offset: 0, flag: "-x" }],
    ["-name web", { reason: "unknown-short-flag", offset: 0, flag: "-n", meant: "--name" }],
    ["-d= ", { reason: "unknown-short-flag", offset: 0, flag: "-=" }],
    ["-d nginx", { reason: "stray-word", offset: 3, after: "detach", word: "nginx" }],
    ["nginx -d", { reason: "stray-word", offset: 0, word: "nginx" }],
    ["-d --rm=false -- x", { reason: "stray-word", offset: 14, after: "rm", word: "--" }],
    ["-d - x", { reason: "stray-word", offset: 3, after: "detach", word: "-" }],
    ["-d ---x", { reason: "stray-word", offset: 3, after: "detach", word: "---x" }],
    ["-d ''", { reason: "stray-word", offset: 3, after: "detach", word: "" }],
    ["--privileged true", { reason: "stray-word", offset: 13, after: "privileged", word: "true" }],
    ["--init=yes", { reason: "bad-boolean", offset: 0, flag: "--init", seen: "yes" }],
    ["-p 80:", { reason: "bad-port", offset: 0, seen: "80:" }],
    ["-p 80:70000", { reason: "bad-port", offset: 0, seen: "80:70000" }],
    ["-p 80/http", { reason: "bad-port", offset: 0, seen: "80/http" }],
    ["-p 80-82:80-81", { reason: "bad-port", offset: 0, seen: "80-82:80-81" }],
    [
      "-p ${PORT:-80}:80",
      { reason: "words", offset: 3, problem: { reason: "expansion", offset: 3, text: "${PORT:-80}" } },
    ],
    ["--stop-timeout 30s", { reason: "bad-number", offset: 0, flag: "--stop-timeout", seen: "30s" }],
    ["-d; reboot", { reason: "words", offset: 2, problem: { reason: "operator", offset: 2, operator: ";" } }],
  ])("%s", (text, problem) => {
    expect(parseDockerRunArg(text)).toEqual({ ok: false, failure: [problem] });
  });

  it("with all its problems at once, in the order of the text", () => {
    expect(parseDockerRunArg("--rm -x --name a -p x image --cidfile f")).toEqual({
      ok: false,
      failure: [
        { reason: "reserved-flag", offset: 0, flag: "--rm", why: "rollback-needs-container" },
        { reason: "unknown-short-flag", offset: 5, flag: "-x" },
        { reason: "reserved-flag", offset: 8, flag: "--name", why: "gantry-names" },
        { reason: "bad-port", offset: 17, seen: "x" },
        { reason: "stray-word", offset: 22, after: "publish", word: "image" },
      ],
    });
  });

  it("without showing what may be the rest of a secret", () => {
    const parsed = parseDockerRunArg("-e PASSWORD=hunter 2");
    expect(parsed).toEqual({ ok: false, failure: [{ reason: "stray-word", offset: 19, after: "env" }] });
  });
});

describe("the command for a new version", () => {
  it("is docker run with name, labels, arguments, image and command", () => {
    expect(
      runCommandArgs({
        name: "demo1-20261123.030503",
        args: read("-m 1000m -e 'A=hello world'").args,
        image: "registry.example.com/namespace/demo1:v1",
        command: ["java", "-jar", "demo1.jar"],
        labels: { "gantry.project": "demo1", "gantry.run": "r1" },
        envFile: "/etc/demo1.env",
      }),
    ).toEqual([
      "docker",
      "run",
      "--name",
      "demo1-20261123.030503",
      "--label",
      "gantry.project=demo1",
      "--label",
      "gantry.run=r1",
      "--env-file",
      "/etc/demo1.env",
      "-d",
      "-m",
      "1000m",
      "-e",
      "A=hello world",
      "registry.example.com/namespace/demo1:v1",
      "java",
      "-jar",
      "demo1.jar",
    ]);
  });

  it("is as short as it can be", () => {
    expect(runCommandArgs({ name: "a-1", args: ["-d"], image: "a:1", command: [], labels: {} })).toEqual([
      "docker",
      "run",
      "--name",
      "a-1",
      "-d",
      "a:1",
    ]);
  });

  it("is never made with an image that would be a flag", () => {
    expect(() => runCommandArgs({ name: "a", args: [], image: "-v/:/", command: [], labels: {} })).toThrow("flag");
  });
});

it("values assigned to names that look secret are hidden wherever they stand in an argument", () => {
  const argv = [
    "-e",
    "DB_PASSWORD=s3cret",
    "-e=API_TOKEN=s3cret",
    "-e",
    "JAVA_OPTS=-Xmx1g -Ddb.password=s3cret -Dx=1",
    "redis://app:s3cret@db:6379/0",
    "--spring.datasource.password=s3cret",
    "-e",
    "MODE=prod",
  ];
  const masked = maskSecrets(argv);
  expect(masked.join(" ")).not.toContain("s3cret");
  expect(masked).toContain("JAVA_OPTS=-Xmx1g -Ddb.password=[redacted] -Dx=1");
  expect(masked).toContain("redis://app:[redacted]@db:6379/0");
  expect(masked.slice(-2)).toEqual(["-e", "MODE=prod"]);
});
