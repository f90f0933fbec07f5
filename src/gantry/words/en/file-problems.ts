import type { JsonType, SyntaxExpectation } from "../../../adapters/config/problems.ts";
import { textFrom, type FileProblemWords } from "../problem-words.ts";
import { isHidden, jsonEscape, quoted, quotesSlip } from "../shown-values.ts";
import { dockerRun, shellWords } from "./argument-problems.ts";
import { duration, imageReference, serial } from "./value-problems.ts";

const list = (names: readonly string[]): string => names.join(", ");
const either = (names: readonly string[]): string =>
  names.length < 2 ? list(names) : `${list(names.slice(0, -1))} or ${names.at(-1)}`;
const didYouMean = (nearest: string | undefined): string => (nearest === undefined ? "" : ` Did you mean ${nearest}?`);
const before = (found: string): string => (found === "" ? "at the end of the file" : `before ${quoted(found)}`);
const butFound = (found: string): string => (found === "" ? "but the file ends" : `found ${quoted(found)}`);

const types: Readonly<Record<JsonType, string>> = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "a boolean",
  array: "a list",
  object: "an object",
  null: "null",
};

const quotesHint = { add: " Put it in double quotes.", remove: " Take the quotes off." } as const;

const syntax: Readonly<Record<SyntaxExpectation, (found: string, meant: string) => string>> = {
  comma: (found) => `a comma is missing here, ${before(found)}.`,
  colon: (found) => `a colon is missing between key and value, ${before(found)}.`,
  "quoted-key": (found) => `expected a key in double quotes, ${butFound(found)}.`,
  value: (found) => `expected a value, ${butFound(found)}. Allowed: "text", 5, true, false, null, [...] or {...}.`,
  "closing-brace": (found) => `a closing } is missing, ${before(found)}.`,
  "closing-bracket": (found) => `a closing ] is missing, ${before(found)}.`,
  "closing-quote": (found) => `the string ${found} has no closing double quote on its line. Add it.`,
  "comment-end": (found) => `the comment that begins with ${found} is never closed. Close it with */.`,
  "end-of-file": (found) => `the file should end here, ${butFound(found)}. Is a bracket closed too early?`,
  escape: (found) =>
    String.raw`${found} is no escape of JSON. For a backslash write \\; allowed: \" \\ \/ \b \f \n \r \t \uXXXX.`,
  "escaped-control-character": (found) =>
    `the control character ${found} may not stand in a string as it is. Write ${jsonEscape(found)}.`,
  "plain-json": (found, meant) => `${quoted(found)} is not JSON. Write ${instead[meant] ?? meant} instead.`,
};

/** Marks are hard to see when they stand alone. */
const instead: Readonly<Record<string, string>> = {
  '"': 'a straight double quote (")',
  " ": "a plain space",
  ",": "a plain comma (,)",
  ":": "a plain colon (:)",
};

