import type { DockerRunProblem, DockerRunWarning } from "../../domain/docker-run-problems.ts";
import type { DurationProblem } from "../../domain/duration.ts";
import type { ImageReferenceProblem } from "../../domain/image-reference.ts";
import type { SerialProblem } from "../../domain/serial.ts";
import type { ShellWordsProblem } from "../../domain/shell-words.ts";

/** Where a problem is. Lines and columns count from 1; columns count characters. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** For example `demo1.DockerRunArg` or `demo1.Serial[1]`; empty for the file as a whole. */
  readonly path: string;
}

/** What a JSON parser was waiting for. */
export type SyntaxExpectation =
  | "comma"
  | "colon"
  | "quoted-key"
  | "value"
  | "closing-brace"
  | "closing-bracket"
  | "closing-quote"
  | "comment-end"
  | "end-of-file"
  | "escape"
  | "escaped-control-character"
  /** `meant` says what was likely meant: `'` and full-width punctuation, `True`, `None`. */
  | "plain-json";

/** Names of JSON's types, as the file's author knows them. */
export type JsonType = "string" | "number" | "integer" | "boolean" | "array" | "object" | "null";

/** Problems with what a file says, each with its place. */
export type FileProblem = Place &
  (
    | { readonly code: "syntax"; readonly expected: SyntaxExpectation; readonly found: string; readonly meant?: string }
    | { readonly code: "duplicate-key"; readonly key: string; readonly firstLine: number; readonly firstColumn: number }
    | { readonly code: "empty-file" }
    | {
        readonly code: "wrong-type";
        readonly seen: string;
        readonly seenType: JsonType;
        readonly allowed: readonly JsonType[];
      }
    | {
        readonly code: "unknown-key";
        readonly key: string;
        readonly nearest?: string;
        readonly allowed: readonly string[];
      }
    /** A known key at a place where it means nothing; `belongs` says where it does. */
    | { readonly code: "misplaced-key"; readonly key: string; readonly belongs: "project" | "public" }
    | { readonly code: "missing-key"; readonly key: string }
    | {
        readonly code: "not-allowed";
        readonly seen: string;
        readonly allowed: readonly string[];
        readonly nearest?: string;
      }
    | { readonly code: "out-of-range"; readonly seen: string; readonly minimum?: number; readonly maximum?: number }
    | { readonly code: "empty-value" }
    | { readonly code: "control-character"; readonly character: string }
    | { readonly code: "duration"; readonly problem: DurationProblem; readonly autoAllowed: boolean }
    | { readonly code: "serial"; readonly problem: SerialProblem }
    | {
        readonly code: "url";
        readonly seen: string;
        readonly problem: "format" | "scheme";
        readonly allowed: readonly string[];
      }
    | { readonly code: "address"; readonly seen: string; readonly allowed: readonly string[] }
    /** HealthCheck names no port and DockerRunArg publishes none to take. */
    | { readonly code: "no-port"; readonly seen: string }
    | { readonly code: "path"; readonly seen: string; readonly allowed: readonly string[] }
    | { readonly code: "time"; readonly seen: string; readonly allowed: readonly string[] }
    | { readonly code: "time-order"; readonly from: string; readonly to: string }
    | {
        readonly code: "project-name";
        readonly name: string;
        readonly problem: "uppercase" | "characters" | "too-long";
      }
    | { readonly code: "image-url"; readonly seen: string; readonly problem: "scheme" | "version" }
    | { readonly code: "image"; readonly image: string; readonly problem: ImageReferenceProblem }
    | { readonly code: "shell-words"; readonly problem: ShellWordsProblem }
    | { readonly code: "docker-run"; readonly problem: DockerRunProblem }
    /** Old and new version cannot hold the same port at once. */
    | { readonly code: "start-first-port"; readonly port: string }
    | { readonly code: "drain-without-eureka" }
    | FileWarning
  );

/** Accepted, but worth a word. */
export type FileWarning =
  | { readonly code: "docker-run-unknown-flag"; readonly flag: string; readonly nearest?: string }
  | { readonly code: "docker-run-restart-always" }
  /** DockerImageURL does not end in `/`: project name and last part run together into `image`. */
  | { readonly code: "image-url-joins"; readonly image: string }
  /** AppSpringName is set, but there is no EurekaUrl: the project is handled as one without Eureka. */
  | { readonly code: "no-eureka-url"; readonly appName: string }
  | { readonly code: "start-first-host-network" };

/** Problems with finding or reading a file, before there is a place in one. */
export type LookupProblem =
  | { readonly code: "home-missing"; readonly home: string }
  | { readonly code: "environment-name"; readonly name: string }
  | {
      readonly code: "environment-unknown";
      readonly name: string;
      readonly folders: readonly string[];
      readonly known: readonly string[];
      readonly nearest: readonly string[];
    }
  /** Both folders have a file for the environment; `file` is the one that counts. A warning. */
  | { readonly code: "environment-twice"; readonly file: string; readonly ignored: string }
  | { readonly code: "unreadable"; readonly file: string; readonly detail: string }
  | { readonly code: "not-utf8"; readonly file: string; readonly line: number; readonly column: number }
  | {
      readonly code: "project-unknown";
      readonly name: string;
      readonly file: string;
      readonly known: readonly string[];
      readonly nearest: readonly string[];
    }
  | { readonly code: "project-reserved"; readonly name: string };

export type ConfigProblem = FileProblem | LookupProblem;

const warnings: ReadonlySet<ConfigProblem["code"]> = new Set<FileWarning["code"] | "environment-twice">([
  "docker-run-unknown-flag",
  "docker-run-restart-always",
  "image-url-joins",
  "no-eureka-url",
  "start-first-host-network",
  "environment-twice",
]);

/** True for what is said but stops nothing. */
export function isWarning(problem: ConfigProblem): boolean {
  return warnings.has(problem.code);
}

/** The problem of a `docker run` flag that is only a warning. */
export function dockerRunWarning(warning: DockerRunWarning, nearest: string | undefined): FileWarning {
  if (warning.reason === "restart-always") return { code: "docker-run-restart-always" };
  return {
    code: "docker-run-unknown-flag",
    flag: `--${warning.flag}`,
    ...(nearest === undefined ? {} : { nearest: `--${nearest}` }),
  };
}
