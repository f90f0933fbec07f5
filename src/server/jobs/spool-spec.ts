import type { SpoolSpec } from "../../adapters/place/place.ts";
import type { WorkOrder } from "../../contract/definitions.ts";
import type { CommandLine } from "../../contract/requests.ts";
import { gantryLine } from "../../domain/gantry-line.ts";
import { secretVariable } from "../../domain/task-values.ts";
import type { RequestRow } from "../requests/request-store.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { RunRow } from "./run-lease.ts";

/** Under this context the secret values of a request are sealed. */
export const SECRET_VALUES = "request/values";

/** The secret values of a request by the variable's name. */
export function secretsOf(request: RequestRow, box: SecretBox): Readonly<Record<string, string>> {
  if (request.sealed_values === null) return {};
  const opened = box.open(request.sealed_values, SECRET_VALUES);
  if (!opened.ok)
    throw new Error("the secret values of this request cannot be decrypted: the secret key is another one");
  return JSON.parse(opened.value) as Record<string, string>;
}

/** What the supervisor gets: argument vectors, and by environment who runs it and the secrets. */
export function spoolSpec(parts: {
  readonly run: RunRow;
  readonly lines: readonly CommandLine[];
  readonly order: WorkOrder;
  readonly secrets: Readonly<Record<string, string>>;
  readonly by: string;
  readonly gantryEnv: Readonly<Record<string, string>>;
  /** How Gantry is called at the place; undefined where it is not installed: then lines run as they are written. */
  readonly gantryProgram: string | undefined;
}): SpoolSpec {
  const { run, lines, order, secrets, by, gantryEnv, gantryProgram } = parts;
  return {
    run: run.spool,
    lines: lines.map(({ task, argv, shell, gantry }) => ({
      task,
      argv: gantry && gantryProgram !== undefined ? gantryArgv(argv, gantryProgram, gantryEnv) : argv,
      shell,
      gantry: gantry && gantryProgram !== undefined,
    })),
    env: {
      ...gantryEnv,
      GANTRY_USER: by,
      ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [secretVariable(name), value])),
    },
    logLimit: order.logLimit,
    timeout: order.timeout,
    stopGrace: order.stopGrace,
  };
}

/**
 * The same release by Gantry itself, whose journal makes the board; the folder in which the original's program was
 * called says where its configuration is.
 */
function gantryArgv(
  argv: readonly string[],
  program: string,
  env: Readonly<Record<string, string>>,
): readonly string[] {
  const line = gantryLine(argv);
  if (line === undefined) return argv;
  const [, ...rest] = line.argv;
  const { folder } = line;
  const isHome =
    folder?.endsWith("/pl_deploy_docker") === true && env["GANTRY_HOME"] === undefined && line.home === undefined;
  return [program, ...rest, ...(isHome ? ["--home", folder.slice(0, folder.lastIndexOf("/"))] : [])];
}
