import { dockerRunRules } from "./docker-run-rules.ts";
import { readFlags, type RunFlag } from "./docker-run-reader.ts";
import { parsePublishedPort, type PublishedPort } from "./docker-run-ports.ts";
import type { DockerRunProblem, DockerRunWarning } from "./docker-run-problems.ts";
import { fail, ok, type Result } from "./result.ts";
import { locateShellWords } from "./shell-words.ts";

/** What DockerRunArg says, split into arguments and read. */
export interface DockerRunArgs {
  /** What stands between `docker run` and the image, word by word; a flag that detaches is always among them. */
  readonly args: readonly string[];
  /** True when `-d` was not in the text. */
  readonly detachAdded: boolean;
  readonly publishedPorts: readonly PublishedPort[];
  /** `-P`: every exposed port on a port of Docker's choice. */
  readonly publishAll: boolean;
  readonly hostNetwork: boolean;
  /** Seconds, as `--stop-timeout` counts; -1 waits for ever. */
  readonly stopTimeoutSeconds?: number;
  readonly restartPolicy?: string;
  /** Accepted, but worth a word. */
  readonly warnings: readonly DockerRunWarning[];
}

/**
 * Splits DockerRunArg by shell rules and checks it: all problems at once. Flags are read as Docker's own parser does
 * (spf13/pflag), so that `-itd`, `-dp80:80`, `--env=A=1` and `-e A=1` mean here what they mean there.
 */
export function parseDockerRunArg(text: string): Result<DockerRunArgs, readonly DockerRunProblem[]> {
  const words = locateShellWords(text);
  if (!words.ok) return fail([{ reason: "words", offset: words.failure.offset, problem: words.failure }]);
  const { flags, problems } = readFlags(words.value);
  const found = [...problems, ...flags.flatMap(dockerRunRules)].toSorted((a, b) => a.offset - b.offset);
  if (found.length > 0) return fail(found);

  const lastValue = (name: string): string | undefined => flags.findLast((flag) => flag.name === name)?.value;
  const detached = flags.some((flag) => flag.name === "detach");
  const stopTimeout = lastValue("stop-timeout");
  const restartPolicy = lastValue("restart");
  const given = words.value.map((word) => word.text);
  return ok({
    args: detached ? given : ["-d", ...given],
    detachAdded: !detached,
    publishedPorts: flags.flatMap((flag) => (flag.name === "publish" ? (parsePublishedPort(flag.value) ?? []) : [])),
    publishAll: lastValue("publish-all") === "true",
    hostNetwork: flags.some(isHostNetwork),
    ...(stopTimeout === undefined ? {} : { stopTimeoutSeconds: Number(stopTimeout) }),
    ...(restartPolicy === undefined ? {} : { restartPolicy }),
    warnings: flags.flatMap(warningsOf),
  });
}

const SECRET = "[\\w.-]*(?:pass|secret|token|credential|api_?key|private_?key|access_?key)[\\w.-]*";
const ASSIGNED_SECRET = new RegExp(`(${SECRET}=)[^\\s,;&]+`, "gi");
const URL_LOGIN = /(\w:\/\/[^\s/:@]*:)[^\s/@]+@/g;

/**
 * An argument vector for logs and messages: what is assigned to a name that looks secret is hidden, wherever in a word
 * it stands (`-e DB_PASSWORD=…`, `JAVA_OPTS=-Ddb.password=…`), and so are passwords in URLs.
 */
export function maskSecrets(argv: readonly string[]): readonly string[] {
  return argv.map((word) => word.replaceAll(ASSIGNED_SECRET, "$1[redacted]").replaceAll(URL_LOGIN, "$1[redacted]@"));
}

/** Everything that one `docker run` is made from. */
export interface RunCommand {
  /** The container's name: a version. */
  readonly name: string;
  /** DockerRunArg, parsed. */
  readonly args: readonly string[];
  readonly image: string;
  /** DockerRunCmd, split; empty = the image's own command. */
  readonly command: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** A file on the target host with NAME=value lines. */
  readonly envFile?: string;
}

/** The argument vector of `docker run`, program name included. The project's own arguments come last and so win. */
export function runCommandArgs({ name, args, image, command, labels, envFile }: RunCommand): string[] {
  if (image === "" || image.startsWith("-")) throw new Error(`docker run would take the image "${image}" for a flag`);
  return [
    "docker",
    "run",
    "--name",
    name,
    ...Object.entries(labels).flatMap(([label, value]) => ["--label", `${label}=${value}`]),
    ...(envFile === undefined ? [] : ["--env-file", envFile]),
    ...args,
    image,
    ...command,
  ];
}

function isHostNetwork({ name, value }: RunFlag): boolean {
  if (name !== "network" && name !== "net") return false;
  return value === "host" || value.split(",").includes("name=host");
}

function warningsOf({ name, value, offset, known }: RunFlag): readonly DockerRunWarning[] {
  if (!known) return [{ reason: "unknown-flag", offset, flag: name }];
  return name === "restart" && value === "always" ? [{ reason: "restart-always", offset }] : [];
}
