import { Argument, Command, CommanderError, Option, type HelpConfiguration } from "commander";
import { addMainDockerDeploy, addModes, PLAN, type MakeCommand } from "./mode-commands.ts";
import type { HelpWords } from "./locales/help-words.ts";
import { EXIT, type Services } from "./services.ts";

export interface ProgramParts {
  readonly services: Services;
  readonly help: HelpWords;
  readonly version: string;
  readonly modules: CommandModules;
}

/** Each command's module, loaded only when the command is used: a start must not pay for what it does not need. */
export interface CommandModules {
  readonly rollout: () => Promise<typeof import("./commands/rollout.ts")>;
  readonly plan: () => Promise<typeof import("./commands/plan.ts")>;
  readonly versions: () => Promise<typeof import("./commands/versions.ts")>;
  readonly fleet: () => Promise<typeof import("./commands/fleet.ts")>;
  readonly projects: () => Promise<typeof import("./commands/projects.ts")>;
  readonly tags: () => Promise<typeof import("./commands/tags.ts")>;
  readonly config: () => Promise<typeof import("./commands/config.ts")>;
  readonly inventory: () => Promise<typeof import("./commands/inventory.ts")>;
  readonly shim: () => Promise<typeof import("./commands/shim.ts")>;
  readonly lock: () => Promise<typeof import("./commands/lock.ts")>;
  readonly check: () => Promise<typeof import("./commands/check.ts")>;
  readonly server: () => Promise<typeof import("./commands/server.ts")>;
}

/** Runs one command line (without program name) and returns the exit code. */
export async function runProgram(argv: readonly string[], parts: ProgramParts): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = buildProgram(parts, (code) => (exitCode = code));
  try {
    await program.parseAsync(joinShortNames(argv), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  }
  return exitCode;
}

