/** The words of `--help`, in one language. */
export interface HelpWords {
  readonly titles: Readonly<Record<"usage" | "arguments" | "options" | "commands", string>>;
  readonly defaultValue: string;
  readonly optionalMarks: Readonly<Record<"options" | "command", string>>;
  /** A message of the command line's parser, which is in English. */
  readonly parseError: (text: string) => string;
  readonly program: string;
  readonly examples: string;
  readonly helpOption: string;
  readonly helpCommand: string;
  readonly versionOption: string;
  readonly commands: Readonly<Record<CommandName, string>>;
  /** What a command of `gantry plan` does, from what the one that it plans does. */
  readonly planOf: (command: string) => string;
  readonly arguments: Readonly<Record<"project" | "folder" | "schemaFile" | "account", string>>;
  readonly options: Readonly<Record<OptionName, string>>;
}

type CommandName =
  | "update"
  | "update_hard"
  | "update_hard_check"
  | "restart"
  | "restart_soft"
  | "rollback"
  | "stop_soft"
  | "inquiry"
  | "plan"
  | "projects"
  | "tags"
  | "versions"
  | "fleet"
  | "check"
  | "console"
  | "consoleResetPassword"
  | "worker"
  | "lock"
  | "lockStatus"
  | "config"
  | "configShow"
  | "configSchema"
  | "configLint"
  | "inventory"
  | "shim"
  | "main_docker_deploy"
  | "var_json_keys"
  | "var_images_tags_id";

type OptionName =
  | "environment"
  | "projectDocker"
  | "tag"
  | "hosts"
  | "wait"
  | "mode"
  | "checkTime"
  | "listen"
  | "data"
  | "demo"
  | "noWorker"
  | "totp"
  | "activate"
  | "taskName"
  | "serial"
  | "to"
  | "home"
  | "inventoryFile"
  | "reader"
  | "output"
  | "planOutput"
  | "quiet"
  | "noColor"
  | "lang"
  | "keyword"
  | "exclude"
  | "json"
  | "pageSize"
  | "repoNamespace"
  | "repoName"
  | "region"
  | "accessKey"
  | "accessSecret"
  | "keyJson"
  | "gcpProject"
  | "provider"
  | "list"
  | "host"
  | "force"
  | "forceLast";
