import type { UsageWords } from "../words.ts";

/** Wrong use, in English. */
export const usage: UsageWords = {
  unknownMode: (mode, near, modes) =>
    `Unknown mode "${mode}".${near === undefined ? "" : ` Did you mean ${near}?`} There are: ${modes.join(", ")}.`,
  missingOption: (option) => `${option} is missing.`,
  badValue: (option, seen, allowed) => `${option}: "${seen}" is not allowed. Allowed: ${allowed}.`,
  badPattern: (option, seen, detail) => `${option}: "${seen}" is no regular expression: ${detail}.`,
  logPath: (path, detail) =>
    `The log file ${path} cannot be written: ${detail}. Nothing was changed. Make the folder writable, or name another as log_path in conf_pub.`,
  liveJournal: (path, detail) =>
    `The journal ${path} cannot be written: ${detail}. Nothing was changed. Let $GANTRY_JOURNAL name a file in a folder that can be written to, or unset it.`,
  logLost: (path, detail) =>
    `The log file ${path} cannot be written any more: ${detail}. The hosts in hand are finished, then the run stops.`,
  badUser:
    "$GANTRY_USER is not allowed: it needs 1 to 100 characters that can be shown, in one line. Nothing was changed.",
  bug: (detail) => `This is a bug in Gantry; please report it with the lines below.\n${detail}`,
  shimTaken: (paths) =>
    `These files are not Gantry's, so they were left as they are: ${paths.join(", ")}. Use --force to replace them; the old ones are kept with the ending .orig.`,
  shimDone: (folder, home) =>
    `Old work orders go on: python ${folder}/main_docker_deploy.py ... now runs Gantry${home === undefined ? "" : ` with the configuration in ${home}`}.`,
  shimFolder: (folder, detail) => `Cannot write to ${folder}: ${detail}. Name a folder that can be written to.`,
  noTags: (image, detail) =>
    `There is no image ${image}: ${detail}. Check DockerImageURL and the project's name, and that an image was pushed.`,
  frozen: (project, reason) => `${project} is frozen${reason === "" ? "" : `: ${reason}`}. Nothing was changed.`,
  noEnvironments: (home) =>
    `No configuration file (<environment>_conf.json) in ${home}/pl_deploy_docker/conf or ${home}/conf.`,
  unlocked: "not locked",
  lintGood: (file, projects) => `${file}: ${projects} ${projects === 1 ? "project" : "projects"}, no problem`,
};