/** The original's options of several letters behind one dash, which no parser here knows, and their long names. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ["-tnc", "--task-name-created"],
  ["-ns", "--repo-namespace"],
  ["-ak", "--access-key"],
  ["-as", "--access-secret"],
  ["-ps", "--pagesize"],
  ["-pr", "--provider"],
]);

function joinShortNames(argv: readonly string[]): string[] {
  return argv.map((word) => {
    const [name = "", ...value] = word.split("=");
    const long = SHORT_NAMES.get(name);
    return long === undefined ? word : [long, ...value].join("=");
  });
}

function buildProgram(parts: ProgramParts, exit: (code: number) => void): Command {
  const { services, help, version, modules } = parts;
  const program = new Command("gantry");
  program
    .description(help.program)
    .version(version, "-V, --version", help.versionOption)
    .addHelpText("after", help.examples)
    .helpCommand("help [command]", help.helpCommand)
    .configureOutput({
      writeOut: (text) => services.stdout.write(text),
      writeErr: (text) => services.stderr.write(text),
      outputError: (text, write) => write(help.parseError(text)),
    })
    .configureHelp(translatedHelp(help))
    .helpOption("-h, --help", help.helpOption)
    .exitOverride()
    .showSuggestionAfterError();
  const command = (parent: Command, name: string, description: string): Command =>
    parent
      .command(name)
      .description(description)
      .copyInheritedSettings(parent)
      .helpOption("-h, --help", help.helpOption);

  addModes(program, command, parts, exit);

  environment(command(program, "projects", help.commands.projects), help)
    .option("-k, --filter-keyword <regex>", help.options.keyword)
    .option("-d, --exclude <regex>", help.options.exclude)
    .option("--json", help.options.json)
    .action(async (options) => exit(await (await modules.projects()).projects(options, services)));
  environment(command(program, "tags", help.commands.tags), help)
    .argument("<project>", help.arguments.project)
    .option("--pagesize <n>", help.options.pageSize, "20")
    .option("--json", help.options.json)
    .action(async (project: string, options) =>
      exit(await (await modules.tags()).tags({ ...options, project }, services)),
    );
  environment(command(program, "versions", help.commands.versions), help)
    .argument("<project>", help.arguments.project)
    .option("-a, --hosts <pattern>", help.options.hosts)
    .option("--json", help.options.json)
    .action(async (project: string, options) =>
      exit(await (await modules.versions()).versions({ ...options, project }, services)),
    );
  environment(command(program, "fleet", help.commands.fleet), help)
    .option("--json", help.options.json)
    .action(async (options) => exit(await (await modules.fleet()).fleet(options, services)));
  environment(command(program, "check", help.commands.check), help)
    .argument("[project]", help.arguments.project)
    .option("-a, --hosts <pattern>", help.options.hosts)
    .action(async (project: string | undefined, options) =>
      exit(await (await modules.check()).check({ ...options, project }, services)),
    );
  const console = command(program, "console", help.commands.console)
    .option("--listen <address>", help.options.listen, "127.0.0.1:8080")
    .option("--data <folder>", help.options.data)
    .option("--demo", help.options.demo)
    .option("--no-worker", help.options.noWorker)
    .action(async (options) => exit(await (await modules.server()).runConsole(options, services)));
  command(console, "reset-password", help.commands.consoleResetPassword)
    .argument("<name>", help.arguments.account)
    .option("--data <folder>", help.options.data)
    .option("--totp", help.options.totp)
    .option("--activate", help.options.activate)
    .action(async (name: string, _options, self: Command) =>
      // `console` takes the options that it shares with its command.
      exit(await (await modules.server()).runResetPassword(name, self.optsWithGlobals(), services)),
    );
  command(program, "worker", help.commands.worker)
    .option("--data <folder>", help.options.data)
    .action(async (options) => exit(await (await modules.server()).runWorker(options, services)));
  const lock = program.command("lock").description(help.commands.lock).copyInheritedSettings(program);
  environment(command(lock, "status", help.commands.lockStatus), help)
    .argument("<project>", help.arguments.project)
    .option("-a, --hosts <pattern>", help.options.hosts)
    .action(async (project: string, options) =>
      exit(await (await modules.lock()).lockStatus({ ...options, project }, services)),
    );

  const config = program.command("config").description(help.commands.config).copyInheritedSettings(program);
  environment(command(config, "show", help.commands.configShow), help)
    .argument("[project]", help.arguments.project)
    .action(async (project: string | undefined, options) =>
      exit(await (await modules.config()).configShow({ ...options, project }, services)),
    );
  command(config, "schema", help.commands.configSchema)
    .addArgument(
      new Argument("[file]", help.arguments.schemaFile).choices(["environment", "conf_pub"]).default("environment"),
    )
    .action(async (file: "environment" | "conf_pub") =>
      exit(await (await modules.config()).configSchema(file, services)),
    );
  command(config, "lint", help.commands.configLint)
    .option("-e, --environment <env>", help.options.environment)
    .action(async (options) => exit(await (await modules.config()).configLint(options, services)));
  command(program, "inventory", help.commands.inventory)
    .option("--list", help.options.list)
    .option("--host <host>", help.options.host)
    .addOption(
      new Option("--reader <reader>", help.options.reader).choices(["auto", "ansible", "builtin"]).default("auto"),
    )
    .action(async (options) => exit(await (await modules.inventory()).inventory(options, services)));
  command(program, "shim", help.commands.shim)
    .argument("<folder>", help.arguments.folder)
    .option("--force", help.options.force)
    .action(async (folder: string, options) => exit((await modules.shim()).shim({ ...options, folder }, services)));

  addOriginals(program, command, parts, exit);
  for (const child of program.commands) addSharedOptions(child, help);
  return program;
}

/** The original's three programs, flag for flag. */
function addOriginals(program: Command, command: MakeCommand, parts: ProgramParts, exit: (code: number) => void): void {
  const { services, help, modules } = parts;
  addMainDockerDeploy(program, command, parts, exit);
  command(program, "var_json_keys", help.commands.var_json_keys)
    .requiredOption("-e, --environment <env>", help.options.environment)
    .option("-k, --filter-keyword <regex>", help.options.keyword, "None")
    .option("-d, --exclude <regex>", help.options.exclude, "None")
    .option("--json", help.options.json)
    .action(async (options) => exit(await (await modules.projects()).varJsonKeys(options, services)));
  command(program, "var_images_tags_id", help.commands.var_images_tags_id)
    .requiredOption("-p, --proj-docker <project>", help.options.projectDocker)
    .requiredOption("-e, --environment <env>", help.options.environment)
    .option("--repo-namespace <namespace>", help.options.repoNamespace)
    .option("-n, --repo-name <name>", help.options.repoName)
    .option("-r, --region-id <region>", help.options.region)
    .option("--access-key <user>", help.options.accessKey)
    .option("--access-secret <secret>", help.options.accessSecret)
    .option("--pagesize <n>", help.options.pageSize, "20")
    .option("-k, --key-json <file>", help.options.keyJson)
    .option("-g, --gcp-projects <project>", help.options.gcpProject)
    .option("--provider <provider>", help.options.provider)
    .option("--json", help.options.json)
    .action(async (options) => exit(await (await modules.tags()).varImagesTagsId(options, services)));
}

