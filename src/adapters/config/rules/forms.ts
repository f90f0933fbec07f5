import { parseDuration } from "../../../domain/duration.ts";
import { parseSerial } from "../../../domain/serial.ts";
import type { FileProblem } from "../problems.ts";
import { settingsOf } from "../sections.ts";
import type { Rule } from "./rule.ts";

const durations = [
  ["StopTimeout"],
  ["HealthCheck", "settle"],
  ["HealthCheck", "bake"],
  ["Drain", "wait"],
  ["Drain", "clientFetch"],
  ["Drain", "loadBalancer"],
  ["Drain", "margin"],
  ["Drain", "inFlight"],
] as const satisfies readonly (readonly string[])[];

/** Durations say how long. */
export const durationsAreValid: Rule = (document) =>
  durations.flatMap((keys) => {
    const autoAllowed = keys[1] === "wait";
    return settingsOf(document, ...keys).flatMap(({ path, value }) => {
      if (typeof value !== "string" && typeof value !== "number") return [];
      if (autoAllowed && value === "auto") return [];
      const duration = parseDuration(String(value));
      if (duration.ok) return [];
      return [{ ...document.valuePlace(path), code: "duration" as const, problem: duration.failure, autoAllowed }];
    });
  });

/** Serial says how many. */
export const serialIsValid: Rule = (document) =>
  settingsOf(document, "Serial").flatMap(({ path, value }): readonly FileProblem[] => {
    const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (entries.length === 0) return [{ ...document.valuePlace(path), code: "empty-value" }];
    return entries.flatMap((entry, index) => {
      if (typeof entry !== "string" && typeof entry !== "number") return [];
      const serial = parseSerial(entry);
      if (serial.ok) return [];
      const place = document.valuePlace(Array.isArray(value) ? [...path, index] : path);
      return [{ ...place, code: "serial" as const, problem: serial.failure }];
    });
  });

const absolutePaths = [["EnvFile"], ["Drain", "deregister"], ["Drain", "shutdown"]] as const;

/** Paths start at the root: EnvFile on the target host, the others on the instance. An empty one switches it off. */
export const pathsAreAbsolute: Rule = (document) =>
  absolutePaths.flatMap((keys) =>
    settingsOf(document, ...keys).flatMap(({ path, value }) => {
      if (typeof value !== "string" || value === "" || /^\/\S*$/.test(value)) return [];
      const allowed = [keys[0] === "EnvFile" ? "/etc/demo1/env" : "/health/deregister"];
      return [{ ...document.valuePlace(path), code: "path" as const, seen: value, allowed }];
    }),
  );
