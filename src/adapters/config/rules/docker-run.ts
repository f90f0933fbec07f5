import { dockerRunFlags } from "../../../domain/docker-run-flags.ts";
import { parseDockerRunArg } from "../../../domain/docker-run.ts";
import { locateShellWords } from "../../../domain/shell-words.ts";
import { nearestName } from "../nearest.ts";
import { dockerRunWarning, type FileProblem } from "../problems.ts";
import { settingsOf } from "../sections.ts";
import type { Rule } from "./rule.ts";
import { shellWordsProblem } from "./shell-words.ts";

/** DockerRunArg splits into arguments that `docker run` and Gantry can live with. */
export const dockerRunArgIsValid: Rule = (document) =>
  settingsOf(document, "DockerRunArg").flatMap(({ path, value }): readonly FileProblem[] => {
    if (typeof value !== "string") return [];
    const parsed = parseDockerRunArg(value);
    if (!parsed.ok) {
      return parsed.failure.map((problem) => {
        if (problem.reason === "words") return shellWordsProblem(document, path, value, problem.problem);
        return { ...document.insidePlace(path, problem.offset), code: "docker-run", problem };
      });
    }
    return parsed.value.warnings.map((warning) => {
      const nearest = warning.reason === "unknown-flag" ? nearestName(warning.flag, dockerRunFlags()) : undefined;
      return { ...document.insidePlace(path, warning.offset), ...dockerRunWarning(warning, nearest) };
    });
  });

/** DockerRunCmd splits into words. */
export const dockerRunCmdIsValid: Rule = (document) =>
  settingsOf(document, "DockerRunCmd").flatMap(({ path, value }) => {
    if (typeof value !== "string") return [];
    const words = locateShellWords(value);
    return words.ok ? [] : [shellWordsProblem(document, path, value, words.failure)];
  });
