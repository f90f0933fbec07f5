import type { SpoolSpec } from "../../adapters/place/place.ts";
import type { WorkOrder } from "../../contract/definitions.ts";
import { gantryLine } from "../../domain/gantry-line.ts";
import type { OpenPlace } from "../places/places.ts";
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
  readonly request: RequestRow;
  readonly order: WorkOrder;
  readonly secrets: Readonly<Record<string, string>>;
  readonly by: string;
  readonly at: Omit<OpenPlace, "place">;
}): SpoolSpec {
  const { run, request, order, secrets, by, at } = parts;
  return {
    run: run.spool,
    lines: request.lines.map(({ task, argv, shell, gantry }) => ({
      task,
      argv: gantry ? gantryArgv(argv, at) : argv,
      shell,
      gantry,
    })),
    env: {
      ...at.gantryEnv,
      GANTRY_USER: by,
      ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [`GANTRY_SECRET_${name}`, value])),
    },
    logLimit: order.logLimit,
    timeout: order.timeout,
    stopGrace: order.stopGrace,
  };
}

/** The same release by this Gantry, whose journal makes the board. */
function gantryArgv(argv: readonly string[], { gantryProgram }: Pick<OpenPlace, "gantryProgram">): readonly string[] {
  const [, ...rest] = gantryLine(argv)?.argv ?? [];
  return rest.length === 0 ? argv : [gantryProgram, ...rest];
}
