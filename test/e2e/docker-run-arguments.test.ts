import { spawn } from "node:child_process";
import { access, mkdtemp, realpath, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dockerRunFlags, flagKind, longFlag } from "../../src/domain/docker-run-flags.ts";
import { parseDockerRunArg, runCommandArgs } from "../../src/domain/docker-run.ts";
import { splitShellWords } from "../../src/domain/shell-words.ts";
import { DOCKER_RUN_ARGUMENTS, DOCKER_RUN_COMMANDS } from "../fixtures/config/docker-run-arguments.ts";

/** What a Docker engine was asked to create: the whole request. */
interface Created {
  readonly name: string | null;
  readonly platform: string | null;
  readonly body: unknown;
}

interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const name = "demo1-20261123.030503";
const image = "registry.example.com/namespace/demo1:v1";

/** Every docker CLI on this machine; different versions may be side by side. */
const clis = await dockerClis();
let folder = "";
let server: Server;
const created: Created[] = [];

beforeAll(async () => {
  if (clis.length === 0) {
    throw new Error("no docker CLI in PATH or /usr/bin: this test holds Gantry's arguments against a real one");
  }
  folder = await mkdtemp(join(tmpdir(), "docker-run-arguments-"));
  server = fakeEngine(created);
  await new Promise<void>((resolve) => server.listen(join(folder, "docker.sock"), resolve));
});

afterAll(async () => {
  if (folder === "") return;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

it("finds a docker CLI", () => {
  expect(clis).not.toEqual([]);
});

describe.each(clis)("%s creates the same container from Gantry's arguments as from a shell's words", (cli) => {
  const cases = [
    ...DOCKER_RUN_ARGUMENTS.map((text) => [text, ""] as const),
    ...DOCKER_RUN_COMMANDS.map((command) => ["-m 1g", command] as const),
  ];

  it.each(cases)("%j %j", async (text, command) => {
    const parsed = parseDockerRunArg(text);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
    const [, ...argv] = runCommandArgs({
      name,
      args: parsed.value.args,
      image,
      command: splitShellWords(command),
      labels: {},
    });

    const byShell = await createdBy("sh", ["-c", `${cli} run --name ${name} -d ${text.trim()} ${image} ${command}`]);
    const byGantry = await createdBy(cli, argv);
    expect(byGantry).toEqual(byShell);
  });

  it.each(["-p 80:", "-p 80:70000", "-p 80/http", "-p 80-82:80-81", "--init=yes", "-dx", "--stop-timeout 30s", "-dm"])(
    "refuses as malformed what Gantry refuses: %s",
    async (text) => {
      expect(parseDockerRunArg(text).ok).toBe(false);
      const ran = await run(cli, ["run", ...splitShellWords(text), ...(text === "-dm" ? [] : [image])]);
      expect(ran.exitCode).toBe(125);
    },
  );

  it("has no flag that the table lacks or takes for another kind", async () => {
    const help = await run(cli, ["run", "--help"]);
    const flags = [...help.stdout.matchAll(/^ {2,6}(?:-(\w), )?--([\w-]+)( \S+)? {2,}/gm)];
    expect(flags.length).toBeGreaterThan(80);
    for (const [, letter, flag = "", type] of flags) {
      expect([flag, flagKind(flag)]).toEqual([flag, type === undefined ? "boolean" : "value"]);
      if (letter !== undefined) expect(longFlag(letter)).toBe(flag);
    }
  });
});

it("knows no flag that no docker CLI knows", async () => {
  const unknown = [];
  for (const flag of dockerRunFlags()) {
    const answers = await Promise.all(clis.map((cli) => run(cli, ["run", `--${flag}=x`, "--help"])));
    if (answers.every((answer) => answer.stderr.includes("unknown flag"))) unknown.push(flag);
  }
  // Present since 20.10 and gone from none of the CLIs up to 29; a machine with an old CLI only lacks the newest.
  const newest = ["annotation", "health-start-interval", "quiet", "use-api-socket"];
  expect(unknown.filter((flag) => !newest.includes(flag))).toEqual([]);
});

async function createdBy(program: string, argv: readonly string[]): Promise<Created> {
  created.length = 0;
  const ran = await run(program, argv);
  if (ran.exitCode !== 0) throw new Error(`${program} ${argv.join(" ")}: ${ran.stderr}`);
  const [only, ...more] = created;
  if (only === undefined || more.length > 0) throw new Error(`${created.length} containers were created`);
  return only;
}

function run(program: string, argv: readonly string[]): Promise<Ran> {
  const child = spawn(program, argv, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], DOCKER_HOST: `unix://${join(folder, "docker.sock")}`, DOCKER_CONFIG: folder },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** As much of a Docker engine as `docker run -d` needs; notes down every request to create a container. */
function fakeEngine(requests: Created[]): Server {
  return createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://docker");
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.setHeader("Api-Version", "1.41");
      response.setHeader("Ostype", "linux");
      response.setHeader("Content-Type", "application/json");
      if (pathname === "/_ping") response.end("OK");
      else if (pathname.endsWith("/containers/create")) {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"), inAnyOrder);
        requests.push({ name: searchParams.get("name"), platform: searchParams.get("platform"), body });
        response.writeHead(201).end(JSON.stringify({ Id: "c0ffee", Warnings: [] }));
      } else if (pathname.endsWith("/start")) response.writeHead(204).end();
      else response.writeHead(404).end(JSON.stringify({ message: `${pathname} is not faked` }));
    });
  });
}

/** The CLI keeps lists such as Env and Binds in a Go map, so their order changes from run to run; a command's does not. */
function inAnyOrder(key: string, value: unknown): unknown {
  const ordered = key === "Cmd" || key === "Entrypoint" || key === "Test";
  return Array.isArray(value) && !ordered ? value.map((each) => JSON.stringify(each)).toSorted() : value;
}

async function dockerClis(): Promise<string[]> {
  const folders = new Set([...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"]);
  const found = await Promise.all(
    [...folders].map(async (each) => {
      const path = join(each, "docker");
      return access(path).then(
        () => realpath(path),
        () => undefined,
      );
    }),
  );
  return [...new Set(found.filter((path) => path !== undefined))];
}
