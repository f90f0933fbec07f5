import type { ConfigDocument } from "./document.ts";
import type { FileProblem } from "./problems.ts";
import { noControlCharacters } from "./rules/characters.ts";
import { dockerRunArgIsValid, dockerRunCmdIsValid } from "./rules/docker-run.ts";
import { drainedInEureka, eurekaNameHasUrl, eurekaUrlIsValid } from "./rules/eureka.ts";
import { durationsAreValid, pathsAreAbsolute, serialIsValid } from "./rules/forms.ts";
import { probesAreValid, probesHaveAPort, startFirstSharesNoPort } from "./rules/health-check.ts";
import { freezesAreValid, hooksAreValid } from "./rules/hooks-and-freezes.ts";
import { hostsAreNamed, imageIsValid, projectNameIsValid } from "./rules/projects.ts";
import type { Rule } from "./rules/rule.ts";
import { environmentSchema } from "./schema.ts";
import { checkStructure } from "./structure.ts";

const rules: readonly Rule[] = [
  (document) => checkStructure(document, environmentSchema),
  noControlCharacters,
  projectNameIsValid,
  imageIsValid,
  hostsAreNamed,
  dockerRunArgIsValid,
  dockerRunCmdIsValid,
  eurekaUrlIsValid,
  eurekaNameHasUrl,
  drainedInEureka,
  durationsAreValid,
  serialIsValid,
  pathsAreAbsolute,
  probesAreValid,
  probesHaveAPort,
  startFirstSharesNoPort,
  hooksAreValid,
  freezesAreValid,
];

/** Everything that is wrong with an environment file, warnings included, in the order of the file. */
export function checkEnvironmentFile(document: ConfigDocument): readonly FileProblem[] {
  return inOrder(rules.flatMap((rule) => rule(document)));
}

/** Sorts by place. */
export function inOrder(problems: readonly FileProblem[]): readonly FileProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
