import type { CheckWords } from "../words.ts";

/** What `gantry check` finds, in English. */
export const check: CheckWords = {
  projects: (count) => `${count} ${count === 1 ? "project" : "projects"}, no problem`,
  logs: "log files can be written",
  docker: (engine, api, architecture) => `Docker ${engine}, API ${api}, ${architecture}`,
  disk: (folder, gigabytes) => `${gigabytes} GB free in ${folder}`,
  lowDisk: (folder, gigabytes) => `only ${gigabytes} GB free in ${folder}: a release may fill the disk`,
  image: (image, digest) => `${image} is ${digest}`,
  noLatest: (image) => `the image registry answers, but has no ${image}: name a tag with -t`,
  peer: (base, app, instances) =>
    `Eureka answers at ${base}; ${app}: ${instances.length === 0 ? "no instance" : instances.join(", ")}`,
  clock: (seconds) => `its clock is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} this machine's`,
};
