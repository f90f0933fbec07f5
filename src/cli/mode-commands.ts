import type { Command } from "commander";
import { MODES, type Mode } from "../domain/mode.ts";
import type { PlanOptions } from "./commands/plan.ts";
import type { MainDockerDeployOptions, RolloutOptions } from "./commands/rollout-options.ts";
import type { HelpWords } from "./locales/help-words.ts";
import type { ProgramParts } from "./program.ts";
import { EXIT } from "./services.ts";

/** Adds a command with its help. */
export type MakeCommand = (parent: Command, name: string, description: string) => Command;

/** The command under which each mode, and the original's command line, is planned only. */
export const PLAN = "plan";

const ORIGINAL = "main_docker_deploy";

/** Each mode, and `gantry plan` with each of them and the original's command line. */
export function addModes(
  program: Command,
  command: MakeCommand,
  { services, help, modules }: ProgramParts,
  exit: (code: number) => void,
): void {
  for (const mode of MODES) {
    const rollout = command(program, mode, help.commands[mode]);
    modeOptions(rollout, mode, help).action(async (project: string, options: RolloutOptions) =>
      exit(await (await modules.rollout()).rollout({ ...options, project, mode }, services)),
    );
  }
  const plan = program.command(PLAN).description(help.commands.plan).copyInheritedSettings(program);
  for (const mode of MODES) {
    const planned = command(plan, mode, help.planOf(help.commands[mode])).summary(help.commands[mode]);
    modeOptions(planned, mode, help).action(async (project: string, options: PlanOptions) =>
      exit(await (await modules.plan()).plan({ ...options, project, mode }, services)),
    );
  }
  const planned = command(plan, ORIGINAL, help.planOf(help.commands[ORIGINAL])).summary(help.commands[ORIGINAL]);
  originalOptions(planned, help).action(async (options: MainDockerDeployOptions) =>
    exit(await (await modules.plan()).planMainDockerDeploy(options, services)),
  );
}

/** The original's `main_docker_deploy`, flag for flag; without any, its help. */
export function addMainDockerDeploy(
  program: Command,
  command: MakeCommand,
  { services, help, modules }: ProgramParts,
  exit: (code: number) => void,
): void {
  const deploy = originalOptions(command(program, ORIGINAL, help.commands[ORIGINAL]), help);
  deploy.action(async (options: MainDockerDeployOptions) => {
    if (program.args.length <= 1) {
      deploy.outputHelp();
      return exit(EXIT.usage);
    }
    return exit(await (await modules.rollout()).mainDockerDeploy(options, services));
  });
}

function modeOptions(command: Command, mode: Mode, { arguments: words, options }: HelpWords): Command {
  command.argument("<project>", words.project);
  command.requiredOption("-e, --environment <env>", options.environment);
  if (mode.startsWith("update")) command.option("-t, --tag <tag>", options.tag, "latest");
  if (mode !== "inquiry") command.option("--force", options.forceLast);
  if (mode === "rollback") command.option("--to <version>", options.to);
  return command
    .option("-a, --hosts <pattern>", options.hosts)
    .option("-w, --wait <time>", options.wait)
    .option("-c, --check-time <seconds>", options.checkTime, "120")
    .option("-s, --serial <sizes>", options.serial)
    .option("--task-name-created <name>", options.taskName);
}

function originalOptions(command: Command, { options }: HelpWords): Command {
  return command
    .option("-e, --Environment <env>", options.environment)
    .option("-p, --proj-docker <project>", options.projectDocker)
    .option("-t, --DockerImageTag <tag>", options.tag, "latest")
    .option("-a, --AnsibleHosts <hosts>", options.hosts)
    .option("-w, --WaitTimes <time>", options.wait)
    .option("-m, --ExecMode <mode>", `${options.mode}: ${MODES.join(", ")}`)
    .option("-c, --CheckTime <seconds>", options.checkTime, "120")
    .option("--task-name-created <name>", options.taskName)
    .option("-s, --serial <sizes>", options.serial);
}