/** What is wrong inside a configuration file; file, line, column and path stand before it. */
export const fileProblems: FileProblemWords = {
  syntax: (p) => syntax[p.expected](p.found, p.meant ?? ""),
  "duplicate-key": (p) =>
    `the key ${quoted(p.key)} is there twice, first in line ${p.firstLine}, column ${p.firstColumn}. Remove or rename one.`,
  "empty-file": () => `the file is empty. Write at least {} or, with a project: {"demo1": {"DockerImageURL": "..."}}.`,
  "wrong-type": (p) => {
    const seen =
      isHidden(p.seen) || p.seenType === "null" ? "" : ` (${p.seenType === "string" ? quoted(p.seen) : p.seen})`;
    const slip = quotesSlip(p);
    return `must be ${either(p.allowed.map((type) => types[type]))}, not ${types[p.seenType]}${seen}.${slip === undefined ? "" : quotesHint[slip]}`;
  },
  "unknown-key": (p) => {
    if (p.nearest === undefined) return `unknown key ${quoted(p.key)}. Known here: ${list(p.allowed)}.`;
    const onlyCase = p.nearest.toLowerCase() === p.key.toLowerCase();
    return `unknown key ${quoted(p.key)}.${didYouMean(p.nearest)}${onlyCase ? " Keys are case-sensitive." : ""}`;
  },
  "misplaced-key": (p) =>
    p.belongs === "public"
      ? `${quoted(p.key)} means nothing in a project. Move it into "public".`
      : `${quoted(p.key)} means nothing in "public". Move it into the projects.`,
  "missing-key": (p) => `the key ${quoted(p.key)} is missing. Add it here.`,
  "not-allowed": (p) => `${quoted(p.seen)} is not allowed.${didYouMean(p.nearest)} Allowed: ${list(p.allowed)}.`,
  "out-of-range": (p) => `${p.seen} is out of range. Allowed: ${range(p.minimum, p.maximum)}.`,
  "empty-value": () => "the value is empty. Fill it in or remove it.",
  "control-character": (p) => `the text holds the control character ${p.character}. Remove it.`,
  duration: ({ problem, autoAllowed }) =>
    textFrom(duration, problem.reason, { ...problem, allowed: [...problem.allowed, ...(autoAllowed ? ["auto"] : [])] }),
  serial: (p) => textFrom(serial, p.problem.reason, p.problem),
  url: (p) =>
    p.problem === "scheme"
      ? `${quoted(p.seen)} does not begin with http:// or https://. Write it like ${either(p.allowed)}.`
      : `${quoted(p.seen)} is no URL that can be used. Write it like ${either(p.allowed)}.`,
  address: (p) => `${quoted(p.seen)} is no address that can be asked. Write it like ${either(p.allowed)}.`,
  "no-port": (p) =>
    `${quoted(p.seen)} names no port, and DockerRunArg publishes none to take. Name one (:8080${p.seen.startsWith("/") ? p.seen : "/health"}), or publish one with -p.`,
  path: (p) => `${quoted(p.seen)} is no absolute path without spaces. Write it like ${either(p.allowed)}.`,
  time: (p) => `${quoted(p.seen)} is no date or time. Write it like ${either(p.allowed)}.`,
  "time-order": (p) => `the end (${quoted(p.to)}) is not after the beginning (${quoted(p.from)}). Correct one of them.`,
  "project-name": (p) => projectName[p.problem](p.name),
  "image-url": (p) =>
    p.problem === "scheme"
      ? `${quoted(p.seen)} has a scheme, which image names never have. Write it without ${p.seen.split("//", 1)[0] ?? ""}//.`
      : `${quoted(p.seen)} has a tag or digest. Remove it: the project's name goes behind DockerImageURL, and the tag comes from -t.`,
  image: (p) =>
    `DockerImageURL and the project's name make no valid image (${quoted(p.image)}): ${textFrom(imageReference, p.problem.reason, p.problem)}`,
  "shell-words": ({ path, problem }) => {
    const wantsShell = shellWanted.has(problem.reason) && !path.endsWith("DockerRunArg");
    return `${textFrom(shellWords, problem.reason, problem)}${wantsShell ? " For a shell, write sh -c '...'." : ""}`;
  },
  "docker-run": (p) => textFrom(dockerRun, p.problem.reason, p.problem),
  "start-first-port": (p) =>
    `with Strategy start-first the old and the new version would both need port ${p.port} of the host. Use stop-first, or publish a range to choose from, such as -p 8080-8081:80.`,
  "drain-without-eureka": () =>
    "Drain.method eureka needs a project in Eureka. Set AppSpringName and EurekaUrl, or use the method http or none.",
  "docker-run-unknown-flag": (p) =>
    `docker run has no flag ${p.flag} that Gantry knows; it is passed on as it is.${didYouMean(p.nearest)}`,
  "docker-run-restart-always": () =>
    "--restart=always also starts the kept, stopped versions when the Docker engine restarts. Use --restart=unless-stopped.",
  "image-url-joins": (p) =>
    `DockerImageURL does not end in "/", so the image is ${quoted(p.image)}. If that is not meant, add the slash.`,
  "no-eureka-url": (p) =>
    `AppSpringName is ${quoted(p.appName)}, but there is no EurekaUrl, so the project is released without Eureka. Set EurekaUrl in "public", or AppSpringName to "null".`,
  "start-first-host-network": () =>
    "with Strategy start-first on the host's network both versions run at once; they must not listen on the same port. Otherwise use stop-first.",
};

/** What only a shell can do: a command may name one, DockerRunArg may not. */
const shellWanted: ReadonlySet<string> = new Set(["operator", "command-substitution", "expansion"]);

const projectName = {
  uppercase: (name: string) =>
    `the project's name ${quoted(name)} has upper-case letters, and image names must not. Rename it to ${quoted(name.toLowerCase())}.`,
  characters: (name: string) =>
    `${quoted(name)} cannot name a project, since images and containers are named after it. Allowed: lower-case letters, digits, ".", "_" and "-", beginning with a letter or digit.`,
  "too-long": (name: string) =>
    `the project's name ${quoted(name)} is too long for the names of containers. Allowed: 100 characters.`,
} as const;

function range(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined) return `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}