function environment(command: Command, help: HelpWords): Command {
  return command.requiredOption("-e, --environment <env>", help.options.environment);
}

/** Adds the options that commands share, behind their own: what shows a run, what reaches hosts, what every command has. */
function addSharedOptions(command: Command, help: HelpWords): void {
  const { options } = help;
  // A parent's option of the same name would take the value away from its command.
  if (command.commands.length > 0) {
    for (const child of command.commands) addSharedOptions(child, help);
    if (command.name() !== "console") return;
  }
  const isMode = command.options.some(({ long }) => long === "--task-name-created");
  const isPlan = command.parent?.name() === PLAN;
  const usesHosts = isMode || ["check", "status", "inventory", "versions", "fleet"].includes(command.name());
  if (usesHosts) {
    command.option(
      "-i, --inventory <file>",
      options.inventoryFile,
      (file: string, files: readonly string[] | undefined) => [...(files ?? []), file],
    );
  }
  if (isPlan) command.addOption(new Option("--output <form>", options.planOutput).choices(["text", "json"]));
  else if (isMode) {
    command.addOption(new Option("--output <look>", options.output).choices(["board", "ansible", "ndjson"]));
    command.option("--quiet", options.quiet);
  }
  command
    .option("--home <folder>", options.home)
    .option("--no-color", options.noColor)
    .option("--lang <en|zh>", options.lang);
}

/** Help in the user's language, with the original's short names beside the long ones. */
function translatedHelp({ titles, defaultValue, optionalMarks }: HelpWords): HelpConfiguration {
  const translated: Readonly<Record<string, string>> = {
    "Usage:": titles.usage,
    "Arguments:": titles.arguments,
    "Options:": titles.options,
    "Commands:": titles.commands,
  };
  const short = new Map([...SHORT_NAMES].map(([name, long]) => [long, name]));
  return {
    styleTitle: (title) => translated[title] ?? title,
    styleUsage: (usage) =>
      usage.replace("[options]", optionalMarks.options).replace("[command]", optionalMarks.command),
    subcommandTerm: (command) =>
      [
        command.name(),
        ...command.registeredArguments.map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}]`)),
      ].join(" "),
    optionTerm: (option) => {
      const name = short.get(option.long ?? "");
      return name === undefined ? option.flags : `${name}, ${option.flags}`;
    },
    argumentDescription: ({ description, defaultValue: value }) =>
      value === undefined ? description : `${description} (${defaultValue}: ${String(value)})`,
    // A description that tells the default in words says more than the value that stands for it.
    optionDescription: ({ description, defaultValue: value, negate }) =>
      value === undefined || negate || description.includes(defaultValue)
        ? description
        : `${description} (${defaultValue}: ${String(value)})`,
  };
}
