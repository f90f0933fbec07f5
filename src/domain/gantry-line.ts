import { baseName } from "./evaluating-programs.ts";
import { MODES, parseMode, type Mode } from "./mode.ts";

/** A command that releases, restarts, rolls back or looks at a project. */
export interface GantryLine {
  /** The command as Gantry's own: `gantry`, then `main_docker_deploy` or a mode, then the arguments as they were. */
  readonly argv: readonly string[];
  /** The folder in which the original's program was called; its configuration lies there, as `gantry shim` has it. */
  readonly folder?: string;
  /** What the arguments say; what they do not say, or say wrongly, is absent. */
  readonly mode?: Mode;
  readonly project?: string;
  readonly environment?: string;
  readonly tag?: string;
  /** A pattern of the inventory; absent: what the project says. */
  readonly hosts?: string;
  readonly wait?: string;
  readonly checkTime?: string;
  readonly serial?: string;
  readonly taskName?: string;
  /** Inventory files, in order. */
  readonly inventory: readonly string[];
  readonly home?: string;
  /** The version that `rollback --to` names. */
  readonly to?: string;
}

const ORIGINAL = "main_docker_deploy";

/**
 * Recognises a command that runs Gantry's engine: `main_docker_deploy`, `main_docker_deploy.py`, either by its path,
 * `python .../main_docker_deploy.py`, `gantry main_docker_deploy`, `gantry <mode>`; before them `env` may stand, without
 * variables (Python's own, which Gantry does not read, do no harm). Undefined for every other command.
 */
export function gantryLine(words: readonly string[]): GantryLine | undefined {
  const command = withoutEnv(words);
  const [program = "", ...rest] = command;
  const name = baseName(program);
  if (name === "gantry") {
    const [mode = "", ...options] = rest;
    if (mode === ORIGINAL) return original(options, undefined);
    return (MODES as readonly string[]).includes(mode) ? rollout(mode as Mode, options) : undefined;
  }
  if (name === ORIGINAL || name === `${ORIGINAL}.py`) return original(rest, name === ORIGINAL ? undefined : program);
  if (!/^python(?:[23](?:\.\d+)?)?$/.test(name)) return undefined;
  const at = rest.findIndex((word) => !/^-[bBdEiIOqsSuvx]+$/.test(word));
  const script = rest[at] ?? "";
  return baseName(script) === `${ORIGINAL}.py` ? original(rest.slice(at + 1), script) : undefined;
}

function withoutEnv(words: readonly string[]): readonly string[] {
  if (baseName(words[0] ?? "") !== "env") return words;
  const at = words.findIndex((word, index) => index > 0 && !/^PYTHON[A-Z]*=/.test(word));
  return at < 0 ? [] : words.slice(at);
}

/** Options of every command that carries out a mode, as src/cli/program.ts has them. */
const sharedOptions = ["-i --inventory", "--output", "--home", "--lang", "-s --serial", "--task-name-created"];
const originalOptions = namesOf([
  ...sharedOptions,
  "-e --Environment",
  "-p --proj-docker",
  "-t --DockerImageTag",
  "-a --AnsibleHosts",
  "-w --WaitTimes",
  "-m --ExecMode",
  "-c --CheckTime",
]);
const modeOptions = namesOf([
  ...sharedOptions,
  "-e --environment",
  "-t --tag",
  "-a --hosts",
  "-w --wait",
  "-c --check-time",
  "--to",
]);

function original(rest: readonly string[], script: string | undefined): GantryLine {
  const { values } = readOptions(rest, originalOptions);
  const mode = parseMode(last(values, "--ExecMode") ?? "");
  const hosts = last(values, "--AnsibleHosts");
  return {
    argv: ["gantry", ORIGINAL, ...rest],
    ...(script?.includes("/") ? { folder: script.slice(0, script.lastIndexOf("/")) || "/" } : {}),
    ...given({
      mode,
      project: last(values, "--proj-docker"),
      environment: last(values, "--Environment"),
      tag: last(values, "--DockerImageTag"),
      hosts: hosts === "none" ? undefined : hosts,
      wait: last(values, "--WaitTimes"),
      checkTime: last(values, "--CheckTime"),
    }),
    ...sharedValues(values),
  };
}

function rollout(mode: Mode, options: readonly string[]): GantryLine {
  const { values, operands } = readOptions(options, modeOptions);
  return {
    argv: ["gantry", mode, ...options],
    mode,
    ...given({
      project: operands[0],
      environment: last(values, "--environment"),
      tag: last(values, "--tag"),
      hosts: last(values, "--hosts"),
      wait: last(values, "--wait"),
      checkTime: last(values, "--check-time"),
      to: last(values, "--to"),
    }),
    ...sharedValues(values),
  };
}

function sharedValues(values: OptionValues): Pick<GantryLine, "inventory" | "serial" | "home" | "taskName"> {
  const taskName = last(values, "--task-name-created");
  return {
    inventory: values.get("--inventory") ?? [],
    ...given({
      serial: last(values, "--serial"),
      home: last(values, "--home"),
      taskName: taskName === "none" ? undefined : taskName,
    }),
  };
}

/** Each option's values by its long name, in order; the last one counts where there can be only one. */
type OptionValues = ReadonlyMap<string, readonly string[]>;

/** Reads options as commander does: `-e prod`, `-eprod`, `--environment prod`, `--environment=prod`, and `-tnc`. */
function readOptions(
  words: readonly string[],
  longNames: ReadonlyMap<string, string>,
): { readonly values: OptionValues; readonly operands: readonly string[] } {
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const queue = words.map((word) => word.replace(/^-tnc(?==|$)/, "--task-name-created"));
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) values.set(name, [...(values.get(name) ?? []), value]);
  };
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const equals = word.indexOf("=");
    const whole = longNames.get(word);
    const short = longNames.get(word.slice(0, 2));
    const long = equals < 0 ? undefined : longNames.get(word.slice(0, equals));
    if (word === "--") return { values, operands: [...operands, ...queue] };
    if (whole !== undefined) add(whole, queue.shift());
    else if (short !== undefined && !word.startsWith("--")) add(short, word.slice(2));
    else if (long !== undefined && word.startsWith("--")) add(long, word.slice(equals + 1));
    else if (!word.startsWith("-") || word === "-") operands.push(word);
  }
  return { values, operands };
}

function last(values: OptionValues, name: string): string | undefined {
  return values.get(name)?.at(-1);
}

/** Long names by all names of each option: `-e --environment` gives both. */
function namesOf(options: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    options.flatMap((option) => {
      const names = option.split(" ");
      return names.map((name) => [name, names.at(-1) ?? name] as const);
    }),
  );
}

/** The entries that have a value. */
function given<T extends object>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
