import type { ConfigProblem, SyntaxExpectation } from "../../adapters/config/problems.ts";
import type { DockerRunProblem, ReservedFlagReason } from "../../domain/docker-run-problems.ts";
import type { DurationProblem } from "../../domain/duration.ts";
import type { ImageReferenceProblem } from "../../domain/image-reference.ts";
import type { SerialProblem } from "../../domain/serial.ts";
import type { ShellWordsProblem } from "../../domain/shell-words.ts";

const place = { file: "/opt/conf/prod_conf.json", line: 12, column: 5, path: "demo1.DockerRunCmd" } as const;
const offset = 3;
const [seen, allowed] = ["seen-1", ["form-1", "form-2"]] as const;

const shellWords: { readonly [R in ShellWordsProblem["reason"]]: readonly ShellWordsProblem[] } = {
  "unterminated-quote": [
    { reason: "unterminated-quote", offset, quote: "'" },
    { reason: "unterminated-quote", offset, quote: '"' },
  ],
  "trailing-backslash": [{ reason: "trailing-backslash", offset }],
  operator: [
    { reason: "operator", offset, operator: "|" },
    { reason: "operator", offset, operator: ";" },
  ],
  "command-substitution": [
    { reason: "command-substitution", offset, text: "$(" },
    { reason: "command-substitution", offset, text: "`" },
  ],
  expansion: [{ reason: "expansion", offset, text: "$HOME" }],
  lookalike: [{ reason: "lookalike", offset, character: "“", meant: '"' }],
  nul: [{ reason: "nul", offset }],
};

const reserved: { readonly [W in ReservedFlagReason]: { readonly why: W; readonly flag: string } } = {
  "gantry-names": { why: "gantry-names", flag: "--name" },
  "rollback-needs-container": { why: "rollback-needs-container", flag: "--rm" },
  "file-exists-next-time": { why: "file-exists-next-time", flag: "--cidfile" },
  "must-detach": { why: "must-detach", flag: "--detach" },
  attaches: { why: "attaches", flag: "--attach" },
  "digest-is-pinned": { why: "digest-is-pinned", flag: "--pull" },
  "runs-nothing": { why: "runs-nothing", flag: "--help" },
};

const dockerRun: { readonly [R in DockerRunProblem["reason"]]: readonly DockerRunProblem[] } = {
  words: shellWords.expansion.map((problem) => ({ reason: "words", offset, problem })),
  "reserved-flag": Object.values(reserved).map((each) => ({ reason: "reserved-flag", offset, ...each })),
  "unknown-short-flag": [
    { reason: "unknown-short-flag", offset, flag: "-x" },
    { reason: "unknown-short-flag", offset, flag: "-n", meant: "--network" },
  ],
  "missing-value": [{ reason: "missing-value", offset, flag: "--env" }],
  "stray-word": [
    { reason: "stray-word", offset },
    { reason: "stray-word", offset, word: "nginx" },
    { reason: "stray-word", offset, after: "env" },
    { reason: "stray-word", offset, word: "two", after: "volume" },
  ],
  "bad-boolean": [{ reason: "bad-boolean", offset, flag: "--init", seen: "maybe" }],
  "bad-port": [{ reason: "bad-port", offset, seen: "80:abc" }],
  "bad-number": [{ reason: "bad-number", offset, flag: "--stop-timeout", seen: "10s" }],
  "reserved-label": [{ reason: "reserved-label", offset, label: "gantry.run" }],
};

const duration: { readonly [R in DurationProblem["reason"]]: DurationProblem } = {
  empty: { reason: "empty", seen: "", allowed },
  format: { reason: "format", seen, allowed },
  "too-long": { reason: "too-long", seen, allowed: ["20d"] },
};

const serial: { readonly [R in SerialProblem["reason"]]: SerialProblem } = {
  empty: { reason: "empty", seen: "", allowed },
  format: { reason: "format", seen, allowed },
  zero: { reason: "zero", seen: "0", allowed: ["100%"] },
  "percent-range": { reason: "percent-range", seen: "150%", allowed: ["1%", "100%"] },
};

