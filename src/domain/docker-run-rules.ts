import { parsePublishedPort } from "./docker-run-ports.ts";
import type { DockerRunProblem, ReservedFlagReason } from "./docker-run-problems.ts";
import type { RunFlag } from "./docker-run-reader.ts";

/** Labels with this beginning are Gantry's: they record project, version, run, digest and user. */
const GANTRY_LABEL_PREFIX = "gantry.";

const reserved: ReadonlyMap<string, ReservedFlagReason> = new Map([
  ["name", "gantry-names"],
  ["cidfile", "file-exists-next-time"],
  ["attach", "attaches"],
]);

const reservedWhenTrue: ReadonlyMap<string, ReservedFlagReason> = new Map([
  ["rm", "rollback-needs-container"],
  ["help", "runs-nothing"],
]);

/** What speaks against one flag in DockerRunArg. */
export function dockerRunRules({ name, value, offset }: RunFlag): readonly DockerRunProblem[] {
  const why = reservedReason(name, value);
  if (why !== undefined) return [{ reason: "reserved-flag", offset, flag: `--${name}`, why }];
  switch (name) {
    case "publish":
      return parsePublishedPort(value) === undefined ? [{ reason: "bad-port", offset, seen: value }] : [];
    case "stop-timeout":
      return /^(?:-1|\d{1,6})$/.test(value) ? [] : [{ reason: "bad-number", offset, flag: `--${name}`, seen: value }];
    case "label": {
      const label = value.split("=", 1)[0] ?? "";
      return label.startsWith(GANTRY_LABEL_PREFIX) ? [{ reason: "reserved-label", offset, label }] : [];
    }
    default:
      return [];
  }
}

function reservedReason(name: string, value: string): ReservedFlagReason | undefined {
  if (name === "detach" && value === "false") return "must-detach";
  if (name === "pull" && value === "always") return "digest-is-pinned";
  return reserved.get(name) ?? (value === "true" ? reservedWhenTrue.get(name) : undefined);
}
