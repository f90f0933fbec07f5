import type { ProblemWords } from "../problem-words.ts";
import { dockerRun, shellWords } from "./argument-problems.ts";
import { fileProblems } from "./file-problems.ts";
import { lookupProblems } from "./lookup-problems.ts";
import { duration, imageReference, serial } from "./value-problems.ts";

/** Everything that can be wrong with a configuration, in English. */
export const problems: ProblemWords = {
  warning: "warning:",
  config: { ...fileProblems, ...lookupProblems },
  shellWords,
  dockerRun,
  duration,
  serial,
  imageReference,
};