const image: { readonly [R in ImageReferenceProblem["reason"]]: ImageReferenceProblem } = {
  empty: { reason: "empty", seen: "" },
  tag: { reason: "tag", seen },
  digest: { reason: "digest", seen },
  repository: { reason: "repository", seen },
  registry: { reason: "registry", seen },
  uppercase: { reason: "uppercase", seen: "Team" },
  "too-long": { reason: "too-long", seen },
};

type SyntaxProblem = Extract<ConfigProblem, { readonly code: "syntax" }>;

function expected(what: SyntaxExpectation, found: string, meant?: string): SyntaxProblem {
  return { ...place, path: "", code: "syntax", expected: what, found, ...(meant === undefined ? {} : { meant }) };
}

const syntax: { readonly [E in SyntaxExpectation]: readonly SyntaxProblem[] } = {
  comma: [expected("comma", '"b"')],
  colon: [expected("colon", "1"), expected("colon", "")],
  "quoted-key": [expected("quoted-key", "hosts")],
  value: [expected("value", "foo"), expected("value", "")],
  "closing-brace": [expected("closing-brace", ""), expected("closing-brace", "]")],
  "closing-bracket": [expected("closing-bracket", ""), expected("closing-bracket", "}")],
  "closing-quote": [expected("closing-quote", '"abc')],
  "comment-end": [expected("comment-end", "/*")],
  "end-of-file": [expected("end-of-file", "}")],
  escape: [expected("escape", String.raw`\d`)],
  "escaped-control-character": [
    expected("escaped-control-character", "\t"),
    expected("escaped-control-character", "\u001b"),
  ],
  "plain-json": [
    expected("plain-json", "，", ","),
    expected("plain-json", "“", '"'),
    expected("plain-json", "True", "true"),
    expected("plain-json", "\u3000", " "),
  ],
};

