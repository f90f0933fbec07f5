import type { LookupProblemWords } from "../problem-words.ts";
import { firstNames, quoted } from "../shown-values.ts";

const didYouMean = (nearest: readonly string[]): string =>
  nearest.length === 0 ? "" : ` Did you mean ${nearest.join(" or ")}?`;

function list(names: readonly string[]): string {
  const { shown, more } = firstNames(names);
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** What the codes of the operating system mean. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  EISDIR: "it is a folder",
  ELOOP: "its links go in a circle",
};

/** What is wrong with finding or reading a configuration file. */
export const lookupProblems: LookupProblemWords = {
  "home-missing": (p) =>
    `There is no home directory ${p.home}. Name the folder that holds the configuration with --home or $GANTRY_HOME.`,
  "environment-name": (p) =>
    `${quoted(p.name)} cannot name an environment. Allowed: at most 64 letters, digits, "_", "-" and single dots, beginning with a letter, a digit or "_".`,
  "environment-unknown": (p) =>
    p.known.length === 0
      ? `There is no environment ${quoted(p.name)}, nor any other: no *_conf.json in ${p.folders.join(" or ")}. Name another home directory with --home.`
      : `There is no environment ${quoted(p.name)}.${didYouMean(p.nearest)} There are: ${list(p.known)} (looked in ${p.folders.join(" and ")}).`,
  "environment-twice": (p) =>
    `${p.file} counts, ${p.ignored} does not: both are for one environment. Remove or rename one.`,
  unreadable: (p) => {
    const reason = reasons[p.detail];
    return `${p.file} cannot be read: ${reason === undefined ? p.detail : `${reason} (${p.detail})`}. Make it a file that this user may read.`;
  },
  "not-utf8": () => "The file is not UTF-8 here. Save it as UTF-8, for example: iconv -f GB18030 -t UTF-8.",
  "project-unknown": (p) => {
    const there = p.known.length === 0 ? " The file has no projects." : ` There are: ${list(p.known)}.`;
    return `There is no project ${quoted(p.name)} in ${p.file}.${p.nearest.length === 0 ? there : didYouMean(p.nearest)}`;
  },
  "project-reserved": (p) =>
    `${quoted(p.name)} is reserved for what all projects share, and is never a project. Name a project; \`gantry projects\` lists them.`,
};
