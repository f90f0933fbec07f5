import type { ConfigDocument } from "../document.ts";
import type { FileProblem } from "../problems.ts";

/**
 * Looks at a whole file for one kind of mistake and reports every one. A rule looks only at values of the type that it
 * is about: types themselves are the business of structure.ts.
 */
export type Rule = (document: ConfigDocument) => readonly FileProblem[];
