import { MODES, parseMode, type Mode } from "../../domain/mode.ts";
import type { Words } from "../locales/words.ts";
import { UsageError, type CommonOptions, type Look } from "../services.ts";
import { nearest } from "./nearest.ts";

/** What a mode is to do, whether it is done or only planned. */
export interface ModeOptions extends CommonOptions {
  readonly environment: string;
  readonly project: string;
  readonly mode: Mode;
  readonly tag?: string;
  readonly to?: string;
  readonly force?: boolean;
  readonly hosts?: string;
  readonly wait?: string;
  readonly checkTime?: string;
  readonly serial?: string;
  readonly taskNameCreated?: string;
}

/** How a run is shown. */
export interface ShowOptions {
  readonly output?: Look;
  readonly quiet?: boolean;
}

export type RolloutOptions = ModeOptions & ShowOptions;

/** What `main_docker_deploy` is called with. */
export interface MainDockerDeployOptions extends CommonOptions {
  readonly Environment?: string;
  readonly projDocker?: string;
  readonly DockerImageTag: string;
  readonly AnsibleHosts?: string;
  readonly WaitTimes?: string;
  readonly ExecMode?: string;
  readonly CheckTime: string;
  readonly taskNameCreated?: string;
  readonly serial?: string;
}

/** The original's command line by the names of Gantry's own; throws where something that it needs is missing. */
export function fromOriginal<O extends MainDockerDeployOptions>(options: O, { usage }: Words): O & ModeOptions {
  const { Environment: environment, projDocker: project, ExecMode: modeText } = options;
  if (environment === undefined) throw new UsageError(usage.missingOption("-e, --Environment"));
  if (project === undefined) throw new UsageError(usage.missingOption("-p, --proj-docker"));
  if (modeText === undefined) throw new UsageError(`${usage.missingOption("-m, --ExecMode")} ${MODES.join(", ")}`);
  const mode = parseMode(modeText);
  if (mode === undefined) throw new UsageError(usage.unknownMode(modeText, nearest(modeText, MODES), MODES));
  return {
    ...options,
    environment,
    project,
    mode,
    tag: options.DockerImageTag,
    ...(options.WaitTimes === undefined ? {} : { wait: options.WaitTimes }),
    checkTime: options.CheckTime,
    ...(options.AnsibleHosts === undefined || options.AnsibleHosts === "none" ? {} : { hosts: options.AnsibleHosts }),
  };
}
