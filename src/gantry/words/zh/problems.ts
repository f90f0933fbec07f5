import type { ProblemWords } from "../problem-words.ts";
import { dockerRun, shellWords } from "./argument-problems.ts";
import { fileProblems } from "./file-problems.ts";
import { lookupProblems } from "./lookup-problems.ts";
import { duration, imageReference, serial } from "./value-problems.ts";

/** 所有配置问题的中文说明。 */
export const problems: ProblemWords = {
  warning: "警告:",
  config: { ...fileProblems, ...lookupProblems },
  shellWords,
  dockerRun,
  duration,
  serial,
  imageReference,
};