/** Problems of every code, and of every reason below a code. */
export const samples: {
  readonly [C in ConfigProblem["code"]]: readonly Extract<ConfigProblem, { readonly code: C }>[];
} = {
  syntax: Object.values(syntax).flat(),
  "duplicate-key": [{ ...place, code: "duplicate-key", key: "demo7", firstLine: 3, firstColumn: 8 }],
  "empty-file": [{ ...place, path: "", code: "empty-file" }],
  "wrong-type": [
    { ...place, code: "wrong-type", seen: "5", seenType: "string", allowed: ["integer"] },
    { ...place, code: "wrong-type", seen: "5", seenType: "number", allowed: ["string", "null"] },
    { ...place, code: "wrong-type", seen: '{"a":1}', seenType: "object", allowed: ["number", "string", "array"] },
  ],
  "unknown-key": [
    { ...place, code: "unknown-key", key: "Hosts", nearest: "hosts", allowed: ["hosts"] },
    { ...place, code: "unknown-key", key: "Foo", allowed: ["hosts", "Keep"] },
  ],
  "misplaced-key": [
    { ...place, code: "misplaced-key", key: "EurekaUrl", belongs: "public" },
    { ...place, code: "misplaced-key", key: "hosts", belongs: "project" },
  ],
  "missing-key": [{ ...place, code: "missing-key", key: "DockerImageURL" }],
  "not-allowed": [
    { ...place, code: "not-allowed", seen: "stopfirst", allowed: ["stop-first", "start-first"], nearest: "stop-first" },
    { ...place, code: "not-allowed", seen, allowed },
  ],
  "out-of-range": [
    { ...place, code: "out-of-range", seen: "0", minimum: 1 },
    { ...place, code: "out-of-range", seen: "5000", maximum: 1000 },
    { ...place, code: "out-of-range", seen: "5000", minimum: 1, maximum: 1000 },
  ],
  "empty-value": [{ ...place, code: "empty-value" }],
  "control-character": [{ ...place, code: "control-character", character: "U+0007" }],
  duration: [
    ...Object.values(duration).map((problem) => ({ ...place, code: "duration" as const, problem, autoAllowed: false })),
    { ...place, code: "duration", problem: { ...duration.format, allowed: ["3s", "auto"] }, autoAllowed: true },
  ],
  serial: Object.values(serial).map((problem) => ({ ...place, code: "serial", problem })),
  url: [
    { ...place, code: "url", seen, problem: "format", allowed },
    { ...place, code: "url", seen, problem: "scheme", allowed },
  ],
  address: [{ ...place, code: "address", seen, allowed }],
  "no-port": [{ ...place, code: "no-port", seen: "/health" }],
  path: [{ ...place, code: "path", seen, allowed }],
  time: [{ ...place, code: "time", seen, allowed }],
  "time-order": [{ ...place, code: "time-order", from: "2026-10-07", to: "2026-10-01" }],
  "project-name": [
    { ...place, code: "project-name", name: "Demo1", problem: "uppercase" },
    { ...place, code: "project-name", name: "demo 1", problem: "characters" },
    { ...place, code: "project-name", name: "demo1", problem: "too-long" },
  ],
  "image-url": [
    { ...place, code: "image-url", seen: "https://registry.example.com/ns/", problem: "scheme" },
    { ...place, code: "image-url", seen: "registry.example.com/app:v1", problem: "version" },
  ],
  image: Object.values(image).map((problem) => ({ ...place, code: "image", image: "example.com/ns/demo1", problem })),
  "shell-words": Object.values(shellWords)
    .flat()
    .map((problem) => ({ ...place, code: "shell-words", problem })),
  "docker-run": Object.values(dockerRun)
    .flat()
    .map((problem) => ({ ...place, code: "docker-run", problem })),
  "start-first-port": [{ ...place, code: "start-first-port", port: "8080" }],
  "drain-without-eureka": [{ ...place, code: "drain-without-eureka" }],
  "docker-run-unknown-flag": [
    { ...place, code: "docker-run-unknown-flag", flag: "--memry", nearest: "--memory" },
    { ...place, code: "docker-run-unknown-flag", flag: "--new" },
  ],
  "docker-run-restart-always": [{ ...place, code: "docker-run-restart-always" }],
  "image-url-joins": [{ ...place, code: "image-url-joins", image: "example.com/nsdemo1" }],
  "no-eureka-url": [{ ...place, code: "no-eureka-url", appName: "DEMO1-APP" }],
  "start-first-host-network": [{ ...place, code: "start-first-host-network" }],
  "home-missing": [{ code: "home-missing", home: "/opt/none" }],
  "environment-name": [{ code: "environment-name", name: "../prod" }],
  "environment-unknown": [
    {
      code: "environment-unknown",
      name: "prd",
      folders: ["/opt/a/conf", "/opt/b/conf"],
      known: ["dev", "prod"],
      nearest: ["prod"],
    },
    { code: "environment-unknown", name: "prd", folders: ["/opt/a/conf", "/opt/b/conf"], known: ["dev"], nearest: [] },
    { code: "environment-unknown", name: "prd", folders: ["/opt/a/conf", "/opt/b/conf"], known: [], nearest: [] },
  ],
  "environment-twice": [{ code: "environment-twice", file: "/opt/a/x_conf.json", ignored: "/opt/b/x_conf.json" }],
  unreadable: [
    { code: "unreadable", file: "/opt/conf/prod_conf.json", detail: "EACCES" },
    { code: "unreadable", file: "/opt/conf/prod_conf.json", detail: "EOTHER" },
  ],
  "not-utf8": [{ code: "not-utf8", file: "/opt/conf/prod_conf.json", line: 3, column: 9 }],
  "project-unknown": [
    { code: "project-unknown", name: "dem", file: "/opt/x.json", known: ["demo1"], nearest: ["demo1", "demo2"] },
    { code: "project-unknown", name: "other", file: "/opt/x.json", known: ["demo1", "demo2"], nearest: [] },
    { code: "project-unknown", name: "other", file: "/opt/x.json", known: [], nearest: [] },
  ],
  "project-reserved": [{ code: "project-reserved", name: "public" }],
};
