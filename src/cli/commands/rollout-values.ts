import { parseDuration } from "../../domain/duration.ts";
import { parseImageVersion } from "../../domain/image-reference.ts";
import { releases } from "../../domain/mode.ts";
import { parseSerial, SERIAL_FORMS, type Serial } from "../../domain/serial.ts";
import { UsageError, type Services } from "../services.ts";
import type { ModeOptions } from "./rollout-options.ts";

/** The options of a run, read. */
export interface Values {
  readonly version: { readonly tag?: string; readonly digest?: string } | undefined;
  readonly serial: Serial | undefined;
  /** Milliseconds; undefined: what the project says. */
  readonly wait: number | "auto" | undefined;
  readonly checkTime: number;
  readonly logName: string | undefined;
}

/** Reads every option's value, and names all that are wrong at once. */
export function readValues(options: ModeOptions, { words }: Services): Values {
  const problems: string[] = [];
  const bad = (option: string, seen: string, allowed: string): void =>
    void problems.push(words.usage.badValue(option, seen, allowed));

  const version = releases(options.mode) ? parseImageVersion(options.tag ?? "latest") : undefined;
  if (version && !version.ok) bad("-t", options.tag ?? "", "v1.2, latest, sha256:…");
  const serial = options.serial === undefined ? undefined : parseSerial(options.serial);
  if (serial && !serial.ok) bad("-s", options.serial ?? "", SERIAL_FORMS.join(", "));
  const wait = options.wait === undefined || options.wait === "auto" ? undefined : parseDuration(options.wait);
  if (wait && !wait.ok) bad("-w", options.wait ?? "", "3s, 1m, 90, 1m30s, auto");
  const checkTime = parseDuration(options.checkTime ?? "120");
  if (!checkTime.ok) bad("-c", options.checkTime ?? "", "10, 60, 2m");
  const name = options.taskNameCreated === "none" ? undefined : options.taskNameCreated;
  // It becomes part of a file's name.
  if (name !== undefined && !/^[\p{L}\p{N}_@=+:-][\p{L}\p{N}_@=+:. -]{0,199}$/u.test(name))
    bad("-tnc", name, "project_group1.20261123.101010");
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return {
    version: version?.ok ? version.value : undefined,
    serial: serial?.ok ? serial.value : undefined,
    wait: options.wait === "auto" ? "auto" : wait?.ok ? wait.value : undefined,
    checkTime: checkTime.ok ? checkTime.value / 1000 : 120,
    logName: name,
  };
}
