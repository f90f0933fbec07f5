import manifest from "../../package.json" with { type: "json" };

/** The package's version, as `gantry --version` prints it. */
export const version: string = manifest.version;
