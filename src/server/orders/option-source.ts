import type { Variable } from "../../contract/definitions.ts";
import type { Options } from "../../contract/requests.ts";
import { readOptionList } from "../../domain/option-list.ts";
import { readPlaceholders } from "../../domain/placeholders.ts";
import { parseTask } from "../../domain/task-line.ts";
import { resolveTask, type TaskValues } from "../../domain/task-values.ts";
import type { OpenPlace, Places } from "../places/places.ts";
import { optionProblemText } from "../words/option-words.ts";
import { placed, taskProblemText, type Language } from "../words/task-words.ts";
import type { Fetched, OptionCache } from "./option-cache.ts";

/** Bytes of a script's output, and seconds for built-in sources. */
const OUTPUT_LIMIT = 2 * 2 ** 20;
const DEADLINE = 20;

export interface OptionRequest {
  /** Its id; null while it is not saved. */
  readonly variable: { readonly id: number | null; readonly data: Variable };
  /** Values for placeholders in its source. */
  readonly values: TaskValues;
  /** Names of secret variables: no source may use them, since what it prints is kept. */
  readonly secrets: ReadonlySet<string>;
  readonly environment: string;
  readonly configCentre: number;
  readonly refresh: boolean;
  readonly language: Language;
}

export interface OptionParts {
  readonly places: Places;
  readonly cache: OptionCache;
}

/** The values that may be chosen for a variable, wherever they come from. Problems are part of the answer. */
export async function optionsOf(parts: OptionParts, request: OptionRequest): Promise<Options> {
  const { source } = request.variable.data;
  if (source.kind === "input") return constant([]);
  if (source.kind === "list") return constant(source.values);
  const question = questionOf(request);
  if ("problem" in question)
    return { values: [], status: "failed", problem: question.problem, fetchedAt: null, milliseconds: 0, bytes: 0 };
  const { language, refresh, variable } = request;
  const key = [request.configCentre, question];
  return parts.cache.get(key, variable.id, refresh, async () => {
    const began = performance.now();
    try {
      const place = await parts.places.at(request.configCentre);
      return await ask(place, question, language, began);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { ok: false, problem, bytes: 0, milliseconds: performance.now() - began };
    }
  });
}

function constant(values: readonly string[]): Options {
  return { values: [...values], status: "fresh", fetchedAt: null, milliseconds: 0, bytes: 0 };
}

/** What is asked, with all values put in: the key under which answers are kept. */
type Question =
  | { readonly kind: "script"; readonly argv: readonly string[]; readonly timeout: number }
  | { readonly kind: "projects"; readonly environment: string; readonly keyword: string; readonly exclude: string }
  | { readonly kind: "tags"; readonly environment: string; readonly project: string; readonly limit: number }
  | { readonly kind: "versions"; readonly environment: string; readonly project: string }
  | { readonly kind: "groups"; readonly keyword: string };

function questionOf({
  variable,
  values,
  secrets,
  environment,
  language,
}: OptionRequest): Question | { problem: string } {
  const { source } = variable.data;
  switch (source.kind) {
    case "script": {
      const parsed = parseTask(source.command);
      const resolved = parsed.ok ? resolveTask(parsed.value, values, secrets) : parsed;
      if (!resolved.ok)
        return { problem: resolved.failure.map((p) => placed(p, taskProblemText(p, language), language)).join("\n") };
      const [line] = resolved.value;
      if (line === undefined || resolved.value.length > 1) return { problem: ONE_LINE[language] };
      const argv = line.shell ? ["sh", "-c", ...line.argv] : line.argv;
      return { kind: "script", argv, timeout: source.timeout };
    }
    case "projects":
      return { kind: "projects", environment, keyword: source.keyword, exclude: source.exclude };
    case "groups":
      return { kind: "groups", keyword: source.keyword };
    case "tags":
    case "versions": {
      const project = filled(source.project, values);
      if (project === "") return { problem: NO_PROJECT[language] };
      return source.kind === "tags"
        ? { kind: "tags", environment, project, limit: source.limit }
        : { kind: "versions", environment, project };
    }
    default:
      return { problem: "" };
  }
}

const ONE_LINE = { en: "Give one command line.", zh: "请只写一行命令。" };
const NO_PROJECT = { en: "Choose a project first.", zh: "请先选择项目。" };

function filled(text: string, values: TaskValues): string {
  const { parts } = readPlaceholders(text);
  return parts.map((part) => (part.kind === "text" ? part.text : (values.get(part.name) ?? []).join(","))).join("");
}

async function ask(at: OpenPlace, question: Question, language: Language, began: number): Promise<Fetched> {
  if (question.kind === "script") return runScript(at, question, language);
  const options = { deadline: DEADLINE, language };
  const answer = await {
    projects: () => at.gantry.projects(question as Extract<Question, { kind: "projects" }>, options),
    tags: () => at.gantry.tags(question as Extract<Question, { kind: "tags" }>, options),
    versions: () => at.gantry.versions(question as Extract<Question, { kind: "versions" }>, options),
    groups: () => at.gantry.groups(question as Extract<Question, { kind: "groups" }>, options),
  }[question.kind]();
  const milliseconds = performance.now() - began;
  if (!answer.ok) return { ok: false, problem: answer.failure.detail, bytes: 0, milliseconds };
  return { ok: true, values: answer.value, bytes: Buffer.byteLength(JSON.stringify(answer.value)), milliseconds };
}

async function runScript(
  { place, gantryEnv }: OpenPlace,
  { argv, timeout }: Extract<Question, { kind: "script" }>,
  language: Language,
): Promise<Fetched> {
  const began = performance.now();
  const ran = await place.exec(argv, { deadline: timeout, limit: OUTPUT_LIMIT, env: gantryEnv });
  const milliseconds = performance.now() - began;
  if (!ran.ok) return { ok: false, problem: ran.failure.detail, bytes: 0, milliseconds };
  const { exitCode, stdout, stderr } = ran.value;
  const bytes = stdout.length;
  const output =
    `${stdout.subarray(0, 2000).toString("utf8")}${stderr === "" ? "" : `\n${stderr.slice(0, 2000)}`}`.trim();
  if (exitCode !== 0)
    return {
      ok: false,
      problem: optionProblemText({ reason: "exit-code", exitCode }, language),
      output,
      bytes,
      milliseconds,
    };
  const list = readOptionList(stdout.toString("utf8"));
  if (!list.ok) return { ok: false, problem: optionProblemText(list.failure, language), output, bytes, milliseconds };
  return { ok: true, values: list.value, bytes, milliseconds };
}
