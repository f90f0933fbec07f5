import { dockerRunFlags } from "../../../domain/docker-run-flags.ts";
import { parseDockerRunArg } from "../../../domain/docker-run.ts";
import { locateShellWords } from "../../../domain/shell-words.ts";
import { nearestName } from "../nearest.ts";
import { dockerRunWarning, type FileProblem } from "../problems.ts";
import { settingsOf } from "../sections.ts";
import type { Rule } from "./rule.ts";

/** DockerRunArg splits into arguments that `docker run` and Gantry can live with. */
export const dockerRunArgIsValid: Rule = (document) =>
  settingsOf(document, "DockerRunArg").flatMap(({ path, value }): readonly FileProblem[] => {
    if (typeof value !== "string") return [];
    const parsed = parseDockerRunArg(value);
    if (!parsed.ok) {
      return parsed.failure.map((problem) => {
        const place = document.insidePlace(path, problem.offset);
        if (problem.reason === "words") return { ...place, code: "shell-words", problem: problem.problem };
        return { ...place, code: "docker-run", problem };
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
    const words = typeof value === "string" ? locateShellWords(value) : undefined;
    if (words === undefined || words.ok) return [];
    return [{ ...document.insidePlace(path, words.failure.offset), code: "shell-words", problem: words.failure }];
  });
